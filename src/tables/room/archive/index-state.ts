import * as z from 'zod'
import { DAY, HOUR, MINUTE } from '../../../clock.ts'

/** The page to be listed next: the newest where there is no number, else the one before it. */
const Cursor = z.object({ before: z.int().nullable(), at: z.number().nullable() })
export type Cursor = z.infer<typeof Cursor>

/** How far a room is indexed. Numbers are those that messages are stored under. */
export const IndexState = z.object({
  /** The newest that is kept, of the newest stretch without a gap. */
  top: z.int(),
  /** Null: nothing is left to be listed. */
  next: Cursor.nullable(),
  /** What was said here that no turn has read: it is listed first, and then what is older. */
  gap: z.object({ until: z.int(), after: Cursor.nullable() }).nullable(),
  /** It reaches back to the first message of the room. */
  isWhole: z.boolean(),
  /** So many were listed in all, and on which day how many. */
  listed: z.int(),
  day: z.int(),
  today: z.int(),
  due: z.number(),
  /** Lives in a row that may have ended over it, and pages in a row that Campfire did not give. */
  deaths: z.int(),
  failures: z.int(),
  /** Pages that Campfire cannot give, and that were passed over. */
  holes: z.int(),
})
export type IndexState = z.infer<typeof IndexState>

/** At most a page a second. */
const PAGE_EVERY = 1_000
/** So many are listed of a room, whatever its age. */
const MOST = 20_000
const RESTS = [0, MINUTE, 10 * MINUTE, HOUR]

export interface Limits {
  historyDays: number
  indexPerDay: number
}

export function firstState(): IndexState {
  return {
    top: 0,
    next: { before: null, at: null },
    gap: null,
    isWhole: false,
    listed: 0,
    day: 0,
    today: 0,
    due: 0,
    deaths: 0,
    failures: 0,
    holes: 0,
  }
}

/** A page as it was listed: its oldest and newest message, and whether there is more behind it. */
export interface Listed {
  low: { id: number; at: number } | null
  high: number
  more: boolean
  count: number
}

/** After a page that the background has listed. */
export function afterPage(
  state: IndexState,
  page: Listed,
  now: number,
  limits: Limits,
): IndexState {
  const { low, high, more, count } = page
  const today = listedToday(state, now) + count
  const counted = {
    ...state,
    day: dayOf(now),
    today,
    listed: state.listed + count,
    due: now + PAGE_EVERY,
    deaths: 0,
    failures: 0,
    top: Math.max(state.top, high),
  }
  if (state.gap && (!low || low.id <= state.gap.until))
    return { ...counted, next: state.gap.after, gap: null }
  if (!low || !more) return { ...counted, next: null, gap: null, isWhole: true }
  const isOld = low.at < now - limits.historyDays * DAY || counted.listed >= MOST
  return { ...counted, next: isOld && !state.gap ? null : { before: low.id, at: low.at } }
}

/** After a turn has read the newest page or more of them. Null: that is no news. */
export function afterReading(state: IndexState, { low, high, more }: Listed): IndexState | null {
  if (!low || high <= state.top) return null
  const { next, gap, top } = state
  if (low.id <= top + 1 || !more) return { ...state, top: high }
  // Of three stretches the one in the middle is listed anew.
  const older = gap ?? { until: top, after: next }
  if (next?.before === null) return null
  return { ...state, top: high, next: { before: low.id, at: low.at }, gap: older }
}

export function listedToday({ day, today }: IndexState, now: number) {
  return day === dayOf(now) ? today : 0
}

/** When the next page is due, in ms since 1970. Null: there is none. */
export function nextDue(state: IndexState, now: number, { indexPerDay }: Limits, spread: number) {
  if (!state.next) return null
  const isSpent = listedToday(state, now) >= indexPerDay
  return isSpent ? Math.max(state.due, (dayOf(now) + 1) * DAY + spread) : state.due
}

/** Somebody may have died over it: it is tried again later and later. */
export function afterDeath(state: IndexState, now: number): IndexState {
  const deaths = state.deaths + 1
  return { ...state, deaths, due: now + (deaths > 1 ? restAfter(deaths) : 0) }
}

export function afterFailure(state: IndexState, now: number): IndexState {
  const failures = state.failures + 1
  return { ...state, failures, due: now + restAfter(failures), deaths: 0 }
}

/** Goes on from another number, since nothing can be listed from this one. */
export function from(
  state: IndexState,
  before: number | null,
  now: number,
  hole: boolean,
): IndexState {
  const at = state.next?.at ?? null
  const next = { before, at }
  const holes = state.holes + Number(hole)
  return { ...state, next, due: now + PAGE_EVERY, failures: 0, deaths: 0, holes }
}

function restAfter(times: number) {
  return RESTS[times] ?? DAY
}

function dayOf(now: number) {
  return Math.floor(now / DAY)
}
