import type { Context } from 'hono'
import { campfireIn, nameOf } from '../address.ts'
import { type Bot, findBot, membersOf, savedBot } from '../bots.ts'
import { inShort, log } from '../log.ts'

/** What the operator's routes share. `who` is known behind `closed`, for the log of the operator's acts. */
export interface App {
  Bindings: Env
  Variables: { who: string }
}

export function account({ env }: Pick<Context<App>, 'env'>) {
  return env.ACCOUNTS.getByName(campfireIn(env).id)
}

/** Rooms are made by deliveries, not by asking; but an empty one costs nothing to look at. */
export function roomOf(c: Context<App>) {
  const name = nameOfRoom(c)
  return name === null ? null : c.env.ROOMS.getByName(name)
}

export function nameOfRoom(c: Context<App>) {
  const room = numberIn(c.req.param('room'))
  const bot = memberOf(c)?.userId
  return room && bot ? nameOf({ url: campfireIn(c.env).id, room, bot }) : null
}

export function memberOf(c: Context<App>) {
  return findBot(membersOf(c.env.BOT_KEYS).members, c.req.param('bot') ?? '')
}

/** As an operator has made it, in all rooms. */
export async function botNow(c: Pick<Context<App>, 'env'>, bot: Bot) {
  const newest = await account(c).newestVersion(bot.name)
  return savedBot(bot, newest?.words ?? null)
}

export function nameOfBot({ env }: Pick<Context<App>, 'env'>, bot: number) {
  const { members } = membersOf(env.BOT_KEYS)
  return members.find(({ userId }) => userId === bot)?.bot.name ?? null
}

export function numberIn(text = '') {
  const number = Number(/^[1-9]\d{0,15}$/.exec(text)?.[0])
  return Number.isSafeInteger(number) ? number : null
}

/**
 * Rooms tell what happened every ten minutes; those of which that may not be all are asked now. Gives back those that
 * did not answer: they must not hide the others, and what they told before stands.
 */
export async function hearTheNews({ env }: Pick<Context<App>, 'env'>, names: string[]) {
  const silent: string[] = []
  const ask = async (name: string) => {
    await env.ROOMS.getByName(name)
      .tellNow()
      .catch((error: unknown) => {
        log.warn('room.not_reached', { error: inShort(error) })
        silent.push(name)
      })
  }
  await Promise.all(names.map(ask))
  return silent
}

/** None where Hono was called without one: it throws then. */
export function executionIn(c: Context<App>) {
  try {
    return c.executionCtx as ExecutionContext & { access?: CloudflareAccessContext }
  } catch {
    return undefined
  }
}

/** For the log of acts. */
export function placeIn({ req }: Context<App>) {
  return `room ${req.param('room')}, ${req.param('bot')}`
}

/** Under `wrangler dev` a Campfire of this machine is as good as any. */
export function whereIs({ req }: Pick<Context<App>, 'req'>) {
  return { isLocal: LOOPBACK.has(new URL(req.url).hostname) }
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]'])

/** Each field that does not fit, and what would. */
export function whatIsWrong(
  issues: { code?: string; path: PropertyKey[]; message: string }[],
  whole = 'settings',
) {
  const said = issues.map(({ code, path, message }) => {
    const isNoObject = code === 'invalid_type' && !path.length
    const what = isNoObject ? 'please send a JSON object, such as {"ttlMinutes": 60}' : message
    return `${path.join('.') || whole}: ${what}`
  })
  return said.join('; ')
}
