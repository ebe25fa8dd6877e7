import { campfireIn, normalised } from '../src/address.ts'
import { checkRoster, membersIn } from '../src/bots.ts'
import { Campfire, CampfireError, type Kind } from '../src/campfire.ts'
import { tryKey, whyNot } from '../src/operator/doctor.ts'
import type { Flags } from './flags.ts'
import { type BotLine, readLine } from './line.ts'
import { Refusal, untilItFits } from './refusal.ts'
import type { Terminal } from './terminal.ts'
import type { Vars } from './vars-file.ts'

export interface Setting {
  terminal: Terminal
  flags: Flags
  /** What is set by now; whatever is found out is written into it. */
  vars: Vars
  keep: () => void
}

/** The names of the bots that were added, or have another key now. */
export async function addBots(setting: Setting): Promise<string[]> {
  const { terminal, flags, vars } = setting
  const added: string[] = []
  for (const given of flags.bot) added.push(await addBot(setting, given))
  if (flags.bot.length > 0) return added

  const isFirst = !vars.BOT_KEYS
  if (isFirst) {
    terminal.say('In Campfire, as an administrator: account settings, the bot icon, Chat bots.')
    terminal.say('Add a bot there, without a webhook URL for now, and copy the line that it shows:')
    added.push(await addBot(setting, undefined))
  }
  while (!flags.yes && freeNames(vars).length > 0) {
    const question = 'One more bot? Paste its line, or press Enter to go on:'
    const flag = '--bot, or --yes for none'
    const said = await terminal.ask(question, { flag, secret: true, usual: '' })
    if (!said) break
    const name = await addBot(setting, said).catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error
      terminal.say(`✗ ${error.message}`)
      return null
    })
    if (name !== null) added.push(name)
  }
  return added
}

async function addBot(setting: Setting, given: string | undefined) {
  const { terminal, vars, keep } = setting
  const ask = () => terminal.ask('The line of the bot:', { flag: '--bot', secret: true })
  const take = async (said: string) => {
    const { wanted, text } = withName(said)
    const reading = readLine(text)
    if ('problem' in reading) throw new Refusal(reading.problem)
    const { line } = reading
    const moved = await sameCampfire(setting, line)
    const certain = certainName(setting, line, wanted)
    await tryLine(setting, line)
    const name = certain ?? (await askForName(setting))
    Object.assign(vars, moved, { BOT_KEYS: withKey(vars.BOT_KEYS ?? '', name, line.key) })
    keep()
    return name
  }
  return await untilItFits({ given, ask, take, say: (text) => terminal.say(text) })
}

/** `assistant=curl …`, or the line alone. */
function withName(said: string) {
  const [, wanted, text] = /^([a-z][a-z0-9-]*)=(.*)$/s.exec(said.trim()) ?? []
  return { wanted, text: text ?? said }
}

/** All bots of a Worker live in one Campfire, which may have moved. */
async function sameCampfire({ terminal, flags, vars }: Setting, { url }: BotLine): Promise<Vars> {
  const { address, id } = campfireIn(vars)
  if (!address || normalised(url) === address) return { CAMPFIRE_URL: normalised(url) }
  const question = `This bot is at ${normalised(url)}, and the others at ${address}. Has your Campfire moved there?`
  const isMoved =
    flags.moved ??
    (!flags.yes && (await terminal.yes(question, { flag: '--moved or --no-moved', usual: false })))
  // Everything that is kept is named after it, so the old name stays.
  if (isMoved) return { CAMPFIRE_URL: normalised(url), CAMPFIRE_ID: id }
  throw new Refusal(
    `That is another Campfire than ${address}. If yours has moved, say --moved; else give it a Worker of its own: --name NAME.`,
  )
}

/** Null: somebody has to choose. */
function certainName({ flags, vars }: Setting, { key }: BotLine, wanted?: string) {
  const userId = Number(key.split('-')[0])
  const known = membersIn(vars.BOT_KEYS ?? '').members.find((member) => member.userId === userId)
  if (wanted !== undefined) {
    if (known && known.bot.name !== wanted) {
      const says = `That is the line of ${known.bot.name}, which is one and the same bot in Campfire.`
      throw new Refusal(says)
    }
    return nameThatIs(wanted)
  }
  // The same user of Campfire is the same bot, with another key.
  if (known) return known.bot.name

  const [first, ...others] = freeNames(vars)
  if (first === undefined) {
    throw new Refusal(
      'Each bot of src/bots.ts has a key. Say which one gets this: --bot name=LINE.',
    )
  }
  return others.length === 0 || flags.yes || flags.bot.length > 0 ? first : null
}

async function askForName({ terminal, vars }: Setting) {
  const [usual = '', ...others] = freeNames(vars)
  const question = `Which bot is it: ${[usual, ...others].join(' or ')}?`
  const ask = () => terminal.ask(question, { flag: '--bot name=LINE', usual })
  const take = async (said: string) => nameThatIs(said)
  return await untilItFits({ given: undefined, ask, take, say: (text) => terminal.say(text) })
}

/** What was said is not said again: it may be a line with a key in it. */
function nameThatIs(name: string) {
  const names = [...checkRoster().bots.keys()]
  if (names.includes(name)) return name
  const files = 'A bot of your own is a file in src/bots and its name in src/bots.ts.'
  throw new Refusal(`There is no bot of that name: there are ${names.join(', ')}. ${files}`)
}

function freeNames({ BOT_KEYS = '' }: Vars) {
  const { members } = membersIn(BOT_KEYS)
  const taken = new Set(members.map(({ bot }) => bot.name))
  return [...checkRoster().bots.keys()].filter((name) => !taken.has(name))
}

function withKey(keys: string, name: string, key: string) {
  const pairs = keys.split(',').map((pair) => pair.trim())
  const others = pairs.filter(Boolean)
  const at = others.findIndex((pair) => pair.startsWith(`${name}=`))
  const pair = `${name}=${key}`
  return (at < 0 ? [...others, pair] : others.with(at, pair)).join(',')
}

/** Nothing is posted where the key can be tried without. */
async function tryLine(setting: Setting, line: BotLine) {
  const look = await tryKey(line)
  const campfire = look.version ? `Campfire ${look.version}` : 'Campfire'
  if (look.verdict === 'good') return setting.terminal.say(`✓ ${campfire} takes the key.`)
  if (look.verdict === 'unknowable') return await hello(setting, line, campfire)
  throw refusalFor(look.verdict === 'no room' ? 'gone_room' : look.kind, line)
}

/** Up to v1.4.9 even an empty post makes a message, so a person decides. */
async function hello({ terminal, flags }: Setting, line: BotLine, campfire: string) {
  const asks = `${campfire} can only create messages, so a key is tried by posting one. May the bot say hello in room ${line.room}?`
  const flag = '--hello or --no-hello'
  const may = flags.hello ?? (!flags.yes && (await terminal.yes(asks, { flag, usual: true })))
  if (!may) return terminal.say('! The key was not tried: the first answer of the bot will show.')
  try {
    await new Campfire(line).post("Hello! I'm new here. Mention me and ask for help.")
  } catch (error) {
    throw refusalFor(error instanceof CampfireError ? error.kind : null, line)
  }
  terminal.say(`✓ ${campfire} takes the key: the bot has said hello in room ${line.room}.`)
}

function refusalFor(kind: Kind | null, { url }: BotLine) {
  return new Refusal(whyNot(kind ?? 'unreadable', { bot: 'the bot', url }).join(' '))
}
