import { type Context, Hono } from 'hono'
import { campfireIn } from '../address.ts'
import { type Bot, misfitsOfModel } from '../bots.ts'
import { usePrices } from '../model.ts'
import { Settings } from '../tables/room/settings.ts'
import { answer, done, refuse } from './answer.ts'
import {
  type App,
  account,
  botNow,
  memberOf,
  nameOfRoom,
  numberIn,
  placeIn,
  roomOf,
  whatIsWrong,
} from './app.ts'
import { closed, noted } from './closed.ts'
import { rosterOf } from './rooms/roster.ts'
import { OUTDATED, readChange, SeenMark } from './seen.ts'

const NO_ROOM =
  "I don't know that room or bot. The address is /rooms/<number of the room>/<name of the bot in BOT_KEYS>."
const NO_TURN =
  "I don't know that turn here. A receipt is kept for 90 days; after that only the sums of GET /costs are."
const NOTHING_TO_PLAY =
  "I don't know that turn, it isn't over yet, or its words are gone: then there is nothing to play again."
const NOTHING_RUNS = 'Nothing is running here right now, so there was nothing to stop.'

const NOT_AGAIN = {
  'no turn': NO_TURN,
  'not over': 'That turn is not over yet. Stop it first, or wait for its end.',
  'not failed': 'Only a turn that failed or was set aside can be tried again.',
  'words gone': 'What was asked there is not kept any more, so there is nothing to try again.',
}
const NO_SOCKET = 'What happens in a room comes through a WebSocket: please ask for one.'
const ANOTHER_PAGE = 'This comes from another page than ours, so nothing is told.'

/** One bot in one room: what it does, what it remembers, and what an operator may change of it. */
export const rooms = new Hono<App>()
  .get('/rooms', closed, async (c) => await answer(c, 'rooms', await rosterOf(c)))
  .get('/rooms/:room/:bot', closed, async (c) => {
    const room = roomOf(c)
    const botName = memberOf(c)?.bot.name
    if (!room || !botName) return await refuse(c, 404, NO_ROOM)
    const view = await room.view(numberIn(c.req.query('before')) ?? undefined)
    return await answer(c, 'room', {
      ...view,
      botName,
      now: new Date().toISOString(),
      address: campfireIn(c.env).address,
    })
  })
  .get('/rooms/:room/:bot/live', closed, async (c) => {
    const room = roomOf(c)
    if (!room) return await refuse(c, 404, NO_ROOM)
    if (c.req.header('upgrade')?.toLowerCase() !== 'websocket')
      return await refuse(c, 426, NO_SOCKET)
    if (!mayWatch(c)) return await refuse(c, 403, ANOTHER_PAGE)
    const after = numberIn(c.req.query('after')) ?? 0
    const headers = { upgrade: 'websocket' }
    return await room.fetch(new Request(`https://room/?after=${after}`, { headers }))
  })
  .get('/rooms/:room/:bot/turns/:turn', closed, async (c) => {
    const room = roomOf(c)
    const botName = memberOf(c)?.bot.name
    if (!room || !botName) return await refuse(c, 404, NO_ROOM)
    const turn = numberIn(c.req.param('turn'))
    const receipt = turn && (await room.receipt(turn))
    if (!receipt) return await refuse(c, 404, NO_TURN)
    return await answer(c, 'receipt', { ...receipt, botName })
  })
  .put('/rooms/:room/:bot/turns/:turn/again', closed, async (c) => {
    const name = nameOfRoom(c)
    if (!name) return await refuse(c, 404, NO_ROOM)
    const turn = numberIn(c.req.param('turn'))
    if (!turn) return await refuse(c, 404, NO_TURN)
    const about = `${placeIn(c)}, turn ${turn}`
    const isDone = (tried: unknown) => typeof tried !== 'string'
    const tried = await noted(c, { what: 'again', about, isDone }, async () => {
      return await c.env.ROOMS.getByName(name).tryAgain(turn)
    })
    if (typeof tried === 'string')
      return await refuse(c, tried === 'no turn' ? 404 : 409, NOT_AGAIN[tried])
    await account(c).isTriedAgain(name, turn)
    return done(c, 'again', tried)
  })
  .get('/rooms/:room/:bot/turns/:turn/replay', closed, async (c) => {
    const room = roomOf(c)
    if (!room) return await refuse(c, 404, NO_ROOM)
    const turn = numberIn(c.req.param('turn'))
    const recording = turn && (await room.recording(turn))
    return recording ? c.json(recording) : await refuse(c, 404, NOTHING_TO_PLAY)
  })
  .get('/rooms/:room/:bot/session', closed, async (c) => {
    const room = roomOf(c)
    if (!room) return await refuse(c, 404, NO_ROOM)
    return c.body(await room.session(), 200, { 'Content-Type': 'application/jsonl; charset=utf-8' })
  })
  .delete('/rooms/:room/:bot/session', closed, async (c) => {
    const room = roomOf(c)
    if (!room) return await refuse(c, 404, NO_ROOM)
    await noted(c, { what: 'reset', about: placeIn(c) }, async () => await room.resetSession())
    return done(c, 'reset', null)
  })
  .delete('/rooms/:room/:bot/turn', closed, async (c) => {
    const room = roomOf(c)
    if (!room) return await refuse(c, 404, NO_ROOM)
    const act = { what: 'stop', about: placeIn(c), isDone: Boolean }
    if (!(await noted(c, act, async () => await room.stopTurn())))
      return await refuse(c, 404, NOTHING_RUNS)
    return done(c, 'stop', null)
  })
  .patch('/rooms/:room/:bot/settings', closed, async (c) => {
    const room = roomOf(c)
    const bot = memberOf(c)?.bot
    if (!room || !bot) return await refuse(c, 404, NO_ROOM)
    const read = await readChange(c)
    const seen = SeenMark.safeParse(read)
    const changes = Settings.safeParse(read.changes)
    if (!seen.success) return await refuse(c, 400, whatIsWrong(seen.error.issues))
    if (!changes.success) return await refuse(c, 400, whatIsWrong(changes.error.issues))
    usePrices(c.env.PRICES)
    const misfit = misfitOf(changes.data, await botNow(c, bot))
    if (misfit) return await refuse(c, 400, misfit)
    const act = { what: 'settings', about: placeIn(c), isDone: Boolean }
    const settings = await noted(c, act, async () => {
      return await room.changeSettings(changes.data, seen.data.from)
    })
    return settings ? done(c, 'settings', settings) : await refuse(c, 409, OUTDATED)
  })

/** A browser tells which page opens a socket, and sends its cookie with it from any. */
function mayWatch(c: Context<App>) {
  const origin = c.req.header('origin')
  if (origin === undefined) return c.get('who') === 'token'
  return origin === new URL(c.req.url).origin
}

/** A model that this bot cannot be given. Null: none that we know of. */
function misfitOf({ model }: Settings, { effort }: Bot) {
  const [misfit] = model ? misfitsOfModel(model, effort ?? null) : []
  return misfit ? `model: ${misfit}` : null
}
