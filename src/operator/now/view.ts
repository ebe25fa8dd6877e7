import type { Context } from 'hono'
import { campfireIn } from '../../address.ts'
import { VERSION } from '../../runtime.ts'
import { type App, account, nameOfBot } from '../app.ts'
import type { Now } from '../schemas.ts'
import { queueStats } from '../stats.ts'

const ABILITIES = ['list', 'edit', 'boost'] as const

/** `GET /`. It asks rooms that have something to do, and nobody else: a page that is left open costs little. */
export async function now(c: Context<App>): Promise<Now> {
  const at = Date.now()
  const ask = async (name: string) => await c.env.ROOMS.getByName(name).queueNow()
  const [roster, today, limits, abilities] = await Promise.all([
    account(c).rooms(),
    account(c).today(),
    account(c).budgets(),
    account(c).abilities(),
  ])
  const { rooms, ...queue } = await queueStats(roster, ask, at)
  const { rows } = await account(c).costsBy([], { from: today.day, to: today.day })
  const [total] = rows
  return {
    version: VERSION,
    now: new Date(at).toISOString(),
    queue: {
      ...queue,
      rooms: rooms.map((one) => {
        const told = roster.find(({ room, bot }) => room === one.room && bot === one.bot)
        const { title = null, direct = false } = told ?? {}
        return { ...one, botName: nameOfBot(c, one.bot), name: title, direct }
      }),
    },
    today: {
      ...today,
      costDollars: (total?.cost ?? 0) / 1_000_000,
      callsWithoutPrice: total?.unpriced ?? 0,
    },
    limits,
    campfire: {
      address: campfireIn(c.env).address,
      rooms: roster.length,
      abilities: ABILITIES.map((name) => ({ name, has: abilities[name] ?? null })),
    },
  }
}
