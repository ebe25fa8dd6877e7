import { exports } from 'cloudflare:workers'
import { expect, it, vi } from 'vitest'
import { Costs, ReceiptView, Refusal } from '../../src/operator/schemas.ts'
import { useWorld } from '../support/world.ts'

const OPERATOR = { authorization: 'Bearer letmein' }
const DAY = 86_400_000
const world = useWorld()

async function ask(path: string, headers: Record<string, string> = {}) {
  const url = `https://firekeeper.example.com${path}`
  return await exports.default.fetch(url, { headers: { ...OPERATOR, ...headers } })
}

async function costs(query = '') {
  const answer = await ask(`/costs${query}`)
  expect(answer.status).toBe(200)
  return Costs.parse(await answer.json())
}

async function receiptOf(turn: number, room = world.watercooler, bot = 'assistant') {
  return ReceiptView.parse(await (await ask(`/rooms/${room.id}/${bot}/turns/${turn}`)).json())
}

it('to the operator, by whom, where, with which bot and model, and when', async () => {
  const { model, david, jason, office, analyst } = world
  model.says('One.').says('Two.').uses('read_messages').says('Three.').says('Four.')
  await world.asks(david, 'one')
  await world.asks(david, 'two', office)
  await world.asks(jason, 'three')
  await world.asks(jason, 'help')
  await world.asks(jason, 'four', office, analyst)

  const receipts = [
    await receiptOf(1),
    await receiptOf(1, office),
    await receiptOf(2),
    await receiptOf(1, office, 'analyst'),
  ]
  const [one = 0, two = 0, three = 0, four = 0] = receipts.map(({ costDollars }) => costDollars)
  const { rows, total } = await costs('?by=person')
  expect(rows).toMatchObject([
    { person: david.id, turns: 2, calls: 2, callsWithoutPrice: 0 },
    { person: jason.id, turns: 3, calls: 3 },
  ])
  expect(rows[0]?.costDollars).toBeCloseTo(one + two, 9)
  expect(rows[1]?.costDollars).toBeCloseTo(three + four, 9)
  expect(total.costDollars).toBeCloseTo(one + two + three + four, 9)
  expect(total.turns).toBe(5)

  expect((await costs('?by=bot')).rows).toMatchObject([
    { bot: 3, botName: 'assistant', turns: 4 },
    { bot: 7, botName: 'analyst', turns: 1 },
  ])
  expect((await costs('?by=person,room')).rows).toHaveLength(4)
  expect((await costs('?by=model')).rows[0]).toMatchObject({
    model: null,
    turns: 1,
    costDollars: 0,
  })
  expect((await costs('?by=day')).rows).toHaveLength(1)
  expect((await costs()).rows).toHaveLength(1)
})

it('by day in the zone of the installation, and of the days that were asked for', async () => {
  const { model, david } = world
  vi.setSystemTime(new Date('2027-03-01T23:59:00Z'))
  model.says('One.').says('Two.')
  await world.asks(david, 'one')
  await world.passes(2 * 60_000)
  await world.asks(david, 'two')

  const { rows, timeZone } = await costs('?by=day')
  expect([timeZone, rows.map(({ day }) => day)]).toEqual(['UTC', ['2027-03-01', '2027-03-02']])
  expect((await costs('?from=2027-03-02')).total.turns).toBe(1)
  expect((await costs('?to=2027-03-01')).total.turns).toBe(1)
  expect((await costs('?from=2027-03-03')).total).toMatchObject({ turns: 0, costDollars: 0 })
})

it('on the day on which it was over, however late the account hears of it', async () => {
  const { model, david } = world
  vi.setSystemTime(new Date('2027-03-01T23:55:00Z'))
  model.says('One.').says('Two.')
  await world.asks(david, 'one') // what the room has learned of this Campfire is told at once
  await world.asks(david, 'two')
  vi.setSystemTime(new Date('2027-03-02T00:05:00Z'))

  const { rows } = await costs('?by=day')
  expect(rows).toMatchObject([{ day: '2027-03-01', turns: 2, calls: 2 }])
})

it('as a table for a spreadsheet, to the millionth', async () => {
  const { model, david } = world
  model.says('One.')
  await world.asks(david, 'one')

  const answer = await ask('/costs?by=person,model', { accept: 'text/csv' })
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  const [names, row, ...rest] = (await answer.text()).split('\r\n')
  expect(names).toBe(
    'person,model,turns,calls,inputTokens,cacheReadTokens,cacheWriteTokens,outputTokens,costDollars,callsWithoutPrice',
  )
  expect(row).toMatch(/^1,claude-[\w-]+,1,1,\d+,\d+,\d+,\d+,0\.\d{6},0$/)
  expect(rest).toEqual([''])
})

it('says what it cannot tell by', async () => {
  for (const query of [
    '?by=name',
    '?from=yesterday',
    '?to=2027-02-30',
    '?from=2027-02-02&to=2027-02-01',
    '?by=person&by=room',
    '?from=2027-01-01&from=2027-02-01',
    '?x=1',
  ]) {
    const answer = await ask(`/costs${query}`)
    expect([query, answer.status]).toEqual([query, 400])
    expect(Refusal.parse(await answer.json()).error).not.toContain('settings')
  }
})

it('long after its receipts are gone, and for two years', async () => {
  const { model, david } = world
  model.answers(() => 'One.')
  await world.asks(david, 'one')
  const before = await costs('?by=person')
  vi.setSystemTime(Date.now() + 90 * DAY - 60_000)
  expect((await ask('/rooms/1/assistant/turns/1')).status).toBe(200)
  vi.setSystemTime(Date.now() + 120_000)
  expect((await ask('/rooms/1/assistant/turns/1')).status).toBe(404)
  expect((await costs('?by=person')).rows).toEqual(before.rows)

  for (const [days, turns] of [
    [639, 2],
    [3, 2],
  ] as const) {
    vi.setSystemTime(Date.now() + days * DAY)
    await world.asks(david, 'help')
    expect((await costs()).total.turns).toBe(turns)
  }
})

it('of a turn once that was told late, since others went first', async () => {
  const { model, david, jason } = world
  model.says('One.').says('Two.')
  const refuses = (request: Request) =>
    request.method === 'POST' && request.url.includes('/rooms/1/')
  world.fault = async (request, when) =>
    when === 'before' && refuses(request) ? new Response('Forbidden', { status: 403 }) : undefined
  await world.asks(david, 'one')
  await world.says(jason, 'two')
  world.fault = null
  await world.rings()
  expect((await costs()).total.turns).toBeGreaterThan(0)
  await world.passesBy(10 * 60_000)

  const { total } = await costs()
  const all = await world.rows('SELECT sum(cost) AS cost FROM steps')
  expect(total.turns).toBe(2)
  expect(Math.round(total.costDollars * 1e6)).toBe(all[0]?.cost)
})
