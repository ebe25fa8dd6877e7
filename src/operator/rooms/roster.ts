import type { Context } from 'hono'
import { membersOf } from '../../bots.ts'
import { type App, account, hearTheNews, numberIn } from '../app.ts'
import type { Roster } from '../schemas.ts'
import { namesToAsk } from '../stats.ts'

/** `GET /rooms`: which rooms there are, whoever was heard of last first. */
export async function rosterOf(c: Context<App>): Promise<Roster> {
  const { members } = membersOf(c.env.BOT_KEYS)
  const bots = Object.fromEntries(members.map(({ userId, bot }) => [userId, bot.name]))
  const words = (c.req.query('q') ?? '').slice(0, 200)
  const page = numberIn(c.req.query('page')) ?? 1
  const wanted = { words, page, bots }
  const before = await account(c).roster(wanted)
  const names = namesToAsk(before.rooms, Date.now())
  await hearTheNews(c, names)
  const { rooms, ...found } = names.length ? await account(c).roster(wanted) : before
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
