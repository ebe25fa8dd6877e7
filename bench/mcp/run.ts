import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { z } from 'zod'
import { bundle } from '../../setup/bundle.ts'
import { commandLine } from '../../setup/command-line.ts'
import { Begun } from '../../src/tools/mcp/sign-in.ts'
import type { Told, Wish } from './worker.ts'

const HELP =
  'npm run mcp: two servers of other people, as npm has them, and our side of MCP in workerd. On this machine alone.'
commandLine(HELP, {})

const HERE = import.meta.dirname
const THEIRS = join(HERE, 'node_modules')
const MOST_TRIES = 60

const Listed = z.object({
  definitions: z.array(z.object({ name: z.string() })),
  prior: z.unknown(),
})
const SignInBegun = z.object({ location: z.string(), begun: Begun })
type Use = NonNullable<Wish['use']>

/** What is used of each, and what its answer must have in it. */
const USES: Record<string, [string, Use, RegExp][]> = {
  everything: [
    ['echoes', { tool: 'echo', input: { message: 'otters' } }, /otters/],
    ['adds', { tool: 'get-sum', input: { a: 2, b: 40 } }, /42/],
    ['sends a picture', { tool: 'get-tiny-image', input: {} }, /an image, which is not shown/],
    [
      'sends what is structured',
      { tool: 'get-structured-content', input: { location: 'Chicago' } },
      /temperature/,
    ],
    ['refuses what it does not have', { tool: 'no-such-tool', input: {} }, /refuses|failed/],
  ],
  memory: [
    [
      'keeps',
      {
        tool: 'create_entities',
        input: {
          entities: [{ name: 'Otter', entityType: 'animal', observations: ['likes tea'] }],
        },
      },
      /Otter/,
    ],
    ['finds', { tool: 'search_nodes', input: { query: 'tea' } }, /likes tea/],
    ['forgets', { tool: 'delete_entities', input: { entityNames: ['Otter'] } }, /deleted/i],
  ],
}

const running: ChildProcess[] = []
let failures = 0
const worker = await ours()
try {
  const ports = [await freePort(), await freePort()]
  start('@modelcontextprotocol/server-everything/dist/index.js', ['streamableHttp'], {
    PORT: String(ports[0]),
  })
  const memory = join(THEIRS, '@modelcontextprotocol/server-memory/dist/index.js')
  const stdio = `${process.execPath} ${memory}`
  const to = ['--outputTransport', 'streamableHttp', '--port', String(ports[1])]
  start('supergateway/dist/index.js', ['--stdio', stdio, ...to], {
    MEMORY_FILE_PATH: join(THEIRS, '.memory.jsonl'),
  })
  await meet({ name: 'everything', url: `http://127.0.0.1:${ports[0]}/mcp` })
  await meet({ name: 'memory', url: `http://127.0.0.1:${ports[1]}/mcp` })
  await signInAt(await freePort(), await freePort())
} finally {
  await worker.dispose()
  for (const child of running) child.kill('SIGKILL')
}
process.exit(failures ? 1 : 0)

async function meet(server: Wish['server']) {
  const { definitions, prior, requests } = await listOf(server)
  say(`${server.name} lists ${definitions.length} tools`, definitions.length > 5, { requests })
  for (const [what, use, answer] of USES[server.name] ?? []) {
    const began = performance.now()
    const { found, failed, requests } = await asks({ server, use, prior })
    const words = JSON.stringify(found ?? failed)
    const ms = Math.round(performance.now() - began)
    say(`${server.name} ${what}`, answer.test(words), { requests, ms, words })
  }
}

/** The official server with OAuth, as strict as it can be: it takes only tokens that were given out for it. */
async function signInAt(port: number, authPort: number) {
  start(
    '@modelcontextprotocol/sdk/dist/esm/examples/server/simpleStreamableHttp.js',
    ['--oauth', '--oauth-strict'],
    { MCP_PORT: String(port), MCP_AUTH_PORT: String(authPort) },
  )
  const server = { name: 'official', url: `http://localhost:${port}/mcp`, auth: 'oauth' as const }
  const nothing = { server, use: null, prior: null }
  const signIn = { redirect: 'http://localhost:8787/mcp/callback', state: crypto.randomUUID() }
  const begun = SignInBegun.parse(await untilFound({ ...nothing, signIn }))
  say('official tells where to sign in', begun.location.startsWith('http://localhost:'), {
    location: begun.location.replace(/\?.*/, ''),
  })
  // Nobody is asked there: whoever comes is let in at once.
  const answer = await fetch(begun.location, { redirect: 'manual' })
  const back = new URL(answer.headers.get('location') ?? '', begun.location)
  say('official sends us back', back.href.startsWith(signIn.redirect), { status: answer.status })
  say('official says our state', back.searchParams.get('state') === signIn.state, {})
  const signedIn = { begun: begun.begun, code: back.searchParams.get('code') ?? '' }
  const { found, failed } = await asks({ ...nothing, signedIn })
  const { access } = z.object({ access: z.string() }).parse(found ?? { access: failed })
  say('official gives out a token', failed === undefined, {})
  const without = await asks(nothing)
  say('official lets nobody in without', /401/.test(without.failed ?? ''), {})
  const listed = await asks({ ...nothing, token: access })
  say('official lists its tools with it', /greet/.test(JSON.stringify(listed.found)), {})
  const use = { tool: 'greet', input: { name: 'Otter' } }
  const greeted = await asks({ server, use, prior: null, token: access })
  say('official greets', /Hello, Otter/.test(JSON.stringify(greeted.found)), {})
}

/** As soon as it is up. */
async function untilFound(wish: Wish) {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const { found } = await asks(wish)
    if (found) return found
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  throw new Error(`${wish.server.name} does not come up.`)
}

/** As soon as it is up. */
async function listOf(server: Wish['server']) {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const { found, requests } = await asks({ server, use: null, prior: null })
    if (found) return { ...Listed.parse(found), requests }
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  throw new Error(`${server.name} does not come up.`)
}

async function asks(wish: Wish): Promise<Told> {
  const init = { method: 'POST', body: JSON.stringify(wish) }
  const answer = await worker.dispatchFetch('http://localhost', init)
  const text = await answer.text()
  // Nobody listens there yet: workerd tells of that by itself.
  return answer.ok ? (JSON.parse(text) as Told) : { failed: text, requests: 0 }
}

function say(what: string, isRight: boolean, how: object) {
  if (!isRight) failures++
  console.log(`${isRight ? '✓' : '✗'} ${what} ${JSON.stringify(how).slice(0, 150)}`)
}

function start(path: string, args: string[], env: Record<string, string>) {
  const child = spawn(process.execPath, [join(THEIRS, path), ...args], {
    stdio: ['ignore', 'ignore', process.env.VERBOSE ? 'inherit' : 'ignore'],
    env: { ...process.env, ...env },
  })
  running.push(child)
}

async function ours() {
  const out = mkdtempSync(join(tmpdir(), 'firekeeper-mcp-'))
  process.once('exit', () => rmSync(out, { recursive: true, force: true }))
  await bundle({ entry: join(HERE, 'worker.ts'), out })
  const script = 'worker.js'
  const moduleAt = (path: string) => ({
    type: 'ESModule' as const,
    path,
    contents: readFileSync(join(out, path), 'utf8'),
  })
  return new Miniflare(
    convertV4MiniflareOptions({
      name: 'mcp',
      cf: false,
      // The first is the script.
      modules: [script, ...readdirSync(out).filter((name) => name !== script)].map(moduleAt),
      modulesRoot: '/',
      compatibilityDate: '2026-10-23',
    }),
  )
}

async function freePort() {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}
