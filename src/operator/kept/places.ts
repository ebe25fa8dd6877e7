import type { Context } from 'hono'
import type { RosterEntry } from '../../account.ts'
import { campfireIn, nameOf, personName } from '../../address.ts'
import { inShort, log } from '../../log.ts'
import { type App, account, memberOf, nameOfBot, numberIn } from '../app.ts'
import type { KeptPeople, KeptRooms } from './schemas.ts'

/** So many objects are woken by one request, however many there are: half a second's worth of a small machine at most. */
export const AT_ONCE = 15

/** Also of a bot whose key is gone, by its number: what it has kept is there still. */
export function roomIn(c: Context<App>) {
  const room = numberIn(c.req.param('room'))
  const bot = memberOf(c)?.userId ?? numberIn(c.req.param('bot'))
  return room && bot ? { room, bot } : null
}

export function roomAt({ env }: Context<App>, place: { room: number; bot: number }) {
  return env.ROOMS.getByName(nameOf({ url: campfireIn(env).id, ...place }))
}

export function personAt({ env }: Context<App>, id: number) {
  return env.PEOPLE.getByName(personName({ url: campfireIn(env).id }, id))
}

/** `?after=12-3`: the room and the bot that were the last on the page before. */
export async function keptRooms(c: Context<App>): Promise<KeptRooms> {
  const [, room = 0, bot = 0] = /^(\d{1,15})-(\d{1,15})$/.exec(c.req.query('after') ?? '') ?? []
  const after = { room: Number(room), bot: Number(bot) }
  const found = await account(c).roomsAfter(after, AT_ONCE + 1)
  const page = found.slice(0, AT_ONCE)
  const last = page.at(-1)
  return {
    rooms: await Promise.all(page.map((entry) => roomTold(c, entry))),
    next: found.length > AT_ONCE && last ? `${last.room}-${last.bot}` : null,
  }
}

async function roomTold(c: Context<App>, { name, room, bot, title, direct }: RosterEntry) {
  const kept = await c.env.ROOMS.getByName(name).countKept().catch(unreached)
  return { room, bot, botName: nameOfBot(c, bot), name: title, direct, kept }
}

export async function keptPeople(c: Context<App>): Promise<KeptPeople> {
  const after = numberIn(c.req.query('after')) ?? 0
  const found = await account(c).people(AT_ONCE + 1, after)
  const page = found.slice(0, AT_ONCE)
  const people = page.map(async ({ id, name }) => {
    return { id, name, facts: await personAt(c, id).countKept().catch(unreached) }
  })
  const last = page.at(-1)
  return {
    people: await Promise.all(people),
    next: found.length > AT_ONCE && last ? String(last.id) : null,
  }
}

/** One that cannot be reached must not hide the others. */
function unreached(error: unknown) {
  log.warn('kept.not_reached', { error: inShort(error) })
  return null
}
