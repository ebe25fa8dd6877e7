import type { TurnRow } from '../tables/room/turns.ts'

export type Recent = Pick<TurnRow, 'asker' | 'state' | 'reason' | 'started' | 'ended'> & {
  /** The asker is known to be a bot. */
  bot: boolean
}

/** Where a Campfire cannot say who is a bot, only pace can: no person goes on like this, and two bots never stop. */
const MOST = { room: 15, direct: 40 }
/**
 * So many who speak in turn, each as often as one might alone, are taken for one: bots that answer us both. People
 * hardly ever keep such an order for long: whoever speaks twice running ends it.
 */
const IN_TURN = [2, 3]
/** An answer to us comes within this time. */
const AT_ONCE = 60_000
const REST = 600_000
/** While we rest, what is said goes unanswered together, once a minute. */
const TOGETHER = 60_000

export const TOO_MANY = 'too many in a row'

interface Pace {
  /** The turns before, newest first. */
  recent: Recent[]
  author: number
  direct: boolean
  now: number
}

/** It was one answer after the other, for too long: that is said once. */
export function shallRest(pace: Pace) {
  if (rowOf(pace).length >= (pace.direct ? MOST.direct : MOST.room)) return true
  return IN_TURN.some((many) => rowOf(pace, many).length >= many * MOST.room)
}

/** We have said that we rest, and do. Whoever else speaks ends it. */
export function isResting(pace: Pace) {
  return pace.now < restsUntil(pace)
}

/** When what this author says is looked at. */
export function heardAgain(pace: Pace) {
  const [last] = pace.recent
  const hasKeptSilent = last?.state === 'silent' && isResting(pace)
  return hasKeptSilent ? Math.min(endOf(last) + TOGETHER, restsUntil(pace)) : 0
}

/** As far as these turns show, it may go on before them. */
export function mayGoOn(pace: Pace) {
  const rest = restOf(pace)
  if (rest.length) return !hasComeRound(pace.recent.slice(rest.length - 1))
  return [1, ...IN_TURN].some((many) => rowOf(pace, many).length >= pace.recent.length)
}

function restsUntil(pace: Pace) {
  const rest = restOf(pace)
  const first = rest.at(-1)
  if (!first || !whoRests(pace.recent.slice(rest.length - 1)).includes(pace.author)) return 0
  // A clock that was put back is no reason to rest for longer.
  return endOf(first) <= pace.now ? endOf(first) + REST : 0
}

/** Since we said so; newest first. */
function restOf({ recent }: Pick<Pace, 'recent'>) {
  const other = recent.findIndex(({ reason }) => reason !== TOO_MANY)
  const silences = other < 0 ? recent : recent.slice(0, other)
  const said = silences.findIndex(({ state }) => state !== 'silent')
  return said < 0 ? silences : silences.slice(0, said + 1)
}

/** The one to whom it was said, and those who had spoken since they did before. */
function whoRests([said, ...before]: Recent[]) {
  const end = before.findIndex(({ asker }) => asker === said?.asker)
  const others = end < 0 ? before : before.slice(0, end)
  return [said, ...others].map((turn) => turn?.asker)
}

function hasComeRound([said, ...before]: Recent[]) {
  return before.some(({ asker }) => asker === said?.asker)
}

/**
 * Answers to this author alone, or to so many in turn, each to what was said within a minute of the one before;
 * newest first.
 */
function rowOf({ recent, author, now }: Pace, many = 1) {
  const answers = recent.filter(
    ({ asker, state, reason }) => asker !== author || state !== 'silent' || reason === TOO_MANY,
  )
  const askers = [author, ...answers.map(({ asker }) => asker)]
  const end = answers.findIndex((turn, index) => {
    const next = answers[index - 1]?.started ?? now
    const before = askers.slice(Math.max(0, index + 1 - many), index + 1)
    const isInTurn = before.length < many ? !before.includes(turn.asker) : before[0] === turn.asker
    return !isInTurn || turn.reason === TOO_MANY || next - endOf(turn) > AT_ONCE
  })
  return end < 0 ? answers : answers.slice(0, end)
}

function endOf({ started, ended }: Recent) {
  return ended ?? started
}
