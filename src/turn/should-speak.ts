import type { Bot } from '../bots.ts'
import { isClaimed, isSaid, type Message, type Taken } from '../tables/room/message.ts'
import { speakersIn } from '../tables/room/people/speakers.ts'
import { settingsIn } from '../tables/room/settings.ts'
import { reasonOfSchedule, type TurnRow } from '../tables/room/turns.ts'
import { namesBeside, roomIn, type Tables } from '../tables.ts'
import { whyAgain } from './again.ts'
import { controlWord } from './commands.ts'
import { heardAgain, mayGoOn, type Recent } from './rest.ts'
import { JUDGED, type Judgement, type Manners, needsMention, shallSpeak } from './speak-policy.ts'

type Said = Pick<
  Message,
  'author' | 'text' | 'file' | 'mentioned' | 'delivered' | 'schedule' | 'again' | 'dropped'
> & {
  found?: boolean
}

/**
 * Where it takes a mention to be heard, a control word needs one too. Of somebody who is only claimed to
 * have said it, `help` alone is one: the others are for the person whose words they stop, tell or erase.
 */
export function controlIn(tables: Tables, bot: Bot, said: Said) {
  const word = said.file || !isSaid(said) ? null : wordIn(tables, bot, said)
  if (isClaimed(said.author)) return word === 'help' ? word : null
  return word && !said.mentioned && takesMention(tables, bot) ? null : word
}

/**
 * An edit runs nothing: what was delivered is the word, and still is. What was found in the list may have
 * become one since it was sent, and what is forgotten does not come back.
 */
function wordIn(tables: Tables, bot: Bot, { text, delivered = text, found }: Said) {
  const word = wordOf(delivered)
  const isMeant = word === wordOf(text) && !(found && word === 'forget')
  return isMeant ? word : null

  function wordOf(said: string) {
    const words = namesBeside(said, tables, bot).map((name) => controlWord(said, name))
    return words.find((one) => one !== null) ?? null
  }
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
  const task = messages.find(({ schedule }) => schedule)?.schedule
  if (task) return { speak: true, reason: reasonOfSchedule(task) }
  const again = messages.find(({ again }) => again)?.again
  if (again) return { speak: true, reason: whyAgain(tables, again) }
  if (messages.some(({ dropped }) => dropped)) return { speak: true, reason: 'files' }
  const role = people.roleOf(asker.id)
  const pace = { author: asker.id, direct: roomIn(tables).direct, now: now() }
  const recent = recentFor(tables, role, pace)
  const due = role === null ? heardAgain({ ...pace, recent }) : 0
  if (due > now()) return { notBefore: due }

  const mentioned = messages.some((message) => message.mentioned)
  return shallSpeak({ ...mannersIn(tables, bot), ...pace, role, recent, mentioned })
}

/** Of a human nothing needs to be known; a row of bots may be of any age. */
function recentFor(
  { people, turns }: Tables,
  role: string | null,
  pace: Omit<Parameters<typeof mayGoOn>[0], 'recent'>,
): Recent[] {
  if (role !== null && role !== 'bot') return []
  const isBot = ({ asker }: TurnRow) => people.roleOf(asker) === 'bot'
  const withRoles = (rows: TurnRow[]) => rows.map((turn) => ({ ...turn, bot: isBot(turn) }))
  const few = withRoles(turns.newest(FEW))
  const isEnough = role === null && !mayGoOn({ ...pace, recent: few })
  return isEnough || few.length < FEW ? few : withRoles(turns.newest(JUDGED))
}

/** In quiet times these show that there is no row. */
const FEW = 8

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
