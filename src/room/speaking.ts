import * as z from 'zod'
import type { Bot } from '../bots/bot.ts'
import { controlWord } from '../turn/control.ts'
import {
  JUDGED,
  JUDGED_FOR,
  type Judgement,
  type Manners,
  needsMention,
  notBefore,
  type Recent,
  shallSpeak,
} from '../turn/speak.ts'
import type { Arrival, Message, Taken } from './message.ts'
import { type Parts, roomIn } from './parts.ts'
import { settingsIn } from './settings.ts'

const SPEAKERS = 'speakers'
const Speakers = z.array(z.int())
/** That there are two is all that is asked; some of them may be bots. */
const MOST_SPEAKERS = 20

/** Who speaks in a direct decides how the bot is to be called there. A known one costs no write. */
export function heard({ facts }: Parts, { author, room }: Arrival) {
  if (!room?.direct) return
  const speakers = facts.get(SPEAKERS, Speakers) ?? []
  if (!speakers.includes(author.id) && speakers.length < MOST_SPEAKERS) {
    facts.set(SPEAKERS, [...speakers, author.id])
  }
}

type Said = Pick<Message, 'text' | 'file' | 'mentioned'>

/** Where it takes a mention to be heard, a control word needs one too. */
export function controlIn(parts: Parts, bot: Bot, { text, file, mentioned }: Said) {
  const word = file ? null : controlWord(text, bot.name)
  return word && !mentioned && takesMention(parts, bot) ? null : word
}

export function takesMention(parts: Parts, bot: Bot) {
  return needsMention(mannersIn(parts, bot))
}

/** What comes of messages that a turn could take: an answer, silence, or another look later. */
export function judge(
  parts: Parts,
  bot: Bot,
  { asker, messages }: Taken,
): Judgement | { notBefore: number } {
  const { people, now } = parts
  const role = people.roleOf(asker.id)
  const recent = recentFor(parts, role)
  const pace = { role, recent, author: asker.id, now: now() }
  const due = notBefore(pace)
  if (due > now()) return { notBefore: due }

  const mentioned = messages.some((message) => message.mentioned)
  return shallSpeak({ ...mannersIn(parts, bot), ...pace, mentioned })
}

/** Of a human nothing needs to be known; a row of bots may be of any age, a pace is not. */
function recentFor({ people, turns, now }: Parts, role: string | null): Recent[] {
  if (role !== null && role !== 'bot') return []
  return turns
    .recent(JUDGED, role === null ? now() - JUDGED_FOR : 0)
    .map((turn) => ({ ...turn, bot: people.roleOf(turn.asker) === 'bot' }))
}

function mannersIn(parts: Parts, { speaks }: Bot): Manners {
  const { facts, people } = parts
  const { direct } = roomIn(parts)
  const speakers = direct ? (facts.get(SPEAKERS, Speakers) ?? []) : []
  return {
    speaks,
    here: settingsIn(facts).speaks ?? null,
    direct,
    people: speakers.filter((id) => people.roleOf(id) !== 'bot').length,
  }
}
