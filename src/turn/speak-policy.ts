import type { Bot } from '../bots.ts'
import type { TurnRow } from '../tables/room/turns.ts'

/** What the bot was asked, by whom, and what went before. */
export interface Occasion extends Manners {
  mentioned: boolean
  author: number
  /** Null: not known, and on a Campfire that cannot list it never will be. */
  role: string | null
  /** The turns before, newest first. */
  recent: Recent[]
  now: number
}

/** What decides whether it takes a mention to be heard. */
export interface Manners {
  speaks: Bot['speaks']
  /** What was set for this very room. */
  here: 'mentioned' | 'always' | null
  direct: boolean
  /** Who has spoken in this direct. Bots are no people. */
  people: number
}

export type Recent = Pick<TurnRow, 'asker' | 'state' | 'reason' | 'started' | 'ended'> & {
  /** The asker is known to be a bot. */
  bot: boolean
}

export type Judgement =
  | { speak: true; reason: 'mentioned' | 'direct' | 'always' }
  | { speak: false; reason: 'not mentioned' | 'bots in a row' | 'too many in a row' }

/** Whether the bot speaks at all. The reason stands in the turn's receipt. */
export function shallSpeak(occasion: Occasion): Judgement {
  const { mentioned, direct, role, here } = occasion
  if (!mentioned && needsMention(occasion)) return { speak: false, reason: 'not mentioned' }
  if (role === 'bot' && isBotTalk(occasion)) return { speak: false, reason: 'bots in a row' }
  if (role === null && isTooMuch(occasion)) return { speak: false, reason: 'too many in a row' }
  if (mentioned) return { speak: true, reason: 'mentioned' }
  return { speak: true, reason: direct && here === null ? 'direct' : 'always' }
}

/** Among several people a bot that answers everything is a nuisance, unless it was told to. */
export function needsMention({ speaks, here, direct, people }: Manners) {
  if (here) return here === 'mentioned'
  if (direct) return speaks.inDirects === 'mentioned' || people > 1
  return speaks.inRooms === 'mentioned'
}

const ANSWERS_TO_BOTS = 3

/** Two bots that answer one another would go on for ever. Any human ends the row. */
function isBotTalk({ recent }: Occasion) {
  const human = recent.findIndex(({ bot }) => !bot)
  const row = human < 0 ? recent : recent.slice(0, human)
  const answered = row.filter(({ state }) => state !== 'silent')
  return answered.length >= ANSWERS_TO_BOTS || row.some(({ reason }) => reason === 'bots in a row')
}

// Who cannot be told from a bot is judged by pace alone: no human keeps this up.
const FAST = 8
const WITHIN = 60_000
const MOST = 20
/** Nothing for so long ends a burst: our own delays are in it, and the time that the other one takes. */
const CALM = 120_000
const SILENCE = 600_000
const LONGEST_DELAY = 60_000

/** So many turns say all that is asked of them here. */
export const JUDGED = 2 * MOST
/** And what is older than this says nothing about pace. */
export const JUDGED_FOR = MOST * (LONGEST_DELAY + CALM)

function isTooMuch({ recent, author, now }: Pick<Occasion, 'recent' | 'author' | 'now'>) {
  const silences = silencesOf(recent, author)
  const since = silences.at(-1)?.started
  if (since !== undefined) return now - since < SILENCE

  const burst = burstOf(recent, author, now)
  return burst.length >= MOST && recent.slice(0, MOST).every(({ asker }) => asker === author)
}

/** When this author gets the next turn: what they say until then is taken together. */
export function notBefore({
  role,
  recent,
  author,
  now,
}: Pick<Occasion, 'role' | 'recent' | 'author' | 'now'>) {
  const last = recent.find(({ asker }) => asker === author)
  if (role !== null || !last) return 0

  const isSilent = silencesOf(recent, author).length > 0 && isTooMuch({ recent, author, now })
  const fast = burstOf(recent, author, now).length
  if (isSilent) return endOf(last) + LONGEST_DELAY
  return fast ? endOf(last) + Math.min(2_000 * 2 ** (fast - FAST), LONGEST_DELAY) : 0
}

/** The silences that nobody else has broken, newest first. */
function silencesOf(recent: Recent[], author: number) {
  const other = recent.findIndex((turn) => turn.asker !== author || !isSilence(turn))
  return other < 0 ? recent : recent.slice(0, other)
}

/** The author's turns since they began to be too fast, and have not calmed down; newest first. */
function burstOf(recent: Recent[], author: number, now: number): Recent[] {
  const theirs = recent.filter(({ asker }) => asker === author)
  const calm = theirs.findIndex((turn, index) => {
    const next = theirs[index - 1]?.started ?? now
    return isSilence(turn) || next - endOf(turn) > CALM
  })
  const streak = calm < 0 ? theirs : theirs.slice(0, calm)
  const from = streak.findLastIndex((first, index) => {
    const eighth = streak[index - FAST + 1]
    return eighth !== undefined && eighth.started - first.started <= WITHIN
  })
  return streak.slice(0, from + 1)
}

function isSilence({ state, reason }: Recent) {
  return state === 'silent' && reason === 'too many in a row'
}

function endOf({ started, ended }: Recent) {
  return ended ?? started
}
