import { campfireIn } from '../address.ts'
import type { Bot } from '../bots.ts'
import { HOUR, inTime, MINUTE, withDeadline } from '../clock.ts'
import { log } from '../log.ts'
import type { KnownServer } from '../tables/room/mcp/servers.ts'
import type { Tables } from '../tables.ts'
import { mcp, type Tool, type ToolContext } from '../tools.ts'
import type { Quota } from './quota.ts'

type Server = Bot['mcp'][number]

interface Reach {
  env: Env
  member: { bot: Pick<Bot, 'name'> }
  quota: Pick<Quota, 'fetch' | 'left'>
}

/** What a server offers is asked for again after so long, while nobody waits for it. */
const LASTS = HOUR
/** One that cannot be had is left alone for a while. */
const AGAIN = 5 * MINUTE
/** Nobody waits longer for the list of a server that was never asked. */
const PATIENCE = 2_500
/** A handler may ask for no more than 50 pages on the free plan; others are asked before the next turn. */
const MOST_AT_ONCE = 3
const REQUESTS_OF_A_USE = 4
const LISTS_WITHIN = 10_000
const ANSWERS_WITHIN = 35_000

/** The bot with what its servers offer, as far as that is known here. */
export function withServers(tables: Pick<Tables, 'servers'>, bot: Bot): Bot {
  if (!bot.mcp.length) return bot
  const offered = bot.mcp.flatMap((server) => toolsOf(tables, server))
  return { ...bot, tools: [...bot.tools, ...offered] }
}

function toolsOf({ servers }: Pick<Tables, 'servers'>, server: Server): Tool[] {
  const known = servers.find(server.name, entryOf(server))
  const made = known && MADE.get(known)
  if (made) return made
  const tools = mcp.toolsOf(server, known?.offered ?? [])
  if (known) MADE.set(known, tools)
  return tools
}

const MADE = new WeakMap<KnownServer, Tool[]>()

/**
 * Before a turn begins: asks for lists that are old. Nobody waits for them, but for a moment where one has never come.
 * `isBound`: all tools are part of what is read each time, so for as long as this session runs they stay.
 */
export async function refreshServers(
  tables: Pick<Tables, 'now' | 'place' | 'servers'>,
  reach: Reach,
  { bot, isBound }: { bot: Bot; isBound: boolean },
) {
  if (!bot.mcp.length || isBound) return
  const first: Promise<unknown>[] = []
  let asked = 0
  for (const server of bot.mcp) {
    const known = tables.servers.find(server.name, entryOf(server))
    if (!isDue(known, tables.now()) || ++asked > MOST_AT_ONCE) continue
    const work = refresh(tables, reach, { server }).catch(() => {})
    if (!known) first.push(work)
  }
  if (first.length) await inTime(Promise.all(first), PATIENCE)
}

function isDue(known: KnownServer | null, now: number) {
  if (!known) return true
  const { listed, tried } = known
  const isOld = listed === null || now - listed >= LASTS
  return isOld && (tried === null || now - tried >= AGAIN)
}

async function refresh(
  { servers, place, now }: Pick<Tables, 'now' | 'place' | 'servers'>,
  reach: Reach,
  { server, given }: { server: Server; given?: AbortSignal },
) {
  const entry = entryOf(server)
  const before = servers.find(server.name, entry) ?? { ...NOTHING, name: server.name, entry }
  // Whoever comes meanwhile does not ask, too.
  servers.keep({ ...before, tried: now() })
  try {
    const { definitions, prior } = await withDeadline(LISTS_WITHIN, async (deadline) => {
      const signal = AbortSignal.any([deadline, given ?? deadline])
      const rest = { signal, prior: null, timeout: LISTS_WITHIN }
      return await letIn(server, reach, async (token) => {
        return await mcp.list(server, lineTo(server, reach, { ...rest, token }))
      })
    })
    const offered = mcp.offeredAfter(before.offered, definitions, now())
    servers.keep({ ...before, offered, prior, listed: now(), tried: now() })
    return offered
  } catch (error) {
    log.warn('mcp.not_listed', { ...place, server: server.name, error: kindOf(error) })
    throw error
  }
}

const NOTHING = { offered: [], prior: null, listed: null, tried: null }

const TOO_MANY = 'Nothing was done: that is too much at once. Call it again.'

/** How tools reach the servers of their bot. */
export function serversFor(
  tables: Pick<Tables, 'now' | 'place' | 'servers'>,
  reach: Reach,
): ToolContext['servers'] {
  // Those that run at the same time: none of them knows what the others have still to ask.
  let promised = 0
  return {
    ask: async (server, { signal, ...use }) =>
      await withinQuota(async () => {
        const prior = tables.servers.find(server.name, entryOf(server))?.prior ?? null
        const rest = { signal, prior, timeout: ANSWERS_WITHIN }
        return await letIn(server, reach, async (token) => {
          return await mcp.ask(server, use, lineTo(server, reach, { ...rest, token }))
        })
      }),
    look: async (server, signal) =>
      await withinQuota(async () => {
        const offered = await refresh(tables, reach, { server, given: signal })
        return offered.filter(({ isGone }) => !isGone).map(({ definition }) => definition.name)
      }),
  }

  async function withinQuota<T>(work: () => Promise<T>) {
    if (reach.quota.left() < promised + REQUESTS_OF_A_USE) throw new Error(TOO_MANY)
    promised += REQUESTS_OF_A_USE
    try {
      return await work()
    } finally {
      promised -= REQUESTS_OF_A_USE
    }
  }
}

function lineTo(
  server: Server,
  { env, quota }: Reach,
  rest: { signal: AbortSignal; prior: unknown; timeout: number; token: string | null },
) {
  if (!mcp.mayReach(server, env.CAMPFIRE_URL ?? ''))
    throw new Error(`${server.name} is an address of another machine. Nothing was done.`)
  return { ...rest, fetch: quota.fetch }
}

/** With its token. One that it does not take any more is renewed, once: nothing was done with it. */
async function letIn<T>(server: Server, reach: Reach, work: (token: string | null) => Promise<T>) {
  if (!mcp.takesSignIn(server)) return await work(secretOf(server, reach))
  const token = await tokenOf(server, reach, null)
  try {
    return await work(token)
  } catch (error) {
    if (!(error instanceof mcp.Refused)) throw error
    return await work(await tokenOf(server, reach, token))
  }
}

function secretOf({ auth }: Server, { env }: Reach) {
  const token = typeof auth === 'string' ? secretIn(env, auth) : null
  if (auth && !token)
    throw new Error(`The secret ${auth} is missing. Nothing was done. Tell whoever runs you.`)
  return token
}

/** Of what an operator has signed in to. `refused`: the server did not take this one. */
async function tokenOf({ name }: Server, { env, member }: Reach, refused: string | null) {
  const account = env.ACCOUNTS.getByName(campfireIn(env).id)
  const asked = account
    .serverToken({ bot: member.bot.name, server: name }, refused)
    .catch(() => null)
  const answer = await inTime(asked, TOKEN_WITHIN)
  if (answer?.token) return answer.token
  throw new Error(NO_TOKEN[answer?.none ?? 'not now'](name))
}

const TOKEN_WITHIN = 12_000

const NO_TOKEN = {
  'signed out': (name: string) =>
    `Nobody has signed in to ${name} for you yet. Nothing was done. Say so: whoever runs you does that once, on your page.`,
  ended: (name: string) =>
    `The sign-in to ${name} has ended. Nothing was done. Say so: whoever runs you signs in again, on your page.`,
  'not now': (name: string) =>
    `The sign-in to ${name} could not be renewed just now. Nothing was done. It may work in a few minutes.`,
}

/** Which secrets there are is known where the bots are, and nowhere else. */
function secretIn(env: Env, name: string) {
  const found: unknown = Object.entries(env).find(([key]) => key === name)?.[1]
  return typeof found === 'string' && found ? found : null
}

function entryOf(server: Server) {
  return JSON.stringify(server)
}

function kindOf(error: unknown) {
  return error instanceof Error ? error.name : typeof error
}
