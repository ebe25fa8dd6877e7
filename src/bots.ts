import { analyst } from './bots/analyst.ts'
import { assistant } from './bots/assistant.ts'
import { Bot } from './bots/bot.ts'
import { isOfSkills, withSkillTools } from './bots/skill-tools.ts'
import { changeWords, type Words, withWords } from './bots/words.ts'
import { log } from './log.ts'
import type { StoredWords } from './tables/bot-words.ts'
import type { Tool } from './tools/tool.ts'

export { aboutIn, type Bot, isDeferred } from './bots/bot.ts'
export { serverToolsOf } from './bots/server-tools.ts'
export { variableIn } from './bots/variables.ts'
export {
  differencesOf,
  type Issue,
  misfitsOfModel,
  readWords,
  Words,
  wordsOf,
} from './bots/words.ts'

/** Adding a bot is one file in `bots/`, its name here, and its key in `BOT_KEYS`. */
const ROSTER: unknown[] = [assistant, analyst]

/** A bot of the roster with the Campfire user it speaks as. */
export interface Member {
  bot: Bot
  userId: number
  key: string
}

export interface Members {
  /** In the order of `BOT_KEYS`: the first is the default bot. */
  members: Member[]
  /** Left out, and why. Names and fields only. */
  broken: { bot: string; field: string }[]
  /** Every Campfire user that is one of ours, the broken ones too. */
  userIds: Set<number>
}

const KEY = /^([1-9]\d{0,15})-[A-Za-z0-9]+$/

let known: { botKeys: string; members: Members } | null = null

/** Who can speak here. Parsed once for each start; what is broken is left out and logged then. */
export function membersOf(botKeys = ''): Members {
  if (known?.botKeys !== botKeys) {
    known = { botKeys, members: membersIn(botKeys) }
    for (const { bot, field } of known.members.broken) log.error('bot.broken', { bot, field })
  }
  return known.members
}

/** The roster, as far as `BOT_KEYS` has a key for it. */
export function membersIn(botKeys: string, roster = ROSTER): Members {
  const { bots, broken } = checkRoster(roster)
  const members: Member[] = []
  const userIds = new Set<number>()

  for (const [name, key] of pairsIn(botKeys)) {
    const userId = Number(KEY.exec(key)?.[1])
    const bot = bots.get(name)
    if (Number.isNaN(userId)) broken.push({ bot: name, field: 'key' })
    else if (userIds.has(userId)) broken.push({ bot: name, field: 'key (of another bot)' })
    else if (findBot(members, name)) broken.push({ bot: name, field: 'key (a second one)' })
    else if (bot) members.push({ bot, userId, key })
    else if (!broken.some((one) => one.bot === name)) broken.push({ bot: name, field: 'name' })
    if (userId) userIds.add(userId)
  }

  return { members, broken, userIds }
}

/** Every bot that is whole, and the field of each one that is not. */
export function checkRoster(roster = ROSTER) {
  const bots = new Map<string, Bot>()
  const broken: Members['broken'] = []

  for (const [index, candidate] of roster.entries()) {
    const parsed = Bot.safeParse(candidate)
    const name = nameOf(candidate) ?? `#${index + 1}`
    if (!parsed.success) broken.push({ bot: name, field: fieldOf(parsed.error.issues[0]) })
    else if (bots.has(name)) broken.push({ bot: name, field: 'name (taken)' })
    else bots.set(name, withSkillTools(parsed.data))
  }

  return { bots, broken }
}

let tools: Tool[] | null = null

/** Every tool that some bot's file names: any bot may be given it. */
export function toolsKnown() {
  tools ??= toolsIn([...checkRoster().bots.values()])
  return tools
}

function toolsIn(bots: Bot[]) {
  const all = bots.flatMap((bot) => bot.tools.filter((tool) => !isOfSkills(tool)))
  return [...new Map(all.map((tool) => [tool.name, tool])).values()]
}

/** The bot as an operator has saved it. Null: as its file says. */
export function savedBot(bot: Bot, saved: StoredWords | null): Bot {
  return saved ? withSkillTools(withWords(bot, saved, toolsKnown())) : bot
}

/** What an operator wants to change of a bot, by the rules for its file. */
export function changeBot(before: Words, changes: unknown) {
  return changeWords(before, changes, toolsKnown())
}

export function findBot(members: Member[], name: string) {
  return members.find(({ bot }) => bot.name === name)
}

/** Looks at every key, and at all of each, so that the time says nothing about how close one came. */
export function findByKey(members: Member[], key: string) {
  const matches = members.filter((member) => sameSecret(member.key, key))
  return matches[0]
}

export function sameSecret(ours: string, theirs: string) {
  const [a, b] = [new TextEncoder().encode(ours), new TextEncoder().encode(theirs)]
  const sameLength = a.byteLength === b.byteLength
  return crypto.subtle.timingSafeEqual(a, sameLength ? b : a) && sameLength
}

function pairsIn(botKeys: string) {
  return botKeys
    .split(',')
    .map((pair) => pair.trim())
    .filter(Boolean)
    .map((pair): [string, string] => {
      const at = pair.indexOf('=')
      return [nameIn(pair.slice(0, Math.max(at, 0)).trim()), pair.slice(at + 1).trim()]
    })
}

// Whoever swaps the two has the key where the name belongs, and names are logged.
function nameIn(text: string) {
  return /^[a-z][a-z0-9-]*$/i.test(text) ? text : '(no name)'
}

function nameOf(candidate: unknown) {
  const name = (candidate as { name?: unknown } | null)?.name
  return typeof name === 'string' ? name : null
}

function fieldOf(issue: { code: string; path: PropertyKey[]; keys?: string[] } | undefined) {
  return [...(issue?.path ?? []), ...(issue?.keys ?? [])].join('.') || 'definition'
}
