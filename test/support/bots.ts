import { env } from 'cloudflare:workers'
import { afterEach } from 'vitest'
import type { Bot } from '../../src/bots/bot.ts'
import { membersOf } from '../../src/bots.ts'

/** Changes the assistant's file for one test. */
export function useBotChanges() {
  const bots = membersOf(env.BOT_KEYS).members.map(({ bot }) => bot)
  const before = bots.map((bot) => ({ ...bot }))
  afterEach(() => {
    for (const [index, bot] of bots.entries()) Object.assign(bot, before[index])
  })
  return (changes: Partial<Bot>) => {
    if (bots[0]) Object.assign(bots[0], changes)
  }
}
