import { nameOf } from '../../src/address.ts'
import { type Bot, checkRoster } from '../../src/bots.ts'
import { RoomBudget } from '../../src/budget.ts'
import type { Recording } from '../../src/receipt/recording.ts'
import {
  AccountReport,
  Askers,
  Quota,
  type Runtime,
  VersionNews,
  Vitals,
} from '../../src/runtime.ts'
import { openTables, type Tables } from '../../src/tables.ts'
import { openTurn, takeTurn } from '../../src/turn.ts'
import { Refusal } from '../refusal.ts'
import { Answers } from './answers.ts'
import { Results } from './results.ts'

/** What the turn came to when it was played again. */
export interface Played {
  tables: Tables
  bot: Bot
  /** How often the model was asked for an answer that nobody had recorded. */
  unanswered: number
  /** Tools that were run though they had given no result then. */
  unknown: string[]
}

const MOST_LIVES = 20

/**
 * Plays the turn from where it had been begun: the same question, the answers that the model gave, the results that
 * tools gave, and a Campfire that takes everything and can edit nothing. Nothing leaves this machine.
 */
export async function play(
  recording: Recording,
  storage: DurableObjectStorage,
  bot = checkRoster().bots.get(recording.bot),
): Promise<Played> {
  const { place, turn } = recording
  if (!bot)
    throw new Refusal(`This turn is of the bot ${recording.bot}, which src/bots.ts does not have.`)
  const env = { CAMPFIRE_URL: 'https://campfire.invalid', CAMPFIRE_ID: place.url }
  const tables = openTables({ id: { name: nameOf(place) }, storage } as DurableObjectState, env)
  load(tables.sql, recording)
  const began = Date.now()
  let ahead = Number(rowOf(recording).started) - began
  tables.now = () => Date.now() + ahead

  const results = new Results(recording)
  const answers = new Answers(recording)
  const quiet = { ...bot, tools: bot.tools.map((tool) => results.inPlaceOf(tool)) }
  const runtime = runtimeFor(tables, { storage, bot: quiet, place, answers })
  for (let life = 0; life < MOST_LIVES; life++) {
    const row = tables.turns.find(turn)
    if (!row || row.ended !== null) break
    ahead += Math.max(0, Number(row.due) - tables.now())
    tables.turns.change(row, { state: 'running', due: null })
    const opened = openTurn(tables, runtime, {
      row,
      how: 'resumed',
      signal: new AbortController().signal,
    })
    if (opened) await takeTurn(opened)
  }
  return { tables, bot, unanswered: answers.missing, unknown: results.missing }
}

/** The rows as they were when the turn was begun: what came of it is what is to be found out. */
function load(sql: SqlStorage, { tables, turn }: Recording) {
  const isOfIt = (row: object) => 'turn' in row && row.turn === turn
  const isApproved = (row: (typeof tables.steps)[number]) => row.kind === 'approved'
  const approved = new Set(tables.steps.filter(isApproved).map(({ number }) => number))
  insert(
    sql,
    'turns',
    tables.turns.map((row) =>
      row.id === turn
        ? { ...row, ...BEGUN, sentence: row.kind === 'talk' ? null : (row.sentence ?? null) }
        : row,
    ),
  )
  insert(
    sql,
    'steps',
    tables.steps.filter((row) => !isOfIt(row) || isApproved(row)),
  )
  insert(
    sql,
    'tool_uses',
    tables.tool_uses.flatMap((row) => {
      if (!isOfIt(row)) return [row]
      return approved.has(row.step ?? null) ? [{ ...row, state: 'intended', result: null }] : []
    }),
  )
  insert(
    sql,
    'replies',
    tables.replies.filter((row) => !isOfIt(row)),
  )
  for (const name of [
    'sessions',
    'compactions',
    'instructions',
    'people',
    'pins',
    'forgotten',
    'facts',
  ] as const)
    insert(sql, name, tables[name])
}

const BEGUN = {
  state: 'running',
  ended: null,
  due: null,
  model: null,
  crashes: 0,
  failures: 0,
  failing_since: null,
  stopped_by: null,
  verdict: null,
  error: null,
  doubt: 0,
  deaths: 0,
  done: 0,
  outage: null,
  aside: 0,
  remedy: null,
  signs: null,
  edits: null,
}

/** A column that this version does not know is a newer one's, and nothing to it. */
function insert(sql: SqlStorage, table: string, rows: Record<string, string | number | null>[]) {
  const known = new Set(
    sql
      .exec<{ name: string }>(`SELECT name FROM pragma_table_info('${table}')`)
      .toArray()
      .map(({ name }) => name),
  )
  for (const row of rows) {
    const names = Object.keys(row).filter((name) => known.has(name))
    sql.exec(
      `INSERT INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
      ...names.map((name) => row[name] ?? null),
    )
  }
}

function runtimeFor(
  tables: Tables,
  {
    storage,
    bot,
    place,
    answers,
  }: { storage: DurableObjectStorage; bot: Bot; place: Recording['place']; answers: Answers },
): Runtime & { budget: RoomBudget } {
  const quota = new Quota(tables.now)
  quota.fetch = async (input, init) => await answers.fetch(new Request(input, init))
  const nobody = { recall: async () => [], remember: async () => null, forget: async () => null }
  const account = { report: async () => null, abilities: async () => CAN }
  const env = {
    ANTHROPIC_API_KEY: 'none',
    ANTHROPIC_BASE_URL: '',
    PEOPLE: { getByName: () => nobody },
    ACCOUNTS: { getByName: () => account },
  } as unknown as Env
  tables.facts.set('told', { turn: 0, compaction: 0, at: tables.now(), abilities: CAN })
  const report = new AccountReport(tables, env, () => {})
  return {
    env,
    storage,
    quota,
    report,
    budget: new RoomBudget(tables, env, { report, wait: async () => {} }),
    askers: new Askers(tables, env),
    news: new VersionNews(tables, env, () => {}),
    vitals: new Vitals(storage.sql, { isAtWork: false }),
    member: { bot, userId: place.bot, key: `${place.bot}-replay` },
  }
}

/** The Campfire that is played with: it takes what it is sent, and that is all. */
const CAN = { list: false, edit: false, boost: false }

export function rowOf({ tables, turn }: Recording) {
  const row = tables.turns.find(({ id }) => id === turn)
  if (!row) throw new Refusal(`Turn ${turn} itself is missing in this file.`)
  return row
}
