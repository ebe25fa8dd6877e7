import type { Bot } from '../bots.ts'
import { isResting, type Recent, shallRest, TOO_MANY } from './rest.ts'

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

export type { Recent } from './rest.ts'

export type Judgement =
  | {
      speak: true
      reason: 'mentioned' | 'direct' | 'always' | 'files' | `schedule ${number}` | `again ${number}`
    }
  /** All that it says is that it rests. */
  | { speak: 'rests'; reason: typeof TOO_MANY }
  | { speak: false; reason: 'not mentioned' | 'bots in a row' | typeof TOO_MANY }

/** Whether the bot speaks at all. The reason stands in the turn's receipt. */
export function shallSpeak(occasion: Occasion): Judgement {
  const { mentioned, direct, role, here } = occasion
  if (!mentioned && needsMention(occasion)) return { speak: false, reason: 'not mentioned' }
  if (role === 'bot' && isBotTalk(occasion)) return { speak: false, reason: 'bots in a row' }
  if (role === null && isResting(occasion)) return { speak: false, reason: TOO_MANY }
  if (role === null && shallRest(occasion)) return { speak: 'rests', reason: TOO_MANY }
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

/** So many turns say all that is asked of them here. */
export const JUDGED = 60
