import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, it, vi } from 'vitest'
import app from '../../src/index.ts'
import { originOf } from '../../src/operator/origin.ts'
import { useWorld } from '../support/world.ts'

const HOME = 'https://firekeeper.example.com'
const ATTEMPTS = 10_000
const AT_ONCE = 100
/** Networks that are known each by itself; whoever comes later is counted with the whole block. */
const MOST_NETWORKS = 1_000
const BEFORE = MOST_NETWORKS - 10

useWorld()

it('lets in none of 10,000 attempts, keeps few rows of them, and lets the operator in', {
  timeout: 60_000,
}, async () => {
  vi.spyOn(console, 'warn').mockImplementation(() => {})
  await bears('letmein', '198.18.0.1')
  await inAccount((sql) =>
    sql.exec(
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
       INSERT INTO visitors (address, misses, until, guesses) SELECT '10.0.0.' || i, 1, ?, 'x' FROM n`,
      BEFORE,
      Date.now() + 600_000,
    ),
  )
  vi.useFakeTimers({ now: Date.now() + 61_000, toFake: ['Date'] })
  const came = new Map<string, number>()
  for (let first = 0; first < ATTEMPTS; first += AT_ONCE) {
    const attempts = Array.from({ length: AT_ONCE }, async (_, index) => attempt(first + index))
    for (const what of await Promise.all(attempts)) came.set(what, (came.get(what) ?? 0) + 1)
  }

  // Ten networks and two blocks have had their ten guesses each.
  expect(Object.fromEntries(came)).toEqual({
    'cookie 303': 5_000,
    'form 403': expect.any(Number),
    'form 429': expect.any(Number),
    'bearer 401': expect.any(Number),
    'bearer 429': expect.any(Number),
  })
  expect((came.get('form 403') ?? 0) + (came.get('bearer 401') ?? 0)).toBe(12 * 10)
  const rows = await inAccount(
    (sql) => sql.exec('SELECT count(*) AS rows FROM visitors').one().rows,
  )
  expect(rows).toBe(MOST_NETWORKS + 2)

  expect(await signsIn('letmein', '198.18.0.1')).toBe(303)
  expect(await bears('letmein', '198.18.0.1')).toBe(200)
  expect(await bears('letmein', address(1))).toBe(429)
  vi.useRealTimers()
})

/** Cookies of their own, Authorization, and now and then the form; no token twice. */
async function attempt(number: number) {
  const token = `guess${number}`
  const from = address(number)
  if (number % 2 === 0) return `cookie ${await forges(number)}`
  return number % 19 ? `bearer ${await bears(token, from)}` : `form ${await signsIn(token, from)}`
}

/** Some come again and again, the others each from a network of their own in one of two blocks. */
function address(number: number) {
  if (number < 2_000) return `203.0.113.${number % 20}`
  const other = (number >> 1).toString(16)
  return number % 3 ? `2001:db8:0:${other}::1` : `192.0.${number >> 8}.${number & 255}`
}

async function forges(number: number) {
  const value = `${Date.now() + number + 1}.00000000-0000-4000-8000-${`${number}`.padStart(12, '0')}`
  const signature = btoa(`${number}`.padStart(32, 'x'))
  const cookie = `__Host-firekeeper=${encodeURIComponent(`${value}.${signature}`)}`
  return await asks('/acts', { headers: { accept: 'text/html', cookie } })
}

async function bears(token: string, from: string) {
  const headers = { authorization: `Bearer ${token}`, 'cf-connecting-ip': from }
  return await asks('/acts', { headers })
}

async function signsIn(token: string, from: string) {
  const body = `token=${token}`
  const headers = {
    accept: 'text/html',
    origin: HOME,
    'cf-connecting-ip': from,
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': `${body.length}`,
  }
  return await asks('/sign-in', { method: 'POST', headers, body })
}

async function asks(path: string, init: RequestInit) {
  return (await app.request(`${HOME}${path}`, init, env)).status
}

async function inAccount<Result>(work: (sql: SqlStorage) => Result) {
  const account = env.ACCOUNTS.getByName('https://chat.example.com')
  return await runInDurableObject(account, (_, { storage }) => work(storage.sql))
}

it.each([
  ['203.0.113.9', '203.0.113.9', '203.*'],
  ['::ffff:203.0.113.9', '203.0.113.9', '203.*'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2', '20*:'],
  ['2001:DB8:0001:0002::6', '2001:db8:1:2', '20*:'],
  ['2001:db8::6', '2001:db8:0:0', '20*:'],
  ['2001:db8::3:4:5:6', '2001:db8:0:0', '20*:'],
  ['2001:db8:0:0:3:4:5:6', '2001:db8:0:0', '20*:'],
  ['::1', '0:0:0:0', '00*:'],
  ['1::', '1:0:0:0', '00*:'],
  ['', 'unknown', 'unknown'],
  ['::1::2', 'unknown', 'unknown'],
  ['1:2:3', 'unknown', 'unknown'],
  ["x' OR 1=1", 'unknown', 'unknown'],
])('takes %j for one of %s', (address, network, block) => {
  expect(originOf(address)).toEqual({ network, block })
})
