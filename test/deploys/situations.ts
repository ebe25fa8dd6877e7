import { MIGRATIONS } from '../../src/tables/room/schema.ts'
import { type Blow, MODEL, type Strike } from '../crash/killer.ts'
import type { Trial } from '../crash/trial.ts'
import { type ScriptedTurn, TEXT } from '../kinds/killed.ts'
import { KILLED_TURNS } from '../kinds.ts'

/** Where a turn stands when another version of us takes it over. */
export interface Situation {
  what: string
  turn: ScriptedTurn
  strikes: Strike[]
  /** Put down on purpose after so many handlers; else it is killed. */
  after?: number
  /** What no blow leaves behind. */
  edit?: string
  /** The first version that could be in it. */
  since?: number
  /** What the rows say: states of the turn, its steps, tool uses and replies, and who waits. */
  found: string
  /** What the model is told of the turn before. */
  past?: string
}

const LAST = 'turn = (SELECT max(id) FROM turns)'

export const SITUATIONS: Situation[] = [
  {
    what: 'a turn with no step',
    turn: TEXT,
    ...struck('dies before, rows kept', MODEL),
    edit: `DELETE FROM steps WHERE ${LAST}`,
    found: 'running',
  },
  {
    what: 'a step asked, no answer recorded',
    turn: TEXT,
    ...struck('dies after', MODEL),
    found: 'running; steps asked',
  },
  {
    what: 'tool uses intended',
    turn: named('two tools at once'),
    ...struck('dies before, rows kept', 'POST boosts', 2),
    found: 'running; steps answered; uses intended, intended',
  },
  {
    what: 'a tool use whose result was lost',
    turn: named('two tools at once'),
    ...struck('dies after', 'POST boosts', 2),
    found: 'running; steps answered; uses intended, ok',
  },
  {
    what: 'all results there',
    turn: named('two tools at once'),
    ...struck('dies before, rows kept', MODEL, 2),
    edit: `DELETE FROM steps WHERE number = 2 AND ${LAST}`,
    found: 'running; steps answered; uses ok, ok',
  },
  {
    what: 'a final text, no reply',
    turn: TEXT,
    ...struck('dies before, rows kept', 'POST messages'),
    edit: `DELETE FROM replies WHERE ${LAST}`,
    found: 'running; steps answered',
  },
  {
    what: 'a reply intended',
    turn: TEXT,
    ...struck('dies before, rows kept', 'POST messages'),
    found: 'running; steps answered; replies intended',
  },
  {
    what: 'a reply that stands, and nobody knows',
    turn: TEXT,
    ...struck('dies after', 'POST messages'),
    found: 'running; steps answered; replies intended',
  },
  {
    what: 'one part posted, and others not',
    turn: named('a split reply'),
    ...struck('dies after', 'POST messages', 2),
    found: 'running; steps answered; replies posted, intended, intended',
  },
  {
    what: 'a file that stands, and nobody knows',
    turn: named('an answer that is a file'),
    ...struck('dies after', 'POST messages', 2),
    found: 'running; steps answered; replies posted, intended',
  },
  {
    what: 'a draft that stands, and nobody knows',
    turn: named('a reply that grows'),
    ...struck('dies after', 'POST messages'),
    since: 2,
    found: 'running; steps asked; replies drafting',
  },
  {
    what: 'a reply posted, still growing',
    turn: named('a reply that grows'),
    ...struck('dies before, rows kept', 'mid-stream', 4),
    since: 2,
    found: 'running; steps asked; replies draft',
  },
  {
    what: 'a reply final, the turn open',
    turn: TEXT,
    ...struck('dies before, rows kept', 'DELETE boosts'),
    found: 'running; steps answered; replies posted',
  },
  {
    what: 'a pause before another try',
    turn: named('a model that is overloaded, twice'),
    strikes: [],
    after: 1,
    found: 'paused; steps failed',
  },
  {
    what: 'a wish that waits for a yes',
    turn: named('a tool that needs a yes'),
    strikes: [],
    after: 1,
    since: 2,
    found: 'replied; steps answered; uses waiting; replies posted',
  },
  {
    what: 'a tool use that was approved',
    turn: named('a tool that needs a yes'),
    ...struck('dies before, rows kept', 'POST boosts', 2),
    since: 2,
    found: 'running; steps answered; uses intended',
  },
  {
    what: 'somebody else who waits',
    turn: named('somebody else who waits'),
    ...struck('dies after', MODEL),
    found: 'running; steps asked; 1 waits',
  },
  {
    what: 'a session that expired, and is told in short',
    turn: named('a session that expired'),
    ...struck('dies after', MODEL),
    found: 'running; steps asked',
    past: 'They said hello.',
  },
  {
    what: 'a reminder that stands, and nobody knows',
    turn: named('a reminder that is due'),
    ...struck('dies after', 'POST messages'),
    since: 1 + MIGRATIONS.findIndex((migration) => migration.includes('reminder_posts')),
    found: 'replied; steps answered, answered; uses ok; replies posted',
  },
]

/** The intent to say in a request what became of it is lost, or not understood. */
export function untold(turn: ScriptedTurn): ScriptedTurn {
  return {
    ...turn,
    ends: turn.ends.map(([, ...others]) => [/can reply @.* yes or no/s, ...others]),
  }
}

/** After a turn with a tool, which the session has to remember too. */
export function withPast(turn: ScriptedTurn): ScriptedTurn {
  return {
    ...turn,
    async before(trial) {
      trial.world.model.uses('search_conversation', { words: 'x' }).says('I have looked.')
      await trial.asks(trial.world.david, 'look for x')
      await turn.before?.(trial)
    },
    ends: turn.ends.map((ends) => ['I have looked.', ...ends]),
  }
}

/** In the words of `Situation.found`. */
export function standing(sql: SqlStorage) {
  const [turn] = sql.exec('SELECT id, state FROM turns ORDER BY id DESC LIMIT 1').toArray()
  const states = (table: string) =>
    sql
      .exec(`SELECT state FROM ${table} WHERE ${LAST}`)
      .toArray()
      .map(({ state }) => state)
      .join(', ')
  const waits = sql.exec('SELECT count(*) AS n FROM messages WHERE turn IS NULL').one().n
  return [
    turn?.state,
    ...[
      ['steps', states('steps')],
      ['uses', states('tool_uses')],
      ['replies', states('replies')],
    ].map(([what, found]) => found && `${what} ${found}`),
    waits && `${waits} waits`,
  ]
    .filter(Boolean)
    .join('; ')
}

/** A version without signs has put none up. */
export function takeDownSigns({ world, room }: Trial) {
  const { messages } = world.campfire
  for (const message of messages.in(room.id)) {
    for (const boost of [...message.boosts]) {
      if (['👀', '⏳'].includes(boost.content)) messages.unboost(message, boost)
    }
  }
}

function struck(blow: Blow, on: string, at = 1) {
  return { strikes: [{ blow, at, on }] }
}

function named(what: string) {
  const turn = KILLED_TURNS.find((turn) => turn.what === what)
  if (!turn) throw new Error(`There is no turn like ${what}`)
  return turn
}

interface Unknown {
  what: string
  from: string
  edit: string
  /** Such a turn is no part of the conversation with the model. */
  isForgotten?: boolean
  isUntold?: boolean
}

/** Words in the rows that we have never heard. */
export const UNKNOWN: Unknown[] = [
  { what: 'state of a turn', from: 'a reply intended', edit: inTurn("state = 'musing'") },
  {
    what: 'state of a turn that was put down',
    from: 'a pause before another try',
    edit: inTurn("state = 'musing'"),
  },
  { what: 'kind of turn', from: 'a step asked, no answer recorded', edit: inTurn("kind = 'muse'") },
  {
    what: 'kind of turn that no model was asked for',
    from: 'a turn with no step',
    edit: inTurn("kind = 'muse', prompt = NULL, sentence = 'Hello.'"),
    isForgotten: true,
  },
  { what: 'tier', from: 'a turn with no step', edit: inTurn("tier = 'tepid'") },
  {
    what: 'verdict',
    from: 'a reply intended',
    edit: inTurn("verdict = 'mused', sentence = 'Hello.'"),
  },
  { what: 'end', from: 'a reply intended', edit: "UPDATE turns SET state = 'mused' WHERE id = 1" },
  {
    what: 'state of a step',
    from: 'a step asked, no answer recorded',
    edit: `UPDATE steps SET state = 'musing' WHERE ${LAST}`,
  },
  {
    what: 'kind of step',
    from: 'a step asked, no answer recorded',
    edit: `UPDATE steps SET kind = 'muse', state = 'answered', content = '[{"type":"muse"}]'
           WHERE ${LAST}`,
  },
  {
    what: 'state of a tool use',
    from: 'tool uses intended',
    edit: `UPDATE tool_uses SET state = 'musing' WHERE state = 'intended' AND ${LAST}`,
  },
  ...[
    'a reply intended',
    'a reply that stands, and nobody knows',
    'a reply final, the turn open',
    'one part posted, and others not',
    'a file that stands, and nobody knows',
    'a draft that stands, and nobody knows',
    'a reply posted, still growing',
  ].map((from) => ({
    what: `state of a reply, in ${from}`,
    from,
    edit: `UPDATE replies SET state = 'musing' WHERE ${LAST}`,
  })),
  {
    what: 'state of a reply that began as a draft, and has other parts',
    from: 'one part posted, and others not',
    edit: `UPDATE replies SET state = 'musing', created = 1, began = body WHERE part = 1 AND ${LAST}`,
  },
  {
    what: 'state of a draft whose first words were not kept',
    from: 'a reply posted, still growing',
    edit: `UPDATE replies SET state = 'musing', began = NULL WHERE ${LAST}`,
  },
  {
    what: 'end of a session',
    from: 'a session that expired, and is told in short',
    edit: "UPDATE sessions SET ending = 'mused' WHERE ended IS NOT NULL",
  },
  {
    what: 'state of an approval',
    from: 'a tool use that was approved',
    edit: "UPDATE approvals SET state = 'mused'",
    isUntold: true,
  },
  {
    what: 'role',
    from: 'somebody else who waits',
    edit: "UPDATE people SET role = 'muse'",
  },
  {
    what: 'setting',
    from: 'a turn with no step',
    edit: `INSERT INTO facts (name, value) VALUES ('settings', '{"mood":"glad"}'), ('mood', '"glad"')`,
  },
]

function inTurn(changes: string) {
  return `UPDATE turns SET ${changes} WHERE id = (SELECT max(id) FROM turns)`
}
