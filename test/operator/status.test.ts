import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it, vi } from 'vitest'
import { nameOf } from '../../src/address.ts'
import { Acts, Status } from '../../src/operator/health/schemas.ts'
import { Room } from '../../src/room.ts'
import { OUT_OF_ORDER } from '../support/worker.ts'
import { useWorld } from '../support/world.ts'
import { ask, page, remove, sends } from './visitor.ts'

const CAMPFIRE = 'https://chat.example.com'
const MINUTE = 60_000
const DAY = 86_400_000
const SCRIPT = '<script>alert(1)</script>'

const world = useWorld()

async function status() {
  return Status.parse(await (await ask('/status')).json())
}

describe('the state of health', () => {
  it('is well where nothing happened, and says so in a line', async () => {
    const { model, david } = world
    model.says('Hello.')
    await world.asks(david, 'hello')

    const { out, parked, failing, silent, missed, acts } = await status()
    expect([out, parked, failing, silent, missed, acts]).toEqual([[], [], [], [], [], []])
    expect(await page('/status')).toContain('<h1>All is well</h1>')
  })

  it('names rooms that answer with errors, the worst first, with a receipt to read', async () => {
    await fails({ room: 1, turns: ['failed', 'replied', 'failed'] })
    await fails({ room: 2, turns: ['parked', 'failed', 'failed'], title: 'Office' })

    const { failing, parked } = await status()
    expect(failing).toMatchObject([
      { room: 2, name: 'Office', failed: 2, parked: 1, turn: 3 },
      { room: 1, failed: 2, parked: 0, turn: 3 },
    ])
    expect(parked).toMatchObject([{ room: 2, botName: 'assistant', turn: 1 }])
    expect(await page('/status')).toContain('href="/rooms/2/assistant/turns/3"')

    vi.setSystemTime(Date.now() + 8 * DAY)
    expect(await status()).toMatchObject({ failing: [], parked: { length: 1 } })
    vi.setSystemTime(Date.now() + 23 * DAY)
    expect(await status()).toMatchObject({ failing: [], parked: [] })
  })

  it('has what was set aside tried again, and then no more among what to look at', async () => {
    const { model, david } = world
    model.says('Hello.')
    await world.asks(david, 'hello')
    await world.rows("UPDATE turns SET state = 'parked' WHERE id = 1")
    await fails({ room: 1, turns: [], parked: 1 })
    const html = await page('/status')
    expect(html).toContain('action="/rooms/1/assistant/turns/1/again"')

    model.says('Hello again.')
    const form = { _method: 'PUT' }
    const answer = await sends('/rooms/1/assistant/turns/1/again', form, { on: '/status' })
    expect(answer.headers.get('location')).toBe('/status?done=again')
    await world.rings()

    expect(await status()).toMatchObject({ parked: [], acts: [{ what: 'again' }] })
    expect(world.answers().at(-1)).toBe('Hello again.')
  })

  it('tells a turn that failed once, however often its room tells of it', async () => {
    await fails({ room: 1, turns: ['failed'] })
    await fails({ room: 1, turns: ['failed'] })

    expect(await status()).toMatchObject({ failing: [{ failed: 1 }] })
  })

  it('names messages that no delivery brought', async () => {
    const { model, david, jason, assistant } = world
    model.says('One.').says('Two.')
    await world.asks(david, 'one')
    assistant.active = false
    const lost = world.says(jason, 'two')
    assistant.active = true
    await lost
    await world.passes(MINUTE)

    const { missed } = await status()
    expect(missed).toMatchObject([{ room: 1, name: 'Watercooler', count: 1 }])
    expect(await page('/status')).toContain('Messages whose webhook never arrived')
  })

  it('names rooms that a bot is out of, and when what they keep is deleted', async () => {
    const { model, david } = world
    model.says('Hello.')
    await world.asks(david, 'hello')
    world.fault = async () => new Response(null, { status: 404, headers: { 'x-version': '1' } })
    await world.passesBy(70 * MINUTE)

    const [out] = (await status()).out
    expect(out).toMatchObject({ room: 1, bot: 3, name: 'Watercooler', deletedAt: null })
    expect(Date.parse(out?.deletesAt ?? '') - Date.parse(out?.since ?? '')).toBe(30 * DAY)
    expect(await page('/status')).toContain(`<time datetime="${out?.deletesAt}">`)
  })

  it('names rooms that do not answer, and is not kept from the others by them', async () => {
    const { model, david } = world
    model.says('Hello.')
    await world.asks(david, 'hello')
    vi.spyOn(Room.prototype, 'tellNow').mockImplementation(async () => {
      throw new Error(OUT_OF_ORDER)
    })

    expect((await status()).silent).toMatchObject([{ room: 1, botName: 'assistant' }])
  })

  it('shows script in the name of a room as the words that it is', async () => {
    await fails({ room: 1, turns: ['failed'], title: SCRIPT })
    const html = await page('/status')

    expect(html).toContain('&lt;script&gt;')
    expect(html).not.toContain('<script>alert')
  })

  it('is closed to everybody else', async () => {
    for (const path of ['/status', '/acts', '/doctor', '/costs', '/costs.csv', '/budgets'])
      expect((await ask(path, { headers: { authorization: 'Bearer no' } })).status).toBe(401)
  })
})

describe('the log of what operators did', () => {
  it('has who, when and what, the newest first, a page at a time', async () => {
    for (let act = 1; act <= 120; act++)
      await env.ACCOUNTS.getByName(CAMPFIRE).beginAct({
        who: 'ann@example.com',
        what: 'stop',
        about: `${act}`,
      })
    await remove('/rooms/1/assistant/session')

    const first = Acts.parse(await (await ask('/acts')).json())
    expect(first.acts).toHaveLength(100)
    expect(first.acts[0]).toMatchObject({ who: 'token', what: 'reset', about: 'room 1, assistant' })
    const rest = Acts.parse(await (await ask(`/acts?before=${first.next}`)).json())
    expect([rest.acts.length, rest.next]).toEqual([21, null])
    expect((await status()).acts).toHaveLength(10)
    expect(await page('/acts')).toContain('ann@example.com')
  })
})

it('the doctor has a page, too, with what is wrong first', async () => {
  const html = await page('/doctor')

  expect(html).toContain('<h1>')
  expect(html.indexOf('>wrong<')).toBeLessThan(html.indexOf('>well<'))
})

/** A room whose turns ended like this, as it tells it. */
async function fails({
  room,
  turns,
  title = 'Watercooler',
  parked,
}: {
  room: number
  /** One that was told before. */
  parked?: number
  turns: ('failed' | 'parked' | 'replied')[]
  title?: string
}) {
  const at = Date.now()
  const none = { cost: null, input_tokens: null, cached_tokens: null, output_tokens: null }
  const told = turns.map((state, index) => ({
    ...none,
    id: index + 1,
    state,
    tier: 'cold' as const,
    started: at,
    ended: at,
    steps: 0,
  }))
  const report = { room, bot: 3, busy: false, waiting: 0, turns: told, title }
  const account = env.ACCOUNTS.getByName(CAMPFIRE)
  const name = nameOf({ url: CAMPFIRE, room, bot: 3 })
  await account.report(name, report)
  if (parked === undefined) return
  await runInDurableObject(account, (_, { storage: { sql } }) => {
    const row = "INSERT INTO troubles (at, name, turn, state) VALUES (?, ?, ?, 'parked')"
    sql.exec(row, at, name, parked)
  })
}
