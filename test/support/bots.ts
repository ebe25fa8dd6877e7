import { env } from 'cloudflare:workers'
import { afterEach } from 'vitest'
import type { Bot } from '../../src/bots/bot.ts'
import { membersOf } from '../../src/bots.ts'

/** Changes the assistant's file for one test. */
export function useBotChanges() {
  const changed = new Map<Bot, Bot>()
  afterEach(() => {
    for (const [bot, before] of changed) {
      // What the file does not say at all goes again, too.
      const added = Object.keys(bot).filter((field) => !(field in before))
      for (const field of added) Reflect.deleteProperty(bot, field)
      Object.assign(bot, before)
    }
    changed.clear()
  })
  return (changes: Partial<Bot>) => {
    // Only now: whoever goes by other keys meanwhile has had the file read anew.
    const [assistant] = membersOf(env.BOT_KEYS).members
    if (!assistant) return
    const { bot } = assistant
    if (!changed.has(bot)) changed.set(bot, { ...bot })
    Object.assign(bot, changes)
  }
}
