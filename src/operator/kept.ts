import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { answer, done, refuse } from './answer.ts'
import { type App, account, nameOfBot, numberIn, placeIn, whatIsWrong } from './app.ts'
import { closed, noted } from './closed.ts'
import { keptPeople, keptRooms, personAt, roomAt, roomIn } from './kept/places.ts'
import {
  ItemChanges,
  ListChanges,
  PersonFactChanges,
  ReminderChanges,
  RoomFactChanges,
} from './kept/schemas.ts'
import { OUTDATED, readChange, SeenMark } from './seen.ts'

const NO_ROOM =
  "I don't know that room or bot. The address is /kept/rooms/<number of the room>/<name of the bot in BOT_KEYS>."
const NO_PERSON =
  'That is no person. The address is /kept/people/<the number of the person in Campfire>.'
const NOT_THERE = "That isn't here any more."

/** In addresses what there is several of has its plural. */
const KINDS = { reminders: 'reminder', facts: 'fact', lists: 'list', files: 'file' } as const
const CHANGES = { reminder: ReminderChanges, fact: RoomFactChanges, list: ListChanges }
const OF_A_ROOM = '/kept/rooms/:room/:bot'
const CHANGED = `${OF_A_ROOM}/:kind{reminders|facts|lists}/:number`
const DELETED = `${OF_A_ROOM}/:kind{reminders|facts|lists|files}/:number`
const ITEM = `${OF_A_ROOM}/lists/:list/items/:number`
const FACT = '/kept/people/:person/facts/:number'

/** What people have planned, had remembered and keep with a bot, by room and by person. */
export const kept = new Hono<App>()
  .get('/kept', closed, async (c) => await answer(c, 'kept', await keptRooms(c)))
  .get('/kept/people', closed, async (c) => await answer(c, 'keptPeople', await keptPeople(c)))
  .get('/kept/people/:person', closed, async (c) => {
    const id = numberIn(c.req.param('person'))
    if (!id) return await refuse(c, 404, NO_PERSON)
    const [facts, [person]] = await Promise.all([personAt(c, id).kept(), account(c).named([id])])
    const told = facts.map(({ private: isPrivate, at, ...fact }) => ({
      ...fact,
      isPrivate,
      at: new Date(at).toISOString(),
    }))
    return await answer(c, 'keptPerson', { id, name: person?.name ?? null, facts: told })
  })
  .patch(FACT, closed, async (c) => {
    const person = numberIn(c.req.param('person'))
    const number = numberIn(c.req.param('number'))
    if (!person || !number) return await refuse(c, 404, NO_PERSON)
    const read = await readChanges(c, PersonFactChanges)
    if (!read.ok) return read.refusal
    const about = `fact ${number} of person ${person}`
    return await change(c, about, async () => {
      return await personAt(c, person).changeKept(number, read.changes, read.from)
    })
  })
  .delete(FACT, closed, async (c) => {
    const person = numberIn(c.req.param('person'))
    const number = numberIn(c.req.param('number'))
    if (!person || !number) return await refuse(c, 404, NO_PERSON)
    const about = `fact ${number} of person ${person}`
    return await remove(c, { about }, async () => await personAt(c, person).removeKept(number))
  })
  .get(OF_A_ROOM, closed, async (c) => {
    const place = roomIn(c)
    if (!place) return await refuse(c, 404, NO_ROOM)
    const told = await roomAt(c, place).kept()
    return await answer(c, 'keptRoom', { ...told, botName: nameOfBot(c, place.bot) })
  })
  .get(`${OF_A_ROOM}/lists/:list`, closed, async (c) => {
    const place = roomIn(c)
    const list = numberIn(c.req.param('list'))
    const told = place && list ? await roomAt(c, place).keptList(list) : null
    if (!place || !told) return await refuse(c, 404, place ? NOT_THERE : NO_ROOM)
    return await answer(c, 'keptList', { ...told, botName: nameOfBot(c, place.bot) })
  })
  .patch(ITEM, closed, async (c) => {
    const item = itemIn(c)
    if (!item) return await refuse(c, 404, NO_ROOM)
    const read = await readChanges(c, ItemChanges, ['notes', 'due'])
    if (!read.ok) return read.refusal
    return await change(c, item.about, async () => {
      return await roomAt(c, item.place).changeKept(item.which, read.changes, read.from)
    })
  })
  .delete(ITEM, closed, async (c) => {
    const item = itemIn(c)
    if (!item) return await refuse(c, 404, NO_ROOM)
    return await remove(c, item, async () => await roomAt(c, item.place).removeKept(item.which))
  })
  .patch(CHANGED, closed, async (c) => {
    const one = oneIn(c)
    if (!one) return await refuse(c, 404, NO_ROOM)
    const { kind } = one.which
    const read = await readChanges(c, kind === 'file' ? z.strictObject({}) : CHANGES[kind])
    if (!read.ok) return read.refusal
    return await change(c, one.about, async () => {
      const changes = inRoomsTerms(read.changes)
      return await roomAt(c, one.place).changeKept(one.which, changes, read.from)
    })
  })
  .delete(DELETED, closed, async (c) => {
    const one = oneIn(c)
    if (!one) return await refuse(c, 404, NO_ROOM)
    // The page of a list is gone with it.
    const to = `/kept/rooms/${one.place.room}/${c.req.param('bot')}`
    return await remove(c, { about: one.about, to }, async () => {
      return await roomAt(c, one.place).removeKept(one.which)
    })
  })

function oneIn(c: Context<App>) {
  const place = roomIn(c)
  const number = numberIn(c.req.param('number'))
  const kind = KINDS[c.req.param('kind') as keyof typeof KINDS]
  if (!place || !number) return null
  return { place, which: { kind, number }, about: `${kind} ${number} of ${placeIn(c)}` }
}

function itemIn(c: Context<App>) {
  const place = roomIn(c)
  const number = numberIn(c.req.param('number'))
  const list = numberIn(c.req.param('list'))
  if (!place || !number || !list) return null
  const which = { kind: 'item' as const, list, number }
  return { place, which, about: `item ${number} of list ${list} of ${placeIn(c)}` }
}

/** A fact has words and a list a name; to the room both are text. */
function inRoomsTerms({ words, name, ...rest }: Record<string, unknown>) {
  const text = words ?? name
  return { ...(text !== undefined && { text: String(text) }), ...rest }
}

/** Without what is null, but for what can be made empty: a form sends every field that it has. */
async function readChanges<T extends z.ZodType<Record<string, unknown>>>(
  c: Context<App>,
  schema: T,
  empty: string[] = [],
) {
  const read = await readChange(c)
  const seen = SeenMark.safeParse(read)
  const parsed = schema.safeParse(read.changes)
  if (!parsed.success || !seen.success) {
    const issues = parsed.error?.issues ?? seen.error?.issues ?? []
    const refusal = await refuse(c, 400, whatIsWrong(issues, 'changes'))
    return { ok: false as const, refusal }
  }
  const named = Object.entries(parsed.data).filter(
    ([name, value]) => value !== undefined && (value !== null || empty.includes(name)),
  )
  return { ok: true as const, changes: Object.fromEntries(named), from: seen.data.from }
}

async function change(
  c: Context<App>,
  about: string,
  act: () => Promise<'changed' | 'gone' | 'outdated' | { refused: string }>,
) {
  const isDone = (result: unknown) => result === 'changed'
  const changed = await noted(c, { what: 'change', about, isDone }, act)
  if (changed === 'gone') return await refuse(c, 404, NOT_THERE)
  if (changed === 'outdated') return await refuse(c, 409, OUTDATED)
  if (changed !== 'changed') return await refuse(c, 400, changed.refused)
  return done(c, 'changed', null)
}

async function remove(
  c: Context<App>,
  { about, to }: { about: string; to?: string },
  act: () => Promise<boolean>,
) {
  const wasThere = await noted(c, { what: 'delete', about, isDone: Boolean }, act)
  if (!wasThere) return await refuse(c, 404, NOT_THERE)
  return done(c, 'deleted', null, to)
}
