import { type Context, Hono } from 'hono'
import { accepts } from 'hono/accepts'
import { createMiddleware } from 'hono/factory'
import { campfireIn, nameOf } from './address.ts'
import { type Bot, findBot, membersOf, sameSecret } from './bots.ts'
import { inShort, log } from './log.ts'
import { lacksEffort } from './model.ts'
import { botsTold, conditionsIn } from './operator/bots.ts'
import { asCsv, CostsQuery, costsOf } from './operator/costs.ts'
import { doctorTold } from './operator/examine-self.ts'
import { health } from './operator/health.ts'
import { BudgetChanges } from './operator/schemas.ts'
import { namesToAsk, queueStats, sessionStats } from './operator/stats.ts'
import { WELCOME_HEADERS, welcomeTo } from './operator/welcome.ts'
import { Settings } from './tables/room/settings.ts'

type App = { Bindings: Env }

const NOT_SIGNED_IN =
  'Please send your ADMIN_TOKEN as "Authorization: Bearer <token>". If none is set, this stays closed.'

const NOTHING_TO_PLAY =
  'There is no such turn, it is not over yet, or its words are gone: then there is nothing to play again.'

const WHAT_A_BUDGET_IS =
  'Please send {"budgets": [{"for": "installation", "per": "month", "usd": 50}]}, or {"budgets": null} to go by the variable again.'

const closed = createMiddleware<App>(async (c, next) => {
  const token = /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '')?.[1]
  const isOperator = c.env.ADMIN_TOKEN && token && sameSecret(c.env.ADMIN_TOKEN, token)
  if (!isOperator) return c.json({ error: NOT_SIGNED_IN }, 401)
  await next()
})

/** For whoever runs the bots: JSON, closed without a token. Never a POST, which Campfire could send. */
export const operator = new Hono<App>()
  .route('/', health)
  .get('/', (c) => {
    const welcome = welcomeTo(c.env, whereIs(c))
    return welcome === null ? c.body(null, 404) : c.body(welcome, 200, WELCOME_HEADERS)
  })
  .get('/doctor', closed, async (c) => c.json(await doctorTold(c.env, whereIs(c))))
  .get('/bots', closed, async (c) => {
    return c.json(botsTold(c.env, await conditionsIn(c.env, Date.now())))
  })
  .get('/queue/stats', closed, async (c) => {
    const ask = async (name: string) => await c.env.ROOMS.getByName(name).queueNow()
    return c.json(await queueStats(await account(c).rooms(), ask, Date.now()))
  })
  .get('/session/stats', closed, async (c) => {
    const names = namesToAsk(await account(c).rooms(), Date.now())
    await Promise.all(names.map((name) => tell(c, name)))
    return c.json(sessionStats(await account(c).rooms(), Date.now()))
  })
  .get('/costs', closed, async (c) => {
    const query = CostsQuery.safeParse(c.req.query())
    if (!query.success) return c.json({ error: whatIsWrong(query.error.issues, 'query') }, 400)
    const names = namesToAsk(await account(c).rooms(), Date.now())
    await Promise.all(names.map((name) => tell(c, name)))
    const { by, ...days } = query.data
    const told = await account(c).costs(by, days)
    const costs = costsOf(query.data, told, (bot) => nameOfBot(c, bot))
    const supports = ['application/json', 'text/csv']
    const type = accepts(c, { header: 'Accept', supports, default: 'application/json' })
    return type === 'text/csv'
      ? c.body(asCsv(costs), 200, { 'Content-Type': 'text/csv; charset=utf-8' })
      : c.json(costs)
  })
  .get('/budgets', closed, async (c) => c.json(await account(c).budgets()))
  .patch('/budgets', closed, async (c) => {
    const changes = BudgetChanges.safeParse(await c.req.json().catch(() => undefined))
    if (!changes.success) return c.json({ error: WHAT_A_BUDGET_IS }, 400)
    const field = await account(c).changeBudgets(changes.data.budgets)
    return field ? c.json({ error: field }, 400) : c.json(await account(c).budgets())
  })
  .get('/rooms/:room/:bot', closed, async (c) => {
    const room = roomOf(c)
    const before = Number(/^\d{1,15}$/.exec(c.req.query('before') ?? '')?.[0])
    return room ? c.json(await room.overview(before || undefined)) : noRoom(c)
  })
  .get('/rooms/:room/:bot/turns/:turn', closed, async (c) => {
    const room = roomOf(c)
    if (!room) return noRoom(c)
    const turn = numberIn(c.req.param('turn'))
    const receipt = turn && (await room.receipt(turn))
    return receipt ? c.json(receipt) : noTurn(c)
  })
  .get('/rooms/:room/:bot/turns/:turn/replay', closed, async (c) => {
    const room = roomOf(c)
    if (!room) return noRoom(c)
    const turn = numberIn(c.req.param('turn'))
    const recording = turn && (await room.recording(turn))
    return recording ? c.json(recording) : c.json({ error: NOTHING_TO_PLAY }, 404)
  })
  .get('/rooms/:room/:bot/session', closed, async (c) => {
    const room = roomOf(c)
    if (!room) return noRoom(c)
    return c.body(await room.session(), 200, { 'Content-Type': 'application/jsonl; charset=utf-8' })
  })
  .delete('/rooms/:room/:bot/session', closed, async (c) => {
    const room = roomOf(c)
    if (!room) return noRoom(c)
    await room.resetSession()
    return c.body(null, 204)
  })
  .delete('/rooms/:room/:bot/turn', closed, async (c) => {
    const room = roomOf(c)
    if (!room) return noRoom(c)
    return (await room.stopTurn())
      ? c.body(null, 204)
      : c.json({ error: 'Nothing is running here right now, so there was nothing to stop.' }, 404)
  })
  .patch('/rooms/:room/:bot/settings', closed, async (c) => {
    const room = roomOf(c)
    if (!room) return noRoom(c)
    const changes = Settings.safeParse(await c.req.json().catch(() => undefined))
    if (!changes.success) return c.json({ error: whatIsWrong(changes.error.issues) }, 400)
    const misfit = misfitOf(changes.data, memberOf(c)?.bot)
    if (misfit) return c.json({ error: misfit }, 400)
    return c.json(await room.changeSettings(changes.data))
  })

/** Under `wrangler dev` a Campfire of this machine is as good as any. */
function whereIs({ req }: Context<App>) {
  return { isLocal: LOOPBACK.has(new URL(req.url).hostname) }
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]'])

function account({ env }: Context<App>) {
  return env.ACCOUNTS.getByName(campfireIn(env).id)
}

/** A room that cannot be reached must not hide the others: what it told before stands. */
async function tell({ env }: Context<App>, name: string) {
  await env.ROOMS.getByName(name)
    .tellNow()
    .catch((error: unknown) => log.warn('room.not_reached', { error: inShort(error) }))
}

/** Rooms are made by deliveries, not by asking; but an empty one costs nothing to look at. */
function roomOf(c: Context<App>) {
  const number = numberIn(c.req.param('room'))
  const member = memberOf(c)
  if (!number || !member) return null
  const place = { url: campfireIn(c.env).id, room: number, bot: member.userId }
  return c.env.ROOMS.getByName(nameOf(place))
}

function numberIn(text = '') {
  const number = Number(/^[1-9]\d{0,15}$/.exec(text)?.[0])
  return Number.isSafeInteger(number) ? number : null
}

function memberOf(c: Context<App>) {
  return findBot(membersOf(c.env.BOT_KEYS).members, c.req.param('bot') ?? '')
}

function nameOfBot({ env }: Context<App>, bot: number) {
  const { members } = membersOf(env.BOT_KEYS)
  return members.find(({ userId }) => userId === bot)?.bot.name ?? null
}

/** A model that would refuse every request that this bot makes. Null: none that we know of. */
function misfitOf({ model }: Settings, bot: Bot | undefined) {
  if (!model || !bot?.effort || !lacksEffort(model)) return null
  return `model: ${model} has no effort setting, and the file of this bot asks for one (${bot.effort})`
}

function noRoom(c: Context<App>) {
  return c.json(
    {
      error:
        "I don't know that room or bot. The address is /rooms/<number of the room>/<name of the bot in BOT_KEYS>.",
    },
    404,
  )
}

function noTurn(c: Context<App>) {
  const error =
    'There is no such turn here. A receipt is kept for 90 days; after that only the sums of GET /costs are.'
  return c.json({ error }, 404)
}

/** Each field that does not fit, and what would. */
function whatIsWrong(
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
