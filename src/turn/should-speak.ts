import type { Bot } from '../bots.ts'
import type { Message, Taken } from '../tables/room/message.ts'
import { settingsIn } from '../tables/room/settings.ts'
import { speakersIn } from '../tables/room/speakers.ts'
import { roomIn, type Tables } from '../tables.ts'
import { controlWord } from './commands.ts'
import {
  JUDGED,
  JUDGED_FOR,
  type Judgement,
  type Manners,
  needsMention,
  notBefore,
  type Recent,
  shallSpeak,
} from './speak-policy.ts'

type Said = Pick<Message, 'text' | 'file' | 'mentioned'>

/** Where it takes a mention to be heard, a control word needs one too. */
export function controlIn(tables: Tables, bot: Bot, { text, file, mentioned }: Said) {
  const word = file ? null : controlWord(text, bot.name)
  return word && !mentioned && takesMention(tables, bot) ? null : word
}

/** Only whoever mentions the bot is heard by it here. */
export function takesMention(tables: Tables, bot: Bot) {
  return needsMention(mannersIn(tables, bot))
}

/** What comes of messages that a turn could take: an answer, silence, or another look later. */
export function judge(
  tables: Tables,
  bot: Bot,
  { asker, messages }: Taken,
): Judgement | { notBefore: number } {
  const { people, now } = tables
  const role = people.roleOf(asker.id)
  const recent = recentFor(tables, role)
  const pace = { role, recent, author: asker.id, now: now() }
  const due = notBefore(pace)
  if (due > now()) return { notBefore: due }

  const mentioned = messages.some((message) => message.mentioned)
  return shallSpeak({ ...mannersIn(tables, bot), ...pace, mentioned })
}

/** Of a human nothing needs to be known; a row of bots may be of any age, a pace is not. */
function recentFor({ people, turns, now }: Tables, role: string | null): Recent[] {
  if (role !== null && role !== 'bot') return []
  return turns
    .recent(JUDGED, role === null ? now() - JUDGED_FOR : 0)
    .map((turn) => ({ ...turn, bot: people.roleOf(turn.asker) === 'bot' }))
}

function mannersIn(tables: Tables, { speaks }: Bot): Manners {
  const { facts, people } = tables
  const { direct } = roomIn(tables)
  const speakers = direct ? speakersIn(facts) : []
  return {
    speaks,
    here: settingsIn(facts).speaks ?? null,
    direct,
    people: speakers.filter((id) => people.roleOf(id) !== 'bot').length,
  }
}
