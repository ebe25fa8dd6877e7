import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { examineConfig } from '../../setup/config.ts'
import { type Handle, serve } from './support/serve.ts'
import { freePort, SettingUp } from './support/setting-up.ts'

const WRANGLER_TOML = resolve(import.meta.dirname, '../../wrangler.toml')
const NOW = Date.parse('2026-11-29T12:00:00Z')
const WELL = { version: '0.1.0', now: new Date().toISOString(), findings: [] }

let here: SettingUp
let worker: Awaited<ReturnType<typeof serve>>
let answers: Handle
beforeAll(async () => {
  here = await SettingUp.begin('rails')
  worker = await serve((request) => answers(request))
})
afterAll(async () => {
  await worker.close()
  await here.end()
})

/** What npm run doctor says of a Worker that answers so. */
async function doctor(answer: Handle, url = worker.url) {
  answers = answer
  here.write({
    BOT_KEYS: `assistant=${here.assistant.key}`,
    FIREKEEPER_URL: url,
    ADMIN_TOKEN: 'not-for-you',
  })
  const seen = await here.doctor()
  expect(seen.printed).not.toMatch(/not-for-you|7876b7cdc3d5/)
  return seen
}

const isDoctor = ({ url }: Request) => new URL(url).pathname === '/doctor'

it.each<[string, Handle, string[]]>([
  [
    'a sign-in that stands before it',
    async () => new Response('<h1>Sign in</h1>', { headers: { 'content-type': 'text/html' } }),
    [
      'is no Firekeeper, or an older one',
      'with text/html, which Campfire would post into the room',
    ],
  ],
  [
    'a proxy whose error pages are seen in the room',
    async (request) =>
      isDoctor(request)
        ? Response.json(WELL)
        : new Response('Bad', { status: 502, headers: { 'content-type': 'text/html' } }),
    ['✓ the Worker at', 'It answers 502 with text/html'],
  ],
  [
    'another token and another key',
    async () => new Response(null, { status: 401 }),
    ['It does not take the ADMIN_TOKEN', 'The Worker has another key for it'],
  ],
  [
    'a Worker that fails',
    async (request) =>
      isDoctor(request) ? Response.json(WELL) : new Response(null, { status: 500 }),
    ['It answers 500 where 204 is right'],
  ],
  [
    'what it finds itself',
    async (request) => {
      const finding = {
        about: 'model x',
        state: 'wrong',
        says: 'It is retired.',
        todo: 'Take another.',
      }
      const isKnown = (await request.text()).includes(here.assistant.key)
      if (!isDoctor(request)) return new Response(null, { status: isKnown ? 204 : 401 })
      return Response.json({ ...WELL, findings: [finding] })
    },
    ['✗ model x: It is retired.\n    → Take another.', '✓ webhook, as assistant', '1 wrong.'],
  ],
])('tells of %s, and ends with 1', async (_, answer, words) => {
  const { status, printed } = await doctor(answer)

  for (const said of words) expect(printed).toContain(said)
  expect(status).toBe(1)
})

it('tells of a Worker that is not there, and of a clock that is wrong', async () => {
  const away = await doctor(async () => new Response(null), `http://127.0.0.1:${await freePort()}`)
  expect(away.printed).toContain('It cannot be reached.')
  expect(away.printed).toContain('Nobody answers within the seven seconds')
  expect(away.status).toBe(1)

  const now = new Date(Date.now() + 10 * 60_000).toISOString()
  const ahead = await doctor(async () => Response.json({ ...WELL, now }))
  expect(ahead.printed).toMatch(/! clock of the Worker: It is \d+ seconds ahead of ours\./)
})

it.each<[string, string, string]>([
  ['as it came', 'compatibility_date = "2026-10-23"', 'well'],
  ['too early', 'compatibility_date = "2026-09-30"', 'wrong'],
  ['not yet', 'compatibility_date = "2027-01-01"', 'wrong'],
  ['missing', '', 'wrong'],
])('looks at the compatibility date: %s', (_, toml, state) => {
  expect(examineConfig(NOW, toml)).toMatchObject([{ state }])
})

it('finds a date of more than a year ago, and a limit that the free plan refuses', () => {
  const toml = 'compatibility_date = "2026-10-23"\n[limits]\ncpu_ms = 100\n'
  const found = examineConfig(NOW + 400 * 86_400_000, toml)
  expect(found).toMatchObject([{ state: 'doubtful' }, { about: 'cpu limit', state: 'doubtful' }])
})

it.each<[string, string, string[]]>([
  ['as it came', readFileSync(WRANGLER_TOML, 'utf8').replace(/^compat.*$/m, ''), []],
  ['without logs', '', []],
  ['with the whole address', '[observability]\nenabled = true\n', ['logs']],
  ['traced', '[observability.traces]\nenabled = true\n', ['traces']],
])('looks at what the platform may write down of secrets: %s', (_, toml, abouts) => {
  const found = examineConfig(NOW, `compatibility_date = "2026-10-23"\n${toml}`)
  const logged = found.filter(({ about }) => ['logs', 'traces'].includes(about))
  expect(logged.map(({ about }) => about)).toEqual(abouts)
})
