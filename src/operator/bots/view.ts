import type { Context } from 'hono'
import { campfireIn } from '../../address.ts'
import { aboutIn, type Member, readWords, toolsKnown, type Words, wordsOf } from '../../bots.ts'
import { inTime } from '../../clock.ts'
import { modelsWithPrice } from '../../model/prices.ts'
import { usePrices } from '../../model.ts'
import { mcp } from '../../tools.ts'
import { type App, account } from '../app.ts'
import { toldBy } from '../conditions.ts'
import { doubtful, keyFinding, tryKey } from '../doctor.ts'
import type { BotView } from '../schemas.ts'
import { addDays } from '../splits.ts'
import { standing } from './standing.ts'

/** A Campfire that is slow or gone must not keep the page. */
const PATIENCE = 2_000

export async function botView(c: Context<App>, member: Member, before?: number): Promise<BotView> {
  usePrices(c.env.PRICES)
  const { bot, userId } = member
  const now = Date.now()
  const [saved, roster, usage] = await Promise.all([
    account(c).bot(bot.name, before),
    account(c).rooms(),
    usageOf(c, userId),
  ])
  const entries = roster.filter((entry) => entry.bot === userId)
  const rooms = entries.map(({ room, title, direct }) => ({ room, name: title, direct }))
  const heard = Math.max(0, ...entries.map((entry) => toldBy(entry, now))) || null
  return {
    name: bot.name,
    user: userId,
    about: aboutIn(bot, 'en'),
    ...standing(member, saved.newest),
    versions: saved.versions.map(({ bot: _, at, ...version }) => ({
      ...version,
      at: new Date(at).toISOString(),
    })),
    more: saved.more,
    reached: saved.reached,
    tools: toolsKnown().map(({ name, effect }) => ({ name, effect })),
    models: modelsWithPrice(),
    rooms,
    heardAt: heard === null ? null : new Date(heard).toISOString(),
    botKey: await keyOf(c, member, { room: rooms[0]?.room ?? null, wasHeard: heard !== null }),
    webhook: {
      url: new URL('/webhook', c.req.url).href,
      needsSecret: Boolean(c.env.WEBHOOK_SECRET),
    },
    servers: await serversOf(c, member),
    usage,
  }
}

async function serversOf(c: Context<App>, { bot }: Member): Promise<BotView['servers']> {
  const names = bot.mcp.map(({ name }) => name)
  const states = names.length ? await account(c).serverSignIns(bot.name, names) : []
  return bot.mcp.map((server, at) => ({
    server: server.name,
    host: new URL(server.url).host,
    signIn: mcp.takesSignIn(server) ? (states[at] ?? 'out') : 'none',
  }))
}

/** Null: there is no such version, or not any more. */
export async function wordsBy(
  c: Context<App>,
  { bot }: Member,
  version: 'file' | number,
): Promise<Words | null> {
  if (version === 'file') return wordsOf(bot)
  const found = await account(c).savedVersion(bot.name, version)
  if (!found) return null
  return readWords(bot, found.words ?? found.file)
}

async function usageOf(c: Context<App>, user: number): Promise<BotView['usage']> {
  const { day: today, timeZone } = await account(c).today()
  const since = async (from: string) => {
    const { rows } = await account(c).costsBy(['bot'], { from, to: today })
    const sums = rows.find(({ bot }) => bot === user)
    return {
      turns: sums?.turns ?? 0,
      calls: sums?.calls ?? 0,
      costDollars: (sums?.cost ?? 0) / 1_000_000,
    }
  }
  const [day, month] = await Promise.all([since(today), since(addDays(today, -29))])
  return { timeZone, today: day, month }
}

async function keyOf(
  { env }: Pick<Context<App>, 'env'>,
  { bot, key }: Member,
  about: { room: number | null; wasHeard: boolean },
) {
  const url = campfireIn(env).address
  const look = await inTime(tryKey({ url, key, room: about.room }), PATIENCE)
  return look
    ? keyFinding(bot.name, look, { url, ...about })
    : doubtful(`key of ${bot.name}`, 'Campfire is slow to say.', 'Load this page once more.')
}
