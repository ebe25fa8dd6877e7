import type { TurnRow } from '../tables/room/turns.ts'

export type Recent = Pick<TurnRow, 'asker' | 'state' | 'reason' | 'started' | 'ended'> & {
  /** The asker is known to be a bot. */
  bot: boolean
}

/** Where a Campfire cannot say who is a bot, only pace can: no person goes on like this, and two bots never stop. */
const MOST = { room: 15, direct: 40 }
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
  return rowOf(pace).length >= (pace.direct ? MOST.direct : MOST.room)
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
  return rowOf(pace).length + restOf(pace).length >= pace.recent.length
}

function restsUntil(pace: Pace) {
  const first = restOf(pace).at(-1)
  // A clock that was put back is no reason to rest for longer.
  return first && endOf(first) <= pace.now ? endOf(first) + REST : 0
}

/** Since we said so; newest first. */
function restOf({ recent, author }: Pace) {
  const other = recent.findIndex((turn) => turn.asker !== author || turn.reason !== TOO_MANY)
  const silences = other < 0 ? recent : recent.slice(0, other)
  const said = silences.findIndex(({ state }) => state !== 'silent')
  return said < 0 ? silences : silences.slice(0, said + 1)
}

/** Answers to this author alone, each to what was said within a minute of the one before; newest first. */
function rowOf({ recent, author, now }: Pace) {
  const answers = recent.filter(
    ({ asker, state, reason }) => asker !== author || state !== 'silent' || reason === TOO_MANY,
  )
  const end = answers.findIndex((turn, index) => {
    const next = answers[index - 1]?.started ?? now
    const isOther = turn.asker !== author || turn.reason === TOO_MANY
    return isOther || next - endOf(turn) > AT_ONCE
  })
  return end < 0 ? answers : answers.slice(0, end)
}

function endOf({ started, ended }: Recent) {
  return ended ?? started
}
