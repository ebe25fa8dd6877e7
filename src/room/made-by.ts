import type { Bot } from '../bots.ts'
import { Fingerprint } from '../prompt.ts'
import { VERSION } from '../runtime.ts'
import type { MadeBy } from '../tables/room/turns.ts'
import type { Tables } from '../tables.ts'

/** The bot's file of this Worker, by the bot. */
const FILES = new WeakMap<Bot, string>()

/**
 * Which Worker it is, and which version of the bot's file: two that differ in anything but code have another
 * name. And which version an operator has saved, where one holds.
 */
export function madeBy({ versions }: Tables, bot: Bot): MadeBy {
  const file = FILES.get(bot) ?? fileOf(bot)
  FILES.set(bot, file)
  return { worker: VERSION, bot: file, bot_version: versionOf({ versions }, bot) }
}

/** The version that an operator has saved, as far as this room has heard. Null: it goes by its file. */
export function versionOf({ versions }: Pick<Tables, 'versions'>, { name }: Pick<Bot, 'name'>) {
  const saved = versions.current(name)
  return saved?.words ? saved.number : null
}

function fileOf({ tools, ...bot }: Bot) {
  const told = tools.map(({ name, description, inputSchema, effect }) => ({
    name,
    description,
    inputSchema,
    effect,
  }))
  return new Fingerprint().add(JSON.stringify([bot, told])).value.toString(36)
}
