import { describe, expect, it, vi } from 'vitest'
import { ServerTools } from '../../src/bots/server-tools.ts'
import { ask } from '../operator/ask.ts'
import { useBotChanges } from '../support/bots.ts'
import { used, useLimits } from '../support/limits.ts'
import { betweenAccounts } from '../support/worker.ts'
import { useWorld } from '../support/world.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** What an answer here comes to, in dollars: 10,000 tokens read and 1,000 said, by a model of 2 and 10. */
const ANSWER = 0.03
const USED = used(10_000, 1_000)
const LIMIT = /spending limit/

const world = useWorld()
const assistant = useBotChanges()
const { limit, budgets, seen, comesHome, variables } = useLimits(world)

describe('a limit holds', () => {
  it('on the day on which a call was begun, also when that ends or the clock is put back meanwhile', async () => {
    vi.setSystemTime(Date.parse('2027-03-02T23:59:30Z'))
    await limit({ for: 'installation', per: 'day', usd: 5 })
    world.model.answers(() => {
      vi.setSystemTime(Date.now() + MINUTE)
      return 'One.'
    })
    await world.asks(world.david, 'one')
    await comesHome()
    const [after] = await budgets()
    expect(after).toMatchObject({ spentUsd: 0, reservedUsd: 0 })
    vi.setSystemTime(Date.parse('2027-03-02T23:00:00Z'))
    const [before] = await budgets()
    const [step] = await world.rows('SELECT sum(cost) AS cost FROM steps')
    expect(before).toMatchObject({ spentUsd: Number(step?.cost) / 1e6, reservedUsd: 0 })
    expect(before?.spentUsd).toBeGreaterThan(0)
  })

  it('for each day by itself: what was lent on one pays for nothing on the next', async () => {
    vi.setSystemTime(Date.parse('2027-03-02T23:50:00Z'))
    await limit({ for: 'installation', per: 'day', usd: 5 })
    world.model.says('One.', USED).says('Two.', USED)
    await world.asks(world.david, 'ten to midnight')
    vi.setSystemTime(Date.parse('2027-03-03T00:10:00Z'))
    await world.asks(world.david, 'ten past midnight')
    await comesHome()

    expect(world.answers()).toEqual(['One.', 'Two.'])
    expect(await budgets()).toMatchObject([{ spentUsd: ANSWER, reservedUsd: 0 }])
    vi.setSystemTime(Date.parse('2027-03-02T23:59:00Z'))
    expect(await budgets()).toMatchObject([{ spentUsd: ANSWER, reservedUsd: 0 }])
  })

  it('for all twenty-five hours of a day on which the clocks are put back there', async () => {
    assistant({ ttlMinutes: 3 * 1_440 })
    await variables({ TIME_ZONE: 'Europe/Berlin' })
    vi.setSystemTime(Date.parse('2027-10-30T22:30:00Z'))
    await limit({ for: 'installation', per: 'day', usd: 0.2 })
    world.model.says('At half past midnight.', used(90_000, 1))
    await world.asks(world.david, 'one')
    vi.setSystemTime(Date.parse('2027-10-31T22:55:00Z'))
    await world.asks(world.jason, 'at five to midnight')
    vi.setSystemTime(Date.parse('2027-10-31T23:01:00Z'))
    world.model.says('On another day.')
    await world.asks(world.jason, 'a day later')

    expect(world.answers()).toEqual([
      'At half past midnight.',
      expect.stringMatching(/until Monday, November 1/),
      'On another day.',
    ])
  })

  it('that was put below what is reserved: nothing more is lent until that has come home', async () => {
    assistant({ maxTokens: 8_000 })
    await limit({ for: 'installation', per: 'day', usd: 0.2 })
    const gate = Promise.withResolvers<void>()
    world.model.says('First.', USED).waits(gate.promise)
    world.model.says('Second.', USED)
    await world.says(world.david, 'one', world.watercooler)
    await world.says(world.jason, 'two', world.office)
    const first = world.rings(world.watercooler)
    await vi.waitFor(() => expect(world.model.prompts).toHaveLength(1))
    const [before] = await budgets()
    await limit({ for: 'installation', per: 'day', usd: 0.18 })
    const second = world.rings(world.office)
    await vi.waitFor(async () => expect((await budgets())[0]?.usd).toBe(0.18))
    expect(before?.reservedUsd).toBeGreaterThan(0.18)
    gate.resolve()
    await Promise.all([first, second])
    await comesHome()

    const [firstly, secondly] = world.model.prompts.map(({ max_tokens }) => max_tokens)
    expect(Number(secondly)).toBeLessThan(Number(firstly))
    expect(await budgets()).toMatchObject([
      { spentUsd: 2 * ANSWER, reservedUsd: 0, excessUsd: 0, usd: 0.18 },
    ])
  })

  it('of a person that is lowered while their call runs: it ends, the next waits for nothing, others go on', async () => {
    await limit({ for: 'person:1', per: 'day', usd: 5 })
    const gate = Promise.withResolvers<void>()
    const search = { ...USED, saying: 'Let me look.' }
    world.model.uses('search_conversation', { words: 'x' }, search).waits(gate.promise)
    await world.says(world.david, 'one')
    const working = world.rings()
    await vi.waitFor(() => expect(world.model.prompts).toHaveLength(1))
    await limit({ for: 'person:1', per: 'day', usd: 0.02 })
    gate.resolve()
    await working
    world.model.says('For Jason.', USED)
    await world.asks(world.jason, 'and me?')
    await comesHome()

    expect(world.answers()).toEqual([
      expect.stringMatching(/^Let me look.*Your spending limit is used up|^Your spending limit/s),
      'For Jason.',
    ])
    expect(world.model.prompts).toHaveLength(2)
    expect(await budgets()).toMatchObject([
      { for: 'person:1', spentUsd: ANSWER, reservedUsd: 0, excessUsd: 0 },
    ])
  })

  it('in a room that an operator has changed before it was set, and in which nobody had spoken', async () => {
    await ask('PATCH', '/rooms/1/assistant/settings', { reply: 'whole' })
    await limit({ for: 'installation', per: 'day', usd: 0.000_001 })
    vi.setSystemTime(Date.now() + MINUTE)
    await world.asks(world.david, 'one')

    expect(world.model.prompts).toHaveLength(0)
    expect(world.answers()).toEqual([expect.stringMatching(LIMIT)])
  })

  it('for another model that is dearer, at its own price', async () => {
    assistant({ fallbackModel: 'claude-opus-5-5' })
    await limit({ for: 'installation', per: 'day', usd: 5 })
    world.model
      .fails(404, { type: 'not_found_error', message: 'model: claude-sonnet-5-5' })
      .says('From the dear one.', USED)
    await world.asks(world.david, 'one')
    await comesHome()

    const rows = await world.rows('SELECT reserve, cost FROM steps ORDER BY number')
    const [cheap, dear] = rows.map(({ reserve }) => JSON.parse(String(reserve)).amount)
    expect(dear).toBeGreaterThan(1.9 * cheap)
    expect(rows.map(({ cost }) => cost)).toEqual([0, 10_000 * 4 + 1_000 * 20])
    expect(await budgets()).toMatchObject([{ spentUsd: 0.06, reservedUsd: 0, excessUsd: 0 }])
  })

  it('for what the API searches by itself, and nothing is asked that could not be paid', async () => {
    assistant({ tools: [], serverTools: ServerTools.parse({ webSearch: {} }) })
    await limit({ for: 'installation', per: 'day', usd: 5 })
    const searches = { server_tool_use: { web_search_requests: 3, web_fetch_requests: 0 } }
    world.model.says('Found.', { usage: { ...USED.usage, ...searches } })
    await world.asks(world.david, 'search')
    await comesHome()
    expect(await budgets()).toMatchObject([
      { spentUsd: ANSWER + 0.03, reservedUsd: 0, excessUsd: 0 },
    ])

    // What is left would pay an answer, and no search.
    await limit({ for: 'installation', per: 'day', usd: 0.2 })
    await world.asks(world.david, 'search again')
    expect(world.answers().at(-1)).toMatch(LIMIT)
    expect(world.model.prompts).toHaveLength(1)
  })

  it('after a call that looked for tools more often than was reserved for: it is booked, shown, and the last', async () => {
    await limit({ for: 'installation', per: 'day', usd: 0.2 })
    world.model.says('Found, at the fourth try.', used(120_000, 1_000))
    await world.asks(world.david, 'find it')
    await comesHome()
    const [booked] = await budgets()
    const [step] = await world.rows('SELECT cost, reserve FROM steps')
    expect(booked).toMatchObject({ spentUsd: 0.25, reservedUsd: 0 })
    expect(booked?.excessUsd).toBeGreaterThan(0)
    expect(booked?.excessUsd).toBeLessThan(0.25)
    expect(step?.cost).toBe(250_000)
    expect(await seen()).toMatch(/\$0\.25 of \$0\.20 spent, \$0\.0\d more than was reserved/)

    await world.asks(world.jason, 'and for me')
    expect(world.answers().at(-1)).toMatch(LIMIT)
    expect(world.model.prompts).toHaveLength(1)
  })

  it('to the millionth: of each call its last fraction counts as one', async () => {
    assistant({ model: 'claude-haiku-5-5' })
    await limit({ for: 'installation', per: 'day', usd: 5 })
    for (const n of [1, 2, 3]) {
      world.model.says(`Answer ${n}.`, used(1, 1))
      await world.asks(world.david, `question ${n}`)
    }
    await comesHome()

    expect(await budgets()).toMatchObject([{ spentUsd: 0.000003, reservedUsd: 0 }])
  })

  it('for telling an old conversation in short, and for whoever has set up a task', async () => {
    await limit({ for: 'person:1', per: 'month', usd: 5 })
    world.model.says('One.', USED)
    await world.asks(world.david, 'one')
    world.model.says('They talked.', USED)
    const due = new Date(Date.now() + 27 * HOUR).toISOString().slice(0, 16)
    const task = { action: 'add', isPrompt: true, text: 'Count the otters.', at: due }
    world.model.uses('reminders', task, USED).says('Set.', USED)
    await world.passes(25 * HOUR)
    await world.asks(world.david, 'please count them later')
    world.model.says('Nine.', USED)
    await world.passes(3 * HOUR)
    await comesHome()

    expect(world.answers()).toEqual(['One.', 'Set.', expect.stringContaining('Nine.')])
    expect(await budgets()).toMatchObject([{ spentUsd: 5 * ANSWER, reservedUsd: 0 }])
  })

  it('and is told once, also where a turn of the same person dies on its way to it', async () => {
    const { david, office } = world
    world.model.says('One.', USED)
    await limit({ for: 'installation', per: 'day', usd: 0.2 })
    await world.asks(david, 'one')
    await comesHome()
    await limit({ for: 'installation', per: 'day', usd: ANSWER })
    await world.asks(david, 'two')
    expect(world.answers().at(-1)).toMatch(LIMIT)

    let deaths = 0
    betweenAccounts.meets = async (what, side) => {
      if (what === 'take' && side === 'before' && !deaths++) await world.dies(office)
    }
    await world.says(david, 'three', office)
    void world.rings(office).catch(() => {})
    await vi.waitFor(() => expect(deaths).toBe(1))
    await world.rings(office)
    betweenAccounts.meets = null
    expect(await world.rows('SELECT state, crashes FROM turns', office)).toEqual([
      { state: 'silent', crashes: 1 },
    ])
    expect(world.answers(office)).toEqual([])
  })

  it('and words that need no model come all the same', async () => {
    const at = new Date(Date.now() + 2 * HOUR).toISOString().slice(0, 16)
    const all = [
      { action: 'add', text: 'Feed the otters.', at },
      { action: 'add', isPrompt: true, text: 'Count the otters.', at },
    ]
    for (const one of all) world.model.uses('reminders', one).says('Set.')
    await world.asks(world.david, 'remind me')
    await world.asks(world.david, 'and count them')
    await limit({ for: 'person:1', per: 'month', usd: 0.001 })
    await world.passes(2 * HOUR)

    const [, , ...later] = world.answers()
    expect(later.toSorted()).toEqual([
      expect.stringMatching(/^Your spending limit is used up/),
      expect.stringMatching(/Feed the otters/),
    ])
  })
})

// Last: the bots that other stories change are not those that are had under other keys.
describe('a limit of a bot', () => {
  it('holds under its next name too, and can be saved under the one before', async () => {
    const theirs = { for: 'bot:assistant', per: 'day', usd: 0.15 }
    await limit(theirs)
    world.model.says('One.', used(40_000, 1_000))
    await world.asks(world.david, 'one')
    await comesHome()
    await variables({ BOT_KEYS: 'analyst=3-7876b7cdc3d5' })
    await limit(theirs, { for: 'room:2', per: 'day', usd: 5 })
    await world.asks(world.david, 'two')

    expect(world.answers()).toEqual(['One.', expect.stringMatching(/^My spending limit/)])
    const [still] = await budgets()
    expect(still).toMatchObject({ for: 'bot:assistant', spentUsd: 0.09 })
  })
})
