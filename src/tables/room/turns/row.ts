import { oneOf, stored } from '../../../storage.ts'
import { type MadeFile, MadeFiles } from '../files/made.ts'
import { FileNumbers } from '../files/numbers.ts'
import { Outage } from '../reply-states.ts'
import { Remedy } from './remedy.ts'
import { SignList } from './signs.ts'

/**
 * running  a handler is at work on it; found so at a handler's start, it was cut by a crash. With a `due`
 *          that crash is counted, and it rests until then
 * paused   put down on purpose until `due`: after a caught error, or for the next handler
 * the others are ends, and each is visible in the room or was decided
 */
type TurnState = 'running' | 'paused' | Verdict
export type Verdict = 'replied' | 'silent' | 'stopped' | 'failed' | 'parked'
/** `told`: the bot has something to say that nobody has asked for just now. */
export type TurnKind = 'told' | 'talk' | 'help' | 'forget' | 'why'
export type Tier = 'hot' | 'warm' | 'cold'

export interface TurnRow {
  id: number
  session: number
  kind: TurnKind
  state: TurnState
  asker: number
  asker_name: string
  tier: Tier
  /** The fallback model, once this turn had to turn to it. */
  model: string | null
  /** What the model reads of it. Written once, so that the prompt stays the same byte for byte. */
  prompt: string | null
  started: number
  ended: number | null
  due: number | null
  crashes: number
  /** Of these, the newest in a row without progress; and how much of it there was at the last. */
  deaths: number
  done: number
  /** Errors in a row while the same thing was tried; a success sets it back. */
  failures: number
  failing_since: number | null
  /**
   * 1: it crashed, or a request had no answer. What that did may show later. 2: swept since: see sweep.ts.
   * 3: it was given up, and could not even take down its sign; put right whenever that is possible again.
   */
  doubt: 0 | 1 | 2 | 3
  stopped_by: 'asker' | 'operator' | null
  /** How it will end, once that is decided before the reply is out, and what the room is told. */
  verdict: Verdict | null
  sentence: string | null
  /** Why it spoke, or kept silent. */
  reason: string | null
  /** Boosts of ours that say that we are at it. */
  signs: SignList | null
  error: string | null
  /** Why it waits, where Campfire does not take what it wants. */
  outage: Outage | null
  /** 1: it waits for Campfire, and turns that are begun later go first. */
  aside: 0 | 1
  /** A hash of the instructions that it was begun with, and keeps until it ends. */
  instructions: string | null
  /** What is left out of its requests, since they were refused with it. */
  remedy: Remedy | null
  /** Versions of the Worker and of the bot's file, with which it was begun. */
  worker: string | null
  bot: string | null
  /** The version of the bot that an operator had saved: it goes by that until it ends. Null: the file. */
  bot_version: number | null
  /** How often messages of its answer were edited. What a life did that was cut short nobody knows. */
  edits: number | null
  /** Files that it shows to the model behind its prompt. */
  files: number[] | null
  /** Files that code has made in it, as far as anything has become of them. */
  made: MadeFile[] | null
}

export type MadeBy = Pick<TurnRow, 'worker' | 'bot' | 'bot_version'>

const COLUMNS = `id, session, kind, state, asker, asker_name, tier, model, prompt, started, ended, due,
  crashes, deaths, done, failures, failing_since, stopped_by, verdict, sentence, reason, signs, error, doubt,
  instructions, remedy, outage, aside, worker, bot, bot_version, edits, files, made`

/** As it stands in the table. */
type StoredTurn = Omit<TurnRow, 'remedy' | 'signs' | 'outage' | 'files' | 'made'> & {
  files: string | null
  made: string | null
  signs: string | null
  remedy: string | null
  outage: string | null
}

export const ENDS: Verdict[] = ['replied', 'silent', 'stopped', 'failed', 'parked']
export const TIERS: Tier[] = ['hot', 'warm', 'cold']
const KINDS: TurnKind[] = ['told', 'talk', 'help', 'forget', 'why']
const STOPPERS = ['asker', 'operator'] as const

/** These rows, whatever stands in them. */
export function readTurns(sql: SqlStorage, rest: string, ...bindings: SqlStorageValue[]) {
  return sql
    .exec(`SELECT ${COLUMNS} FROM turns ${rest}`, ...bindings)
    .toArray()
    .map((row) => asTurn(row as unknown as StoredTurn))
}

/** Words that we do not know may be a newer Worker's, or garbage: see schema.ts for what they are to us. */
function asTurn({ signs, remedy, outage, files, made, ...row }: StoredTurn): TurnRow {
  const name = { table: 'turns', key: row.id }
  const isOpen = row.ended === null
  return {
    ...row,
    kind: oneOf(row.kind, KINDS, row.prompt === null ? 'told' : 'talk'),
    state: isOpen ? openState(row) : oneOf(row.state, ENDS, 'failed'),
    tier: oneOf(row.tier, TIERS, 'cold'),
    stopped_by: oneOf(row.stopped_by, STOPPERS, null),
    verdict: oneOf(row.verdict, ENDS, null),
    signs: signs === null ? null : stored(signs, SignList, name),
    remedy: remedy === null ? null : stored(remedy, Remedy, name),
    outage: outage === null ? null : stored(outage, Outage, name),
    files: files === null ? null : stored(files, FileNumbers, name),
    made: made === null ? null : stored(made, MadeFiles, name),
  }
}

function openState({ state, due }: Pick<TurnRow, 'state' | 'due'>): TurnState {
  return oneOf<TurnState>(state, ['running', 'paused'], due === null ? 'running' : 'paused')
}

export function asColumn(value: TurnRow[keyof TurnRow]) {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : value
}

/** One that has just begun. */
export const UNTROUBLED = {
  model: null,
  ended: null,
  due: null,
  crashes: 0,
  deaths: 0,
  done: 0,
  failures: 0,
  failing_since: null,
  doubt: 0 as const,
  stopped_by: null,
  verdict: null,
  sentence: null,
  reason: null,
  signs: null,
  error: null,
  instructions: null,
  remedy: null,
  outage: null,
  aside: 0 as const,
  edits: null,
  files: null,
  made: null,
}
