import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { Campground } from '../campground/campground.ts'
import { freePort } from '../start/port.ts'
import { WranglerDev } from '../start/wrangler-dev.ts'
import { ScriptedModel } from '../support/model.ts'
import { eventually } from './support/eventually.ts'
import { serve } from './support/serve.ts'

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 })

const BOT_TOKEN = '7876b7cdc3d5'
const SECRETS = {
  'the key of a bot': BOT_TOKEN,
  'the token of the operator': 'an-operators-token-that-is-long-enough',
  'the key of the API': 'sk-ant-nobody-is-to-read-this',
  'the secret of the webhook': 'gnu-secret',
  'what somebody asked': 'gnu-question',
  'what somebody asked to be remembered': 'gnu-fact',
  'what the bot answered': 'gnu-answer',
}

const home = mkdtempSync(join(tmpdir(), 'firekeeper-'))
/** What the Worker itself has logged: a line of JSON each. */
const lines: string[] = []
/** What Wrangler keeps of it: each row of each table of its store, as text. */
let kept: { table: string; text: string }[] = []

beforeAll(async () => {
  const model = new ScriptedModel()
  const api = await serve(model.handle)
  let campfire: Campground | null = null
  const chat = await serve(async (request) => {
    return (await campfire?.handle(request)) ?? new Response(null, { status: 503 })
  })
  const port = await freePort()
  campfire = new Campground({ origin: chat.url, dialect: 'rails' })
  const david = campfire.addPerson('David', 'administrator', 1)
  const webhook = `http://127.0.0.1:${port}/webhook?secret=${SECRETS['the secret of the webhook']}`
  const assistant = campfire.addBot('Assistant', { id: 3, token: BOT_TOKEN, webhook })
  const room = campfire.addRoom('Watercooler', [david, assistant], { id: 1 })
  const worker = new WranglerDev({
    name: 'The Worker',
    config: 'wrangler.toml',
    port,
    vars: {
      CAMPFIRE_URL: chat.url,
      BOT_KEYS: `assistant=3-${BOT_TOKEN}`,
      ANTHROPIC_API_KEY: SECRETS['the key of the API'],
      ANTHROPIC_BASE_URL: api.url,
      ADMIN_TOKEN: SECRETS['the token of the operator'],
      WEBHOOK_SECRET: SECRETS['the secret of the webhook'],
    },
    home,
    output: (line) => lines.push(line),
    traced: true,
  })
  await worker.isUp()
  model
    .uses('memory', { action: 'remember', of: 'room', fact: 'gnu-fact' })
    .uses('read_messages', { before: 999_999 })
    .says('gnu-answer')
  const ask = async (path: string, init: RequestInit = {}) => {
    const authorization = `Bearer ${SECRETS['the token of the operator']}`
    return await fetch(worker.url + path, { ...init, headers: { authorization } })
  }
  await campfire.says(david, room, { text: 'gnu-question', mentions: [3] }).delivered
  await eventually('the end of the turn', () => lines.some((line) => line.includes('turn.over')))
  // What an operator does is not logged there: it has a table of its own.
  await ask('/kept/rooms/1/assistant/facts/1', { method: 'PATCH', body: '{"words":"gnu-fact!"}' })
  await ask('/kept/rooms/1/assistant/facts/9', { method: 'DELETE' })
  await ask('/doctor')
  // What goes wrong is logged.
  const wrong = {
    user: { id: 1, name: 'gnu-question' },
    room: { id: 1, path: '/rooms/1/3-no/messages' },
  }
  await fetch(webhook, { method: 'POST', body: JSON.stringify({ ...wrong, message: {} }) })
  await fetch(webhook, { method: 'POST', body: 'gnu-question, and no JSON' })
  await eventually('a line of what was refused', () =>
    lines.some((line) => line.includes('webhook.refused')),
  )
  // Its store is written a little later.
  await eventually('what Wrangler keeps of the last request', () => {
    kept = rowsIn(join(home, 'storage'))
    return kept.some(({ table, text }) => table === 'logs' && text.includes('webhook.refused'))
  })
  await worker.kill()
  await Promise.all([api.close(), chat.close()])
})

afterAll(() => rmSync(home, { recursive: true, force: true }))

it('what is logged is a line of JSON for each event, and holds no secret and no words of anybody', () => {
  const ours = lines.flatMap((line) => /\{"level".*\}/.exec(line) ?? [])
  const events = ours.map((line) => JSON.parse(line).event)
  expect(events).toEqual(expect.arrayContaining(['turn.over', 'webhook.refused']))

  const stored = logged().filter((text) => !ADDRESS.test(text))
  expect(stored.join()).toContain('turn.over')
  expect(secretsIn([...lines, ...stored])).toEqual([])
})

/** Wrangler keeps them whole on this machine; the platform keeps to what is configured, and was not asked here. */
it('addresses that the platform logs hold the secret of the webhook: so their query is left out where we are deployed', () => {
  const addresses = logged().filter((text) => ADDRESS.test(text))
  expect(secretsIn(addresses)).toEqual(['the secret of the webhook'])

  const config = readFileSync(resolve(import.meta.dirname, '../../wrangler.toml'), 'utf8')
  expect(config).toMatch(/^\[observability\]\nenabled = true\nredact_query_string = true$/m)
})

/** Once they are clean, traces can be on: then this says so. */
it('traces hold the key of a bot, in the addresses that we call: so they are off where we are deployed', () => {
  const traces = kept.filter(({ table }) => table === 'spans').map(({ text }) => text)
  expect(traces.length).toBeGreaterThan(10)
  expect(secretsIn(traces)).toEqual(['the key of a bot', 'the secret of the webhook'])

  const config = readFileSync(resolve(import.meta.dirname, '../../wrangler.toml'), 'utf8')
  expect(config).toMatch(/^\[observability\.traces\]\nenabled = false$/m)
})

/** What is logged of a request, beside what we say ourselves. */
const ADDRESS = /\b(GET|POST|PATCH|DELETE) https?:/

function logged() {
  return kept.filter(({ table }) => table === 'logs').map(({ text }) => text)
}

function secretsIn(texts: string[]) {
  const all = texts.join('\n')
  return Object.entries(SECRETS).flatMap(([name, secret]) => (all.includes(secret) ? [name] : []))
}

/** All that stands in the store, bytes too. */
function rowsIn(folder: string) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  return files
    .filter((file) => /observability.*\.sqlite$/.test(file) && !file.includes('metadata'))
    .flatMap((file) => {
      const database = new DatabaseSync(join(folder, file))
      const tables = database
        .prepare("SELECT name FROM sqlite_master WHERE type = 'table'")
        .all()
        .map(({ name }) => String(name))
      return tables.flatMap((table) =>
        database
          .prepare(`SELECT * FROM "${table}"`)
          .all()
          .map((row) => ({ table, text: asText(row) })),
      )
    })
}

function asText(row: Record<string, unknown>) {
  return Object.values(row)
    .map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value))
    .join(' ')
}
