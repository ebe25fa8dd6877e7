import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import type { Account } from '../../src/account.ts'
import { SENTENCES } from '../../src/sentences.ts'
import type { ScriptedTurn } from '../kinds/killed.ts'
import { bookedAt } from '../support/steps.ts'
import type { Trial } from './trial.ts'

type When = 'at rest' | 'an hour later'

const MINUTE = 60_000
const LOOKS = [MINUTE, 10 * MINUTE, 60 * MINUTE]
const DAY = 24 * 60 * MINUTE

/** Everything that the promise says of a room at rest, and where it was not kept. */
export async function judge(trial: Trial, turn: ScriptedTurn, when: When): Promise<string[]> {
  const wrong = [
    ...(await openWork(trial, turn)),
    ...(await intents(trial)),
    ...(await costs(trial)),
    ...(await alarm(trial, turn)),
    ...(await takings(trial)),
    // What is late is seen for a while, and then it is put right.
    ...(when === 'at rest' && isLate(trial)
      ? []
      : [...ends(trial, turn), ...(await orphans(trial, turn, when))]),
    ...tools(trial, turn),
    ...(await repeated(trial, turn)),
    ...(await undoubted(trial)),
    ...(await memory(trial, turn)),
    ...(await items(trial, turn)),
    ...(await reminders(trial, turn)),
    ...(await signs(trial, when)),
    ...(await compactions(trial, turn)),
    ...(await outcomes(trial, when)),
    ...(when === 'at rest' ? [] : await spending(trial, turn)),
    ...(await index(trial, turn)),
    ...(when === 'at rest' ? [] : await handed(trial)),
  ]
  return wrong.map((what) => `${when}: ${what}`)
}

async function openWork(trial: Trial, { parked = false, failed = 0 }: ScriptedTurn) {
  const open = await trial.rows('SELECT id, state FROM turns WHERE ended IS NULL')
  const bad = await trial.rows("SELECT id, state FROM turns WHERE state IN ('failed', 'parked')")
  const uses = await trial.rows("SELECT turn, name FROM tool_uses WHERE state = 'intended'")
  return [
    ...open.map((row) => `open turn ${JSON.stringify(row)}`),
    ...(parked ? [] : bad.slice(failed)).map((row) => `turn ended as ${JSON.stringify(row)}`),
    ...uses.map((row) => `tool use without result ${JSON.stringify(row)}`),
  ]
}

/** All that was lent is home, and what was spent is what the calls came to, lost ones at their reserve. */
async function spending(trial: Trial, { spends }: ScriptedTurn) {
  if (!spends) return []
  const account = env.ACCOUNTS.getByName(trial.world.campfire.origin)
  await runInDurableObject(account, (instance: Account) => instance.alarm())
  const { budgets } = await account.budgets()
  const mine = budgets.find((budget) => budget.for === `room:${trial.room.id}`)
  const [row] = await trial.rows(
    `SELECT sum(cost) AS cost FROM (SELECT cost, reserve FROM steps
       UNION ALL SELECT cost, reserve FROM compactions) WHERE reserve IS NOT NULL`,
  )
  const cost = Number(row?.cost ?? 0)
  const spent = Math.round((mine?.spentUsd ?? 0) * 1_000_000)
  return [
    ...(spent === cost ? [] : [`${spent} is booked, and ${cost} was spent`]),
    ...(mine?.reservedUsd === 0 ? [] : [`${mine?.reservedUsd} is reserved for nothing`]),
  ]
}

/** No call of the model without a row that says so, and no tool use without its own. */
async function intents(trial: Trial) {
  const steps = await trial.rows("SELECT turn, number, content FROM steps WHERE kind <> 'approved'")
  const compactions = await trial.rows('SELECT id FROM compactions')
  const uses = await trial.rows('SELECT turn, step, id FROM tool_uses')
  const recorded = steps.length + compactions.length
  const unrecorded = steps.flatMap(({ turn, number, content }) =>
    (JSON.parse(String(content ?? '[]')) as { type: string; id?: string }[]).filter(
      ({ type, id }) =>
        type === 'tool_use' &&
        !uses.some((use) => use.turn === turn && use.step === number && use.id === id),
    ),
  )
  return [
    ...(trial.killer.calls > recorded
      ? [`${trial.killer.calls} calls of the model, and ${recorded} on record`]
      : []),
    ...unrecorded.map(({ id }) => `tool use ${id} is not on record`),
  ]
}

/** Nobody told us what a call that was lost came to: it is booked at its worst, and stays so. */
async function costs(trial: Trial) {
  const lost = await trial.rows(
    "SELECT turn, number, kind, model, cost FROM steps WHERE state IN ('asked', 'lost')",
  )
  return lost
    .filter((step) => bookedAt(step) !== 'the worst')
    .map((step) => `a call that was lost is booked at ${JSON.stringify(step)}`)
}

/** Set for what is due next, and for nothing else: a look after the last turn, or an expiry. */
async function alarm(trial: Trial, { bot }: ScriptedTurn) {
  const [row = {}] = await trial.rows(
    `SELECT (SELECT ended FROM turns ORDER BY id DESC LIMIT 1) AS over,
       (SELECT started FROM sessions WHERE ended IS NULL) AS begun,
       (SELECT min(at) FROM (SELECT at FROM said UNION ALL SELECT at FROM archive)) AS said,
       (SELECT min(turns.ended) FROM approvals JOIN turns ON turns.id = turn
         WHERE approvals.state = 'waiting') AS asked,
       (SELECT min(show_at) FROM approvals WHERE ${OUTCOME_KNOWN}) AS show,
       (SELECT min(next) FROM reminders) AS reminds,
       (SELECT min(next) FROM reminder_posts) AS tells,
       (SELECT min(next) FROM uploads) AS leaves`,
  )
  const after = (time: unknown, ms: number) => (time === null ? [] : [Number(time) + ms])
  const [look] = LOOKS.flatMap((ms) => after(row.over, ms)).filter((time) => time > Date.now())
  const session = row.begun === null ? null : Math.max(Number(row.begun), Number(row.over))
  const due = Math.min(
    look ?? Number.POSITIVE_INFINITY,
    ...after(session, bot?.ttlMinutes ? bot.ttlMinutes * MINUTE : DAY),
    ...after(row.asked, DAY),
    ...after(row.show, 0),
    ...after(row.reminds, 0),
    ...after(row.tells, 0),
    ...after(row.leaves, 0),
    ...after(row.said, 180 * DAY),
  )
  const at = await trial.alarm()
  if (at === null) return Number.isFinite(due) ? ['something is due and no alarm is set'] : []
  return at === due ? [] : [`the alarm is ${at - due} ms late`]
}

/** Each page is kept once, whole, and none is left out. */
async function index(trial: Trial, { indexes }: ScriptedTurn) {
  if (indexes === undefined) return []
  const [{ kept, next } = {}] = await trial.rows(
    `SELECT (SELECT count(*) FROM said WHERE overheard = 1) AS kept,
       (SELECT value ->> 'next' FROM facts WHERE name = 'index') AS next`,
  )
  return [
    ...(kept === indexes ? [] : [`${kept} messages of the room can be found, and not ${indexes}`]),
    ...(next === null ? [] : [`the room is still to be read before ${next}`]),
  ]
}

/** What was handed over and is gone here is gone there, but for one whose name no row was told. */
async function handed(trial: Trial) {
  const rows = await trial.rows('SELECT * FROM uploads')
  const here = await trial.rows("SELECT number FROM files WHERE state = 'here'")
  const isHere = (file: unknown) => here.some(({ number }) => number === file)
  return rows
    .filter(({ file, state }) => !isHere(file) && state !== 'refused')
    .map((row) => `handed over and still there: ${JSON.stringify(row)}`)
}

/** Each message is taken, by one turn, and read by no other as its own, unless that tries it again. */
async function takings(trial: Trial) {
  const messages = await trial.rows('SELECT id, turn FROM messages')
  const read = await trial.rows(
    `SELECT id AS turn, prompt AS words FROM turns
     WHERE prompt IS NOT NULL AND coalesce(reason, '') NOT LIKE 'again %'
     UNION ALL SELECT turn, notice FROM steps WHERE notice IS NOT NULL`,
  )
  return trial.asked.flatMap((id) => {
    const [row, ...more] = messages.filter((message) => message.id === id)
    if (!row) return [`message ${id} was lost`]
    if (row.turn === null || more.length) return [`message ${id} is not taken by one turn`]
    const readers = read.filter(({ words }) => asked(String(words)).includes(`<message id="${id}"`))
    const turns = new Set(readers.map(({ turn }) => turn))
    return turns.size > 1 ? [`message ${id} was read by turns ${[...turns]}`] : []
  })
}

function asked(words: string) {
  return words.replace(/<context[\s\S]*?<\/context>/g, '')
}

/** The ends that stand, all of them, in order, in the right words. */
function ends(trial: Trial, turn: ScriptedTurn) {
  const answers = trial.answers().filter((answer) => answer !== turn.did?.file)
  const possible = turn.ends.some(
    (ends) =>
      ends.length === answers.length &&
      ends.every((end, at) =>
        typeof end === 'string' ? end === answers[at] : end.test(answers[at] ?? ''),
      ),
  )
  const shown = answers.map((answer) => (answer.length > 60 ? `${answer.slice(0, 60)}…` : answer))
  return possible ? [] : [`the room shows ${JSON.stringify(shown)}`]
}

/** Every message of ours is somebody's, and everything that was posted stands. */
async function orphans(trial: Trial, { doubts }: ScriptedTurn, when: When) {
  const { campfire, assistant } = trial.world
  const rows = await trial.rows(
    `SELECT turn, part, state, message FROM replies
     UNION ALL SELECT NULL, reminder, state, message FROM reminder_posts`,
  )
  const known = new Set(rows.map(({ message }) => message))
  const standing = campfire.postsOf(assistant, trial.room)
  const ids = new Set<unknown>(standing.map(({ id }) => id))
  return [
    ...standing
      .filter(({ id, file }) => !known.has(id) && file !== 'table.csv' && !trial.elsewhere.has(id))
      // Its create was never answered, and it is found by its words at the next look.
      .filter(({ plain }) => when === 'an hour later' || plain !== SENTENCES.working)
      .map(({ id, plain }) => `orphan ${id}: ${plain.slice(0, 40)}`),
    ...rows
      // What was lost may come late, and is swept away then; until then there is nothing of it.
      .filter(({ state }) => state !== 'gone' && state !== 'lost' && state !== 'telling')
      .filter(({ state, message }) => !doubts || message !== null || !isInDoubt(state))
      .filter(
        ({ state, message }) => !['posted', 'told'].includes(String(state)) || !ids.has(message),
      )
      .map((row) => `reply that does not stand ${JSON.stringify(row)}`),
  ]
}

/** Nobody could be asked whether it stands, and the room is told so. */
function isInDoubt(state: unknown) {
  return state === 'missing' || state === 'doubtful'
}

/** What may not be repeated was done once, or never where nobody can know. */
function tools(trial: Trial, turn: ScriptedTurn) {
  const { did } = turn
  const { campfire, assistant } = trial.world
  const boosts = boostsIn(trial).filter((content) => content === '👏').length
  const files = campfire.postsOf(assistant, trial.room).filter(({ file }) => file === 'table.csv')
  const used = trial.server?.used.length ?? 0
  const least = trial.killer.hits.length ? 0 : 1
  const fits = (count: number, wanted: number) => count <= wanted && count >= wanted * least
  return [
    ...(fits(boosts, did?.boosts ?? 0) ? [] : [`boosted ${boosts} times`]),
    ...(fits(files.length, did?.file ? 1 : 0) ? [] : [`attached ${files.length} files`]),
    ...(turn.repeats || fits(used, did?.used ?? 0) ? [] : [`asked a server ${used} times`]),
  ]
}

/** A death leaves no doubt about what may be repeated. */
async function repeated(trial: Trial, { repeats }: ScriptedTurn) {
  if (!repeats || !trial.killer.hits.every((hit) => hit.startsWith('dies'))) return []
  const unknown = await trial.rows("SELECT turn FROM tool_uses WHERE state = 'unknown'")
  const used = trial.server?.used.length ?? 0
  return [
    ...unknown.map(({ turn }) => `turn ${turn} does not know what became of it`),
    ...(used ? [] : ['it was never done']),
  ]
}

/** Where nothing was struck but the way to what it may cost, nobody wonders whether what was approved was done. */
async function undoubted(trial: Trial) {
  if (!trial.killer.hits.every((hit) => hit.endsWith('ask for a lease'))) return []
  const unknown = await trial.rows(
    "SELECT id FROM tool_uses WHERE state = 'unknown' AND id LIKE 'approved%'",
  )
  return unknown.map(({ id }) => `nobody knows what became of ${id}, and it was never begun`)
}

/** What was to be remembered is, once, and what is a person's is in no row of the room. */
async function memory(trial: Trial, { did }: ScriptedTurn) {
  const kept = await trial.rows("SELECT id, fact FROM pins WHERE fact <> ''")
  const facts = kept.map(({ id, fact }) => `${id}. ${fact}`)
  const personal = (await trial.personalFacts()).map(({ number, words }) => `${number}. ${words}`)
  const told = await trial.rows(
    "SELECT coalesce(content, '') AS words FROM steps UNION ALL SELECT coalesce(result, '') FROM tool_uses",
  )
  const isTold = did?.personal?.some((fact) => {
    const words = fact.replace(/^\d+\. /, '')
    return told.some((row) => String(row.words).includes(words))
  })
  return [
    ...differences('remembers of the room', facts, did?.facts ?? []),
    ...differences('remembers of a person', personal, did?.personal ?? []),
    ...(isTold ? ['what a person told of themselves stands in the room’s rows'] : []),
  ]
}

/** What is on the list was changed once, however often its tool was run. */
async function items(trial: Trial, { did }: ScriptedTurn) {
  const rows = await trial.rows('SELECT number, text, done_at FROM list_items ORDER BY number')
  const found = rows.map(
    ({ number, text, done_at: at }) => `${number}. ${text}${at === null ? '' : ', done'}`,
  )
  return differences('has on its list', found, did?.items ?? [])
}

async function reminders(trial: Trial, { did }: ScriptedTurn) {
  const open = await trial.rows('SELECT id, text FROM reminders WHERE next IS NOT NULL')
  const found = open.map(({ id, text }) => `${id}. ${text}`)
  return differences('is to remind of', found, did?.reminders ?? [])
}

function differences(what: string, found: string[], wanted: string[]) {
  return found.join('\n') === wanted.join('\n') ? [] : [`it ${what} ${JSON.stringify(found)}`]
}

/**
 * None stays, but one whose id was lost: the object died, or the connection, between its request and
 * the row with its id, and no list of Campfire's has boosts. Two are never put up. What would not go
 * when the turn ended is still on record, and goes with the next look.
 */
async function signs(trial: Trial, when: When) {
  const { campfire } = trial.world
  const known = when === 'at rest' ? await trial.signs() : new Set<number>()
  const standing = campfire
    .messagesIn(trial.room)
    .flatMap(({ id: message, boosts }) =>
      boosts
        .filter(({ content }) => ['👀', '⏳'].includes(content))
        .map(({ id, content }) => ({ id, sign: `${content} on message ${message}` })),
    )
  const doubles = standing.filter(({ sign }, at) =>
    standing.some((one, i) => i < at && one.sign === sign),
  )
  return [
    ...standing
      .filter(({ id }) => !trial.killer.lost.has(id) && !known.has(id))
      .map(({ sign }) => `${sign} stays`),
    ...doubles.map(({ sign }) => `twice ${sign}`),
  ]
}

/** Nothing struck it, and it was long: it was told in short, and what was told is read. */
async function compactions(trial: Trial, { compacts }: ScriptedTurn) {
  if (!compacts || trial.killer.hits.length) return []
  const rows = await trial.rows('SELECT state FROM compactions')
  const [used, ...more] = rows.filter(({ state }) => state === 'used')
  return used && !more.length ? [] : [`compactions ${JSON.stringify(rows)}`]
}

/** Any other is a newer version's, and has no words here. */
const OUTCOME_KNOWN = "state IN ('granted', 'refused', 'withdrawn', 'expired')"

/** What became of a request is said by its message, at the latest when the room is looked at. */
async function outcomes(trial: Trial, when: When) {
  const left = await trial.rows(
    `SELECT turn, state FROM approvals WHERE show_at IS NOT NULL AND ${OUTCOME_KNOWN}`,
  )
  const isSpared = when === 'at rest' && trial.killer.hits.length > 0
  return isSpared ? [] : left.map((row) => `nobody is told of ${JSON.stringify(row)}`)
}

function boostsIn(trial: Trial) {
  const messages = trial.world.campfire.messagesIn(trial.room)
  return messages.flatMap(({ boosts }) => boosts.map(({ content }) => content))
}

function isLate({ killer }: Trial) {
  return killer.hits.some((hit) => hit.includes('late'))
}
