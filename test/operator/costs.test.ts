import { env } from 'cloudflare:workers'
import { describe, expect, it, vi } from 'vitest'
import { nameOf } from '../../src/address.ts'
import { BudgetsView } from '../../src/operator/schemas.ts'
import type { TurnReport } from '../../src/tables/room/turns.ts'
import { useWorld } from '../support/world.ts'
import { readBy } from './read-by.ts'
import { ask, page, sends } from './visitor.ts'

const CAMPFIRE = 'https://chat.example.com'
const DAY = 86_400_000
const SCRIPT = '<script>alert(1)</script>'

useWorld()

describe('the page of costs', () => {
  it('says who spent how much, by their names, the dearest first', async () => {
    await spent({ asker: 1, name: 'David', cost: 250_000 })
    await spent({ asker: 2, name: 'Jason', cost: 1_000_000, room: 2, title: 'Office' })

    const people = await page('/costs?by=person')
    expect(people).toContain('$1.25 from ')
    expect(people.indexOf('Jason')).toBeLessThan(people.indexOf('David'))
    expect(textOf(people)).toContain('Jason $1.00 1 80% 80%')
    expect(textOf(await page('/costs?by=room'))).toMatch(/Office \$1\.00 .* Watercooler \$0\.25/)
    expect(textOf(await page('/costs?by=bot'))).toContain('assistant $1.25')
    expect(textOf(await page('/costs?by=model'))).toContain('claude-test $1.25')
  })

  it('calls a direct conversation so, as the other pages do', async () => {
    await spent({ room: 90, title: '' })
    expect(textOf(await page('/costs?by=room'))).toContain('Direct conversation 90')
  })

  it('draws what the table beside it says, and says it in words', async () => {
    await spent({ cost: 500_000 })
    vi.setSystemTime(Date.now() + DAY)
    await spent({ cost: 250_000 })
    const today = new Date().toISOString().slice(0, 10)
    const html = await page('/costs')

    const heights = [
      ...html.matchAll(/<rect x="[\d.]+" y="[\d.]+" width="[\d.]+" height="([\d.]+)"/g),
    ]
    expect(heights).toHaveLength(30)
    const [before, last] = heights.slice(-2).map(([, height]) => Number(height))
    expect(before).toBeCloseTo(2 * Number(last), 0)
    expect(html).toMatch(
      /<svg class="chart"[^>]* role="img" aria-labelledby="chart-title chart-desc"/,
    )
    expect(html).toMatch(/<desc id="chart-desc">From [^<]+ The day on which most was spent was /)
    expect(textOf(html)).toContain(`${today} $0.25 1 80%`)
  })

  it('of a long time tells months', async () => {
    await spent({ cost: 500_000 })
    const month = new Date().toISOString().slice(0, 7)

    const html = textOf(await page('/costs?from=2020-01-01'))
    expect(html).toContain('By month')
    expect(html).toContain(`${month} $0.50`)
  })

  it('gives the same as a table for a spreadsheet', async () => {
    await spent({ cost: 500_000 })
    const html = await page('/costs?by=person')
    const [, link = ''] = /href="(\/costs\.csv[^"]*)"/.exec(html) ?? []
    const answer = await ask(link.replaceAll('&amp;', '&'))

    expect(answer.headers.get('content-disposition')).toContain('costs.csv')
    expect(await answer.text()).toMatch(/^day,person,turns,.*\r\n\d{4}-\d\d-\d\d,1,1,/)
  })

  it('says when nothing was spent, and what cannot be asked', async () => {
    expect(textOf(await page('/costs'))).toContain('Nothing was spent.')
    for (const query of ['from=yesterday', 'by=mood', 'from=2026-02-01&to=2026-01-01']) {
      const answer = await ask(`/costs?${query}`, { headers: { accept: 'text/html' } })
      expect(answer.status).toBe(400)
    }
  })

  it('shows script in the name of a person and of a room as the words that it is', async () => {
    await spent({ name: `Mallory ${SCRIPT}`, title: SCRIPT })

    for (const by of ['person', 'room']) {
      const html = await page(`/costs?by=${by}`)
      expect(html).toContain('&lt;script&gt;')
      expect(html).not.toContain('<script>alert')
    }
  })

  it('reads no more rows for what was spent long ago', async () => {
    for (let day = 0; day < 40; day++) await spent({ ended: Date.now() - day * DAY })
    const first = await readBy(() => page('/costs'))
    for (let day = 40; day < 200; day++) await spent({ ended: Date.now() - day * DAY })

    expect(first).toBeGreaterThan(30)
    expect(await readBy(() => page('/costs'))).toBeLessThanOrEqual(first)
  })
})

const twice = ['installation', 'month', '1']

describe('the form of limits', () => {
  it('changes one, adds one, and takes one away, all at once', async () => {
    await saves([
      ['installation', 'month', '50'],
      ['room:1', 'day', '2.5'],
      ['', 'month', ''],
    ])
    expect(await limits()).toEqual([
      ['installation', 'month', 50],
      ['room:1', 'day', 2.5],
    ])
    const html = await page('/costs')
    expect(html).toContain('value="installation"')
    expect(textOf(html)).toContain('Room 1, each day : $0.00 of $2.50 spent')

    await saves([
      ['installation', 'month', '60'],
      ['room:1', 'day', ''],
      ['bot:assistant', 'week', '5'],
    ])
    expect(await limits()).toEqual([
      ['installation', 'month', 60],
      ['bot:assistant', 'week', 5],
    ])
    const acts = await env.ACCOUNTS.getByName(CAMPFIRE).acts(10)
    expect(acts.map(({ who, what, about }) => [who, what, about])).toEqual([
      ['page', 'limits', '2 limits'],
      ['page', 'limits', '2 limits'],
    ])
  })

  it('goes by the variable again', async () => {
    await saves([['installation', 'month', '50']])
    const answer = await sends('/budgets', { _method: 'PATCH', budgets: '' })

    expect(answer.status).toBe(303)
    expect(await (await ask('/budgets')).json()).toMatchObject({ from: 'variable', budgets: [] })
  })

  it('comes back to where it was, and says that it was saved', async () => {
    const answer = await saves([['installation', 'month', '50']])
    expect(answer.headers.get('location')).toBe('/costs?done=limits')
    expect(await page('/costs?done=limits')).toContain('The limits hold from now on.')
  })

  it.each([
    [[['everybody', 'month', '50']], 'installation, bot:NAME'],
    [[['bot:nobody', 'month', '50']], 'there is no bot nobody'],
    [[['installation', 'year', '50']], 'per'],
    [[['installation', 'month', '-1']], 'usd'],
    [[['installation', 'month', 'much']], 'usd'],
    [[['installation', 'month', '1e9']], 'usd'],
    [[['installation', 'month', '1e-9']], 'usd'],
    [[['person:0', 'month', '1']], 'person:ID'],
    [[['person:99999999999999999', 'month', '1']], 'person:ID'],
    [[['', 'month', '1']], 'for'],
    [[twice, twice], 'the same as 0'],
    [Array.from({ length: 501 }, (_, index) => [`room:${index + 1}`, 'day', '1']), '500'],
  ])('saves nothing of %j', async (rows, says) => {
    const answer = await saves(rows)

    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining(says)])
    expect(await limits()).toEqual([])
  })

  it('is not taken from another site', async () => {
    const answer = await saves([['installation', 'month', '1']], 'https://evil.example')

    expect(answer.status).toBe(403)
    expect(await limits()).toEqual([])
  })
})

async function saves(rows: string[][], origin?: string) {
  const fields = rows.flatMap(([whose = '', per = '', usd = ''], index) => [
    [`budgets.${index}.for`, whose],
    [`budgets.${index}.per`, per],
    [`budgets.${index}.usd:number`, usd],
  ])
  const form = { _method: 'PATCH', ...Object.fromEntries(fields) }
  return await sends('/budgets', form, { origin, on: '/costs' })
}

async function limits() {
  const { budgets } = BudgetsView.parse(await (await ask('/budgets')).json())
  return budgets.map((one) => [one.for, one.per, one.usd])
}

let turns = 0

/** A turn that came to so much, as its room tells it. */
async function spent({
  room = 1,
  title = 'Watercooler',
  cost = 100_000,
  ended = Date.now(),
  ...asker
}: Partial<Pick<TurnReport, 'asker' | 'name' | 'ended'>> & {
  room?: number
  title?: string
  cost?: number
}) {
  const part = { model: 'claude-test', calls: 1, unpriced: 0, cost, output: 5 }
  const turn: TurnReport = {
    id: ++turns,
    state: 'replied',
    tier: 'cold',
    asker: 1,
    name: 'David',
    started: ended,
    ended,
    steps: 1,
    cost,
    input_tokens: 10,
    cached_tokens: 8,
    output_tokens: 5,
    spent: [{ ...part, input: 1, cached: 8, written: 1 }],
    ...asker,
  }
  const told = { room, bot: 3, busy: false, waiting: 0, turns: [turn], title, direct: !title }
  await env.ACCOUNTS.getByName(CAMPFIRE).report(nameOf({ url: CAMPFIRE, room, bot: 3 }), told)
}

function textOf(html: string) {
  return html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
}
