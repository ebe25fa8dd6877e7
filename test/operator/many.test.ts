import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { beforeEach, expect, it } from 'vitest'
import { useWorld } from '../support/world.ts'
import { readBy } from './read-by.ts'
import { ask, page } from './visitor.ts'

const CAMPFIRE = 'https://chat.example.com'
/** What somebody who looks at a page waits for without noticing. It takes a tenth of it where nothing else runs. */
const MOST_MS = 300
const ROOMS = 500
const RECEIPTS = 20_000
/** Without days a program is given all there is, as the API says; a page shows thirty days. */
const MONTH = `from=${new Date(Date.now() - 29 * 86_400_000).toISOString().slice(0, 10)}`

useWorld()

beforeEach(async () => {
  await runInDurableObject(env.ACCOUNTS.getByName(CAMPFIRE), (_, { storage: { sql } }) => {
    const now = Date.now()
    const count = (most: number) =>
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${most})`
    sql.exec(
      `INSERT INTO rooms (name, room, bot, busy, waiting, told, last_turn, sums, title, direct)
       ${count(ROOMS)} SELECT '${CAMPFIRE}/rooms/' || i || '/bots/3', i, 3, 0, 0, ? - i * 3600000, 40,
         '{"turns":40}', 'Room of ' || i, 0 FROM n`,
      now,
    )
    sql.exec(`INSERT INTO people (id, name) ${count(ROOMS)} SELECT i, 'Person ' || i FROM n`)
    sql.exec(
      `INSERT OR IGNORE INTO days (day, bot, room, person, model, turns, calls, unpriced, cost,
         input, cached, written, output)
       ${count(RECEIPTS)} SELECT date(? / 1000 - (i / 50) * 86400, 'unixepoch'), 3, i % ${ROOMS} + 1,
         i * 7 % ${ROOMS} + 1, 'claude-test', 1, 2, 0, 20000 + i, 100, 800, 100, 50 FROM n`,
      now,
    )
    sql.exec(
      `INSERT INTO troubles (at, name, turn, state)
       ${count(1_000)} SELECT ?, '${CAMPFIRE}/rooms/' || (i % ${ROOMS} + 1) || '/bots/3', i, 'failed' FROM n`,
      now,
    )
    sql.exec(
      `INSERT INTO acts (at, who, what, about) ${count(1_000)} SELECT ?, 'page', 'stop', 'room' FROM n`,
      now,
    )
  })
})

it.each([
  ['/', 1_200],
  ['/rooms', 2_600],
  ['/rooms?q=Room+of+4', 2_600],
  ['/bots', 1_200],
  ['/bots/assistant', 8_000],
  ['/bots/assistant/versions/file', 20],
  ['/costs', 6_600],
  ['/costs?by=room', 6_600],
  ['/costs?by=person', 6_750],
  ['/kept', 1_050],
  ['/kept/people', 60],
  ['/status', 3_100],
  ['/acts', 120],
  ['/doctor', 1_200],
  ['/rooms/400/assistant', 200],
  ['/kept/rooms/400/assistant', 200],
  ['/kept/people/400', 200],
])('%s of 500 rooms and 20,000 receipts comes at once, and reads few rows', async (path, most) => {
  const html = await page(path) // the pages are loaded with the first one
  expect(html).toContain('<h1>')
  const times: number[] = []
  const rows = await readBy(async () => {
    const began = performance.now()
    await (await ask(path, { headers: { accept: 'text/html' } })).text()
    times.push(Math.round(performance.now() - began))
  })
  const told = `${path}: ${times[0]} ms, ${rows} rows`
  expect(times[0], told).toBeLessThan(MOST_MS)
  expect(rows, told).toBeLessThanOrEqual(most)
})

it.each([
  ['/', 'application/json', 1_200],
  ['/rooms', 'application/json', 2_600],
  ['/bots', 'application/json', 1_200],
  ['/bots/assistant', 'application/json', 8_000],
  [`/costs?${MONTH}`, 'application/json', 6_600],
  [`/costs?by=person&${MONTH}`, 'application/json', 6_750],
  [`/costs.csv?by=person&${MONTH}`, 'text/csv', 6_750],
  ['/kept', 'application/json', 1_050],
  ['/status', 'application/json', 3_100],
  ['/acts', 'application/json', 120],
  ['/doctor', 'application/json', 1_200],
  ['/queue/stats', 'application/json', 1_200],
  ['/session/stats', 'application/json', 2_050],
])('%s as %s comes as fast, and reads as few rows', async (path, accept, most) => {
  await ask(path, { headers: { accept } })
  const began = performance.now()
  const rows = await readBy(async () => {
    const answer = await ask(path, { headers: { accept } })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([
      200,
      expect.stringContaining(accept),
    ])
    await answer.text()
  })
  const ms = Math.round(performance.now() - began)
  const told = `${path}: ${ms} ms, ${rows} rows`
  expect(ms, told).toBeLessThan(MOST_MS)
  expect(rows, told).toBeLessThanOrEqual(most)
})
