import { exports } from 'cloudflare:workers'
import { describe, expect, it, vi } from 'vitest'
import { useBotChanges } from '../support/bots.ts'
import { used, useLimits } from '../support/limits.ts'
import { bill } from '../support/worker.ts'
import { useWorld } from '../support/world.ts'

const HOUR = 3_600_000
/** What an answer here comes to, in dollars: 10,000 tokens read and 1,000 said, by a model of 2 and 10. */
const ANSWER = 0.03
const USED = used(10_000, 1_000)
const LIMIT = /spending limit/

const world = useWorld()
const assistant = useBotChanges()
const { limit, patch, budgets, comesHome, variables } = useLimits(world)

describe('without a limit', () => {
  it('nobody is asked for anything, and nothing is refused', async () => {
    world.model.says('One.', USED).says('Two.', USED)
    await world.asks(world.david, 'one')
    await world.asks(world.david, 'two')

    expect(world.answers()).toEqual(['One.', 'Two.'])
    expect(await world.rows('SELECT * FROM leases')).toEqual([])
    expect(await world.rows('SELECT reserve FROM steps')).toEqual([
      { reserve: null },
      { reserve: null },
    ])
  })
})

describe('a limit', () => {
  it('is what was spent to the millionth, and nothing stays reserved', async () => {
    await limit({ for: 'installation', per: 'day', usd: 5 })
    world.model.says('One.', USED).says('Two.', USED)
    await world.asks(world.david, 'one')
    await world.asks(world.jason, 'two')
    await comesHome()

    expect(world.answers()).toEqual(['One.', 'Two.'])
    expect(await budgets()).toMatchObject([{ spentUsd: 2 * ANSWER, reservedUsd: 0, excessUsd: 0 }])
  })

  it('that is used up is said once to each person, and then met with silence; help and why still work', async () => {
    await limit({ for: 'room:1', per: 'day', usd: 0.001 })
    await world.asks(world.david, 'one')
    await world.asks(world.david, 'two')
    await world.asks(world.jason, 'three')
    await world.asks(world.david, 'help')
    await world.asks(world.david, 'why')

    const [first, second, help, why, ...more] = world.answers()
    expect(first).toMatch(
      /^This room's spending limit is used up until .*ask the person who runs me/,
    )
    expect(second).toBe(first)
    expect(help).toMatch(/^Hi, I'm/)
    expect(why).toMatch(/Read/)
    expect(more).toEqual([])
    expect(world.model.prompts).toEqual([])
    expect(await world.rows("SELECT state, reason FROM turns WHERE error = 'limit'")).toEqual([
      { state: 'failed', reason: 'mentioned' },
      { state: 'silent', reason: 'limit' },
      { state: 'failed', reason: 'mentioned' },
    ])
  })

  it('of a person counts what they ask in every room, and nobody else', async () => {
    await limit({ for: 'person:1', per: 'day', usd: 0.2 })
    for (const n of [1, 2, 3, 4]) world.model.says(`Answer ${n}.`, used(100, 5_980))
    await world.asks(world.david, 'one', world.watercooler)
    await world.asks(world.david, 'two', world.office)
    await world.asks(world.jason, 'mine')
    await world.asks(world.david, 'three', world.office)
    await comesHome()
    await world.asks(world.david, 'four', world.watercooler)

    expect(world.answers(world.office)).toEqual(['Answer 2.', 'Answer 4.'])
    expect(world.answers().at(-1)).toMatch(/^Your spending limit is used up/)
    expect(world.model.prompts).toHaveLength(4)
  })

  it('begins anew with its day, where the installation is', async () => {
    vi.setSystemTime(Date.parse('2027-03-02T23:30:00Z'))
    await limit({ for: 'installation', per: 'day', usd: 0.001 })
    await world.asks(world.david, 'late')
    await limit({ for: 'installation', per: 'day', usd: 0.2 })
    world.model.says('Yes.', used(90_000, 1))
    await world.asks(world.jason, 'spend it')
    await world.asks(world.kevin, 'and again')
    await world.passes(HOUR)
    world.model.says('A new day.')
    await world.asks(world.kevin, 'now?')

    expect(world.answers()).toEqual([
      expect.stringMatching(LIMIT),
      'Yes.',
      expect.stringMatching(/until Wednesday, March 3/),
      'A new day.',
    ])
  })

  it('that leaves little makes the answer shorter, and under a floor nothing is asked', async () => {
    assistant({ maxTokens: 8_000, tools: [] })
    await limit({ for: 'installation', per: 'day', usd: 0.09 })
    world.model.says('Short.', USED)
    await world.asks(world.david, 'one')

    const [asked] = world.model.prompts
    expect(asked?.max_tokens).toBeLessThan(8_000)
    expect(asked?.max_tokens).toBeGreaterThanOrEqual(2_000)

    // What it reads is paid, and a thousand tokens of an answer; this model thinks, which may take all of them.
    await comesHome()
    await limit({ for: 'installation', per: 'day', usd: ANSWER + 0.042 })
    await world.asks(world.jason, 'two')
    expect(world.answers().at(-1)).toMatch(LIMIT)
    expect(world.model.prompts).toHaveLength(1)

    await limit({ for: 'installation', per: 'day', usd: ANSWER + 0.06 })
    world.model.says('Enough.', USED)
    await world.asks(world.jason, 'three')
    expect(world.answers().at(-1)).toBe('Enough.')
    expect(world.model.prompts[1]?.max_tokens).toBeGreaterThanOrEqual(2_000)
  })

  it('holds for what is asked again, for another model, and for what is lost in a crash', async () => {
    await limit({ for: 'installation', per: 'day', usd: 5 })
    world.model.fails(529).says('At last.', USED)
    await world.asks(world.david, 'one')
    await world.passes(60_000)
    await comesHome()

    expect(world.answers()).toEqual(['At last.'])
    expect(await budgets()).toMatchObject([{ spentUsd: ANSWER, reservedUsd: 0 }])
  })

  it('is settled at what was reserved where nobody tells what was used', async () => {
    await limit({ for: 'installation', per: 'day', usd: 5 })
    world.model.says('Half', {}).breaks('text').says('Whole.', USED)
    await world.asks(world.david, 'one')
    await world.passes(60_000)
    await comesHome()

    const [lost] = await world.rows('SELECT cost, reserve FROM steps')
    const { amount } = JSON.parse(String(lost?.reserve))
    expect(lost?.cost).toBe(amount)
    expect(await budgets()).toMatchObject([
      { spentUsd: (amount + ANSWER * 1e6) / 1e6, reservedUsd: 0 },
    ])
  })

  it('asks the account for nothing in nine of ten turns, and writes no row more', async () => {
    assistant({ reply: 'whole' })
    await limit({ for: 'installation', per: 'month', usd: 50 })
    world.model.says('First.')
    await world.asks(world.david, 'first')
    let asked = 0
    const writes: number[] = []
    for (let turn = 0; turn < 20; turn++) {
      world.model.says(`Answer ${turn}.`)
      bill.start()
      const before = await newestLease()
      await world.asks(world.david, `question ${turn}`)
      const isHot = (await newestLease()) === before
      if (isHot) writes.push(bill.written())
      else asked++
    }

    expect(asked).toBeLessThanOrEqual(2)
    // As without a limit; one of them tells the account of the twenty before it.
    expect(writes.filter((rows) => rows !== 14).length).toBeLessThanOrEqual(1)
    expect(Math.max(...writes)).toBeLessThanOrEqual(15)
  })

  it('is told to the operator at four fifths, and when it is used up, once', async () => {
    await variables({ OPERATOR_ROOM: '2' })
    await limit({ for: 'room:1', per: 'day', usd: 0.3 })
    for (const said of [12_000, 12_000, 2_000]) world.model.says('Done.', used(100, said))
    for (const n of [1, 2]) {
      await world.asks(world.david, `question ${n}`)
      await comesHome()
      await world.rings(world.office)
    }
    const notes = world.answers(world.office)
    expect(notes).toEqual([
      expect.stringMatching(/^80% of the spending limit of room:1 is used: \$0\.24 of \$0\.30/),
    ])

    await world.asks(world.david, 'question 3')
    await limit({ for: 'room:1', per: 'day', usd: 0.26 })
    await comesHome()
    await comesHome()
    await world.rings(world.office)

    expect(world.answers(world.office)).toEqual([
      ...notes,
      expect.stringMatching(/^100% of the spending limit/),
    ])
  })
})

describe('nobody gets round a limit', () => {
  it('by a stop: what the call may have cost is booked, and no more is held for it', async () => {
    await limit({ for: 'installation', per: 'day', usd: 5 })
    const gate = Promise.withResolvers<void>()
    world.model.says('Never heard.', USED).waits(gate.promise)
    await world.says(world.david, 'one')
    const working = world.rings()
    await vi.waitFor(() => expect(world.model.prompts).toHaveLength(1))
    await world.says(world.david, 'stop')
    gate.resolve()
    await working
    await comesHome()

    const [step] = await world.rows('SELECT cost, reserve FROM steps')
    expect(step?.cost).toBe(JSON.parse(String(step?.reserve)).amount)
    expect(await budgets()).toMatchObject([{ spentUsd: Number(step?.cost) / 1e6, reservedUsd: 0 }])
  })

  it('by another model: each call of each is reserved and settled', async () => {
    assistant({ fallbackModel: 'claude-haiku-5-5' })
    await limit({ for: 'installation', per: 'day', usd: 5 })
    world.model
      .fails(404, { type: 'not_found_error', message: 'model: claude-sonnet-5-5' })
      .says('From the other.', USED)
    await world.asks(world.david, 'one')
    await comesHome()

    expect(world.answers()).toEqual(['From the other.'])
    const rows = await world.rows('SELECT model, cost, reserve IS NOT NULL AS held FROM steps')
    expect(rows).toMatchObject([
      { cost: 0, held: 1 },
      { model: 'claude-haiku-5-5', held: 1 },
    ])
    expect(await budgets()).toMatchObject([
      { spentUsd: Number(rows[1]?.cost) / 1e6, reservedUsd: 0 },
    ])
  })

  it('by a model that has no price: it is not asked, and the operator is', async () => {
    await limit({ for: 'installation', per: 'day', usd: 5 })
    await world.room().changeSettings({ model: 'claude-nine' })
    await world.asks(world.david, 'one')

    expect(world.answers()).toEqual([expect.stringMatching(/only the person who runs me/)])
    expect(world.model.prompts).toEqual([])
  })

  it('by a turn that is under way: lowered meanwhile, its call ends and the next is not asked', async () => {
    await limit({ for: 'installation', per: 'day', usd: 5 })
    const gate = Promise.withResolvers<void>()
    world.model
      .uses('search_conversation', { words: 'x' }, { ...USED, saying: 'Let me look.' })
      .waits(gate.promise)
    await world.says(world.david, 'one')
    const working = world.rings()
    await vi.waitFor(() => expect(world.model.prompts).toHaveLength(1))
    await limit({ for: 'installation', per: 'day', usd: 0.02 })
    gate.resolve()
    await working
    await comesHome()

    expect(world.answers()).toEqual([expect.stringMatching(LIMIT)])
    expect(world.model.prompts).toHaveLength(1)
    expect(await budgets()).toMatchObject([{ spentUsd: ANSWER, reservedUsd: 0 }])
  })

  it('by the cache: what was read from it, and written into it, counts once and as what it is', async () => {
    await limit({ for: 'installation', per: 'day', usd: 5 })
    const usage = {
      input_tokens: 100,
      cache_read_input_tokens: 10_000,
      cache_creation_input_tokens: 1_000,
      cache_creation: null,
      output_tokens: 10,
    }
    world.model.says('Cached.', { usage })
    await world.asks(world.david, 'one')
    await comesHome()

    // 100 × 2 + 10,000 × 0.1 + 1,000 × 2.5 + 10 × 10, in millionths.
    expect(await budgets()).toMatchObject([{ spentUsd: 0.0038 }])
  })
})

describe('a variable that is nonsense', () => {
  it.each([
    { BUDGETS: '[{"for": "installation", "per": "day", "usd": "5"}]', TIME_ZONE: 'UTC' },
    { BUDGETS: '[{"for": "installation", "per": "day", "usd": 5}]', TIME_ZONE: 'Europe/Atlantis' },
  ])(
    'lets nothing be spent and no message be lost, until it is put right: %j',
    async (nonsense) => {
      const statuses: number[] = []
      world.strangers.set('https://firekeeper.example.com/webhook', async (request) => {
        const response = await exports.default.fetch(request)
        statuses.push(response.status)
        return response
      })
      await variables(nonsense)
      await world.asks(world.david, 'one')
      expect(statuses).toEqual([204])
      expect(world.answers()).toEqual([expect.stringMatching(/only the person who runs me/)])
      expect(world.model.prompts).toEqual([])

      await variables({ TIME_ZONE: 'UTC' })
      await limit({ for: 'installation', per: 'day', usd: 5 })
      world.model.says('Two.')
      await world.asks(world.david, 'two')
      expect(world.answers().at(-1)).toBe('Two.')
      expect(JSON.stringify(world.model.prompts[0]?.messages)).toContain('one')
    },
  )

  it('is the first version: what was set here holds until it is null', async () => {
    await limit({ for: 'installation', per: 'day', usd: 5 })
    await variables({ BUDGETS: '[{"for": "room:1", "per": "day", "usd": 0}]' })
    world.model.says('Still.')
    await world.asks(world.david, 'one')
    const answer = await patch({ budgets: null })
    expect(answer.status).toBe(200)
    await world.asks(world.david, 'two')

    expect(world.answers()).toEqual(['Still.', expect.stringMatching(LIMIT)])
    expect(await budgets()).toMatchObject([{ for: 'room:1', usd: 0 }])
  })
})

describe('whoever finds the rest reserved', () => {
  it('waits for it, and is answered when it is free', async () => {
    assistant({ maxTokens: 8_000 })
    await limit({ for: 'installation', per: 'day', usd: 0.2 })
    const gate = Promise.withResolvers<void>()
    world.model.says('First.', USED).waits(gate.promise)
    world.model.says('Second.', USED)
    await world.says(world.david, 'one', world.watercooler)
    await world.says(world.jason, 'two', world.office)
    const first = world.rings(world.watercooler)
    await vi.waitFor(() => expect(world.model.prompts).toHaveLength(1))
    const second = world.rings(world.office)
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(world.model.prompts).toHaveLength(1)
    gate.resolve()
    await first
    await second

    expect(world.answers(world.watercooler)).toEqual(['First.'])
    expect(world.answers(world.office)).toEqual(['Second.'])
  })
})

describe('what cannot be kept', () => {
  it.each([
    [{ for: 'everyone', per: 'day', usd: 5 }, /for/],
    [{ for: 'bot:nobody', per: 'day', usd: 5 }, /there is no bot nobody/],
    [{ for: 'installation', per: 'year', usd: 5 }, /per/],
    [{ for: 'installation', per: 'day', usd: -1 }, /usd/],
    [{ for: 'installation', per: 'day', usd: '5' }, /usd/],
    [{ for: 'installation', per: 'day', usd: 5, eur: 4 }, /eur/],
  ])('is refused with its field: %j', async (budget, field) => {
    const answer = await patch({ budgets: [budget] })

    expect(answer.status).toBe(400)
    expect(await answer.text()).toMatch(field)
    expect(await budgets()).toEqual([])
  })

  it('is refused for a model that has no price', async () => {
    assistant({ model: 'claude-nine' })
    const answer = await patch({ budgets: [{ for: 'installation', per: 'day', usd: 5 }] })

    expect(await answer.text()).toMatch(/bots.assistant: claude-nine has no price/)
  })
})

async function newestLease() {
  const [row] = await world.rows('SELECT max(number) AS number FROM leases')
  return Number(row?.number ?? 0)
}
