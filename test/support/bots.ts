import { env } from 'cloudflare:workers'
import { afterEach } from 'vitest'
import type { Bot } from '../../src/bots/bot.ts'
import { membersOf } from '../../src/bots.ts'

/** Changes the assistant's file for one test. */
export function useBotChanges() {
  const bots = membersOf(env.BOT_KEYS).members.map(({ bot }) => bot)
  const before = bots.map((bot) => ({ ...bot }))
  afterEach(() => {
    for (const [index, bot] of bots.entries()) {
      // What the file does not say at all goes again, too.
      const added = Object.keys(bot).filter((field) => !(field in (before[index] ?? {})))
      for (const field of added) Reflect.deleteProperty(bot, field)
      Object.assign(bot, before[index])
    }
  })
  return (changes: Partial<Bot>) => {
    if (bots[0]) Object.assign(bots[0], changes)
  }
}
