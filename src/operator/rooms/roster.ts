import type { Context } from 'hono'
import { membersOf } from '../../bots.ts'
import { type App, account, numberIn } from '../app.ts'
import type { Roster } from '../schemas.ts'

/** `GET /rooms`: which rooms there are, whoever was heard of last first. */
export async function rosterOf(c: Context<App>): Promise<Roster> {
  const { members } = membersOf(c.env.BOT_KEYS)
  const bots = Object.fromEntries(members.map(({ userId, bot }) => [userId, bot.name]))
  const words = (c.req.query('q') ?? '').slice(0, 200)
  const page = numberIn(c.req.query('page')) ?? 1
  const { rooms, ...found } = await account(c).roster({ words, page, bots })
  return {
    now: new Date().toISOString(),
    words,
    ...found,
    rooms: rooms.map(({ room, bot, title, direct, busy, waiting, told, sums, out }) => ({
      room,
      bot,
      botName: bots[bot] ?? null,
      name: title,
      direct,
      running: busy,
      waiting,
      toldAt: new Date(told).toISOString(),
      lastTurnAt: sums.lastEnded ? new Date(sums.lastEnded).toISOString() : null,
      turns: sums.turns,
      failed: sums.failed + sums.parked,
      costDollars: sums.cost / 1_000_000,
      out: out && {
        since: new Date(out.since).toISOString(),
        deletes: new Date(out.deletes).toISOString(),
      },
    })),
  }
}
