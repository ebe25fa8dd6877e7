import { runInDurableObject } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import { afterEach, beforeEach, expect } from 'vitest'
import { BotView } from '../../src/operator/schemas.ts'
import { Server } from '../../src/tools/mcp/server.ts'
import { useBotChanges } from './bots.ts'
import { McpServer } from './mcp.ts'
import { AuthServer } from './oauth.ts'
import { useWorld } from './world.ts'

export const HOME = 'https://firekeeper.example.com'
export const BEARER = { authorization: 'Bearer letmein' }
export const SIGN_IN = '/bots/assistant/servers/tracker/sign-in'

/** A bot with somebody else's server, at which an operator is to sign in. */
export function useSignIns() {
  const world = useWorld()
  const change = useBotChanges()
  const there = {} as { tracker: McpServer; auth: AuthServer }

  beforeEach(() => {
    there.tracker = new McpServer(world).offer('find', () => 'Found it.')
    there.auth = new AuthServer(world, there.tracker)
    goesBy()
  })

  // Files of tests share one runtime.
  afterEach(() => {
    Object.assign(env, { OPERATOR_ROOM: '' })
    Reflect.deleteProperty(env, 'MCP_CLIENT')
  })

  return { world, there, goesBy, opens, begins, signsIn, asks, knowsTheTools, standing, storedIn }

  function goesBy(changes = {}) {
    const entry = {
      name: 'tracker',
      url: there.tracker.url,
      auth: 'oauth',
      approval: { find: 'never' },
    }
    change({ reply: 'whole', trusted: ['tracker'], mcp: [Server.parse({ ...entry, ...changes })] })
  }

  /** A browser, with the cookies that we gave it. */
  async function opens(path: string | URL, how: RequestInit & { cookie?: string | null } = {}) {
    const { cookie = null, ...init } = how
    const headers = { accept: 'text/html', ...(cookie && { cookie }), ...init.headers }
    const url = new URL(path, HOME)
    return await exports.default.fetch(url.href, { redirect: 'manual', ...init, headers })
  }

  /** The button of the page, and where the page after it leads. */
  async function begins() {
    const body = new URLSearchParams({ _method: 'PUT' })
    const answer = await opens(SIGN_IN, { method: 'POST', headers: BEARER, body })
    const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
    const [, location = ''] = /^0; url=(.+)$/.exec(answer.headers.get('refresh') ?? '') ?? []
    return { answer, cookie, location }
  }

  async function signsIn() {
    const { location, cookie } = await begins()
    const answer = await opens(there.auth.allows(location), { cookie })
    expect({ status: answer.status, says: await answer.text() }).toMatchObject({
      status: 200,
      says: expect.stringContaining('assistant can use the tools of tracker'),
    })
  }

  async function asks(room = world.watercooler) {
    world.model.uses('tracker__find', {}).says('Done.')
    await world.asks(world.david, 'what does the tracker say?', room)
    return JSON.stringify(world.model.prompts.at(-1))
  }

  /** The list is known from here on, and `find` is a tool. */
  async function knowsTheTools(room = world.watercooler) {
    world.model.says('Hello.')
    await world.asks(world.david, 'hello', room)
  }

  async function standing() {
    const answer = await opens('/bots/assistant', {
      headers: { ...BEARER, accept: 'application/json' },
    })
    return BotView.parse(await answer.json()).servers[0]?.signIn
  }

  async function storedIn() {
    return await runInDurableObject(
      env.ACCOUNTS.getByName(world.campfire.origin),
      (_, { storage }) => {
        const rows = ['sign_ins', 'sign_ins_begun'].flatMap((table) =>
          storage.sql.exec(`SELECT * FROM ${table}`).toArray(),
        )
        const texts = rows.flatMap((row) => Object.values(row))
        const read = (value: unknown) =>
          value instanceof ArrayBuffer ? new TextDecoder('latin1').decode(value) : String(value)
        return { rows: rows.length, text: texts.map(read).join('\n') }
      },
    )
  }
}
