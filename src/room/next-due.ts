import type { Member } from '../bots.ts'
import { DAY, MINUTE } from '../clock.ts'
import { nextPage } from '../history.ts'
import { nextLook } from '../inbox/missed.ts'
import { type AccountReport, botHere, memberIn } from '../runtime.ts'
import { nextExpiry } from '../session.ts'
import type { TurnRow } from '../tables/room/turns.ts'
import type { Tables } from '../tables.ts'
import { progressDue } from '../turn.ts'
import { nextLookWhetherLeft } from './left.ts'

interface Needs {
  env: Env
  report: AccountReport
  /** Handlers in a row that failed outside a turn, or took none though one was due. */
  troubles: number
}

/** When there is something to do next, in ms since 1970. Open work first; then only the expiry. */
export function nextDue(tables: Tables, { env, report, troubles }: Needs) {
  const { turns, inbox, attempts, reminders, service, now } = tables
  const open = turns.open()
  const member = memberIn(env, tables)
  const waits = open ? null : inbox.nextDue()
  const begins = waits === null ? null : Math.max(waits, attempts.restsUntil())
  const next = earliest(begins, open ? null : turns.nextAside())
  const work = open ? dueOf(tables, report, { open, member }) : next
  const awayFrom = member ? null : (open?.started ?? work)
  const holdOff = (since: number | null) =>
    since === null ? holdOffAfter(troubles) : holdOffAway(now() - since)
  const due = service.isServed ? reminders.nextDue() : null
  const ring = due && Math.max(due, member ? 0 : now() + holdOff(due))
  if (work !== null) return earliest(Math.max(work, now() + holdOff(awayFrom)), ring)
  const expiry = member && nextExpiry(tables, botHere(tables, member))
  const look = report.believed().list === false ? null : nextLook(tables)
  const page = member && nextPage(tables, { member, report })
  const show = member && report.canEdit() ? tables.approvals.outcomes.nextToShow(now()) : null
  const left = member && nextLookWhetherLeft(tables, { report })
  const leaving = member && tables.files.uploads.nextDue()
  return earliest(member && look, expiry, show, ring, page, left, leaving)
}

/** When it is gone on with, or has to say that it still waits. */
function dueOf(
  tables: Tables,
  report: AccountReport,
  { open, member }: { open: TurnRow; member: Member | null },
) {
  const { now } = tables
  const due = open.due ?? now()
  if (due <= now() || !member) return due
  const note = progressDue(tables, { report, member }, open)
  return Math.min(due, note ?? due)
}

/** A bot whose key is gone may come back: the longer it is away, the less often we look, in the end once a day. */
function holdOffAway(away: number) {
  return Math.min(Math.max(away, 5 * MINUTE), DAY)
}

/** An alarm that fails at once again and again must not spin. */
function holdOffAfter(troubles: number) {
  return troubles ? Math.min(1_000 * 2 ** troubles, 5 * MINUTE) : 0
}

/** Somebody waits for a turn, and none is under way. */
export function isDue({ turns, inbox, attempts, now }: Tables) {
  const due = turns.open() ? null : inbox.nextDue()
  return due !== null && Math.max(due, attempts.restsUntil()) <= now()
}

function earliest(...times: (number | null)[]) {
  const known = times.filter((time) => time !== null)
  return known.length ? Math.min(...known) : null
}
