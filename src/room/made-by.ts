import type { Bot } from '../bots.ts'
import { Fingerprint } from '../prompt.ts'
import { VERSION } from '../runtime.ts'
import type { TurnRow } from '../tables/room/turns.ts'

/** The bot's file of this Worker, by the bot. */
const FILES = new WeakMap<Bot, string>()

/** Which Worker it is, and which version of the bot's file: two that differ in anything but code have another name. */
export function madeBy(bot: Bot): Pick<TurnRow, 'worker' | 'bot'> {
  const file = FILES.get(bot) ?? fileOf(bot)
  FILES.set(bot, file)
  return { worker: VERSION, bot: file }
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
