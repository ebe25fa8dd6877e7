import { botHere, memberIn } from '../runtime.ts'
import { type Arrival, claimed } from '../tables/room/message.ts'
import type { TurnRow } from '../tables/room/turns.ts'
import type { Tables } from '../tables.ts'
import { controlIn } from '../turn.ts'

/** What a message stops. `atWork`: the turn that the handler holds. Null: it is none to stop, or there is nothing. */
export function stopFor(
  tables: Tables,
  arrival: Arrival,
  { env, atWork }: { env: Env; atWork: TurnRow | null },
) {
  if (!isStop(tables, arrival, env)) return null
  const { turns, inbox, people, approvals, now } = tables
  const { id, author } = arrival
  // The asker of the running turn may, also one in whose name it was asked, and whoever runs this Campfire.
  const mayStop = (asker: number) =>
    asker === author.id ||
    asker === claimed(author.id) ||
    people.roleOf(author.id) === 'administrator'
  // What others want to change of a turn that is at work, they change in the handler's own.
  const open = [atWork, ...turns.unended()].find(
    (turn) => turn?.ended === null && mayStop(turn.asker),
  )
  if (!open) return null

  inbox.assignTo(id, open.id)
  approvals.withdraw(now(), ({ asker, turn }) => asker === author.id || turn === open.id)
  stop(tables, open, 'asker')
  return open
}

/** Null: no turn is open. */
export function stopByOperator(tables: Tables, atWork: TurnRow | null) {
  const { turns, approvals, now } = tables
  const open = atWork ?? turns.unended()[0]
  if (!open || open.ended !== null) return null

  approvals.withdraw(now(), ({ turn }) => turn === open.id)
  stop(tables, open, 'operator')
  return open
}

function isStop(tables: Tables, arrival: Arrival, env: Env) {
  const member = memberIn(env, tables)
  const bot = member && botHere(tables, member)
  return (
    bot !== null && controlIn(tables, bot, { ...arrival, author: arrival.author.id }) === 'stop'
  )
}

function stop({ turns, now }: Tables, open: TurnRow, by: TurnRow['stopped_by']) {
  turns.change(open, { stopped_by: by, due: open.due === null ? null : now() })
}
