import { afterEach, describe, expect, it, vi } from 'vitest'
import { nameOf } from '../../src/address.ts'
import { ServerTools } from '../../src/bots/server-tools.ts'
import { SENTENCES } from '../../src/sentences.ts'
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
const { limit, patch, budgets, seen, comesHome, variables } = useLimits(world)

afterEach(() => {
  betweenAccounts.longestWait = Number.POSITIVE_INFINITY
})

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

describe('the operator is told of a limit', () => {
  const notes = async () => {
    await world.rings(world.office)
    return world.answers(world.office)
  }

  it('anew once it is raised, and when what is left pays no answer any more', async () => {
    await variables({ OPERATOR_ROOM: '2' })
    await limit({ for: 'room:1', per: 'day', usd: 0.18 })
    world.model.says('One.', used(100, 8_000)).says('Two.', used(100, 8_000))
    for (const n of [1, 2]) {
      await world.asks(world.david, `question ${n}`)
      await comesHome()
    }
    expect(await notes()).toEqual([expect.stringMatching(/^80% of .* is used: \$0\.16 of \$0\.18/)])

    await world.asks(world.david, 'question 3')
    await comesHome()
    await world.asks(world.jason, 'question 4')
    expect(world.answers().slice(2)).toEqual([
      expect.stringMatching(LIMIT),
      expect.stringMatching(LIMIT),
    ])
    expect((await notes()).slice(1)).toEqual([
      expect.stringMatching(/^89% of .* is used: \$0\.16 of \$0\.18/),
    ])

    await limit({ for: 'room:1', per: 'day', usd: 0.4 })
    world.model.says('Three.', used(100, 8_000)).says('Four.', used(100, 8_000))
    for (const n of [5, 6]) {
      await world.asks(world.david, `question ${n}`)
      await comesHome()
    }
    expect((await notes()).slice(2)).toEqual([
      expect.stringMatching(/^80% of .* is used: \$0\.32 of \$0\.40/),
    ])
    await limit({ for: 'room:1', per: 'day', usd: 0.32 })
    await comesHome()
    expect((await notes()).slice(3)).toEqual([
      expect.stringMatching(/^100% of .* is used: \$0\.32 of \$0\.32/),
    ])
  })

  it('as used up when somebody is refused, and not when it is too little to tell a conversation in short', async () => {
    await variables({ OPERATOR_ROOM: '2' })
    const spent = await talksOfMuch(3_000)
    await limit({ for: 'room:1', per: 'day', usd: spent + 0.075 })
    world.model.says('About 8.', used(9_000, 2_000))
    await world.asks(world.david, 'Topic 8')
    await comesHome()
    expect(await world.rows('SELECT * FROM compactions')).toEqual([])
    const nearly = expect.stringMatching(/^80% of /)
    await notes()
    await comesHome()
    expect(await notes()).toEqual([nearly])

    await world.asks(world.david, 'Topic 9')
    await comesHome()
    expect(world.answers().at(-1)).toMatch(LIMIT)
    expect(await notes()).toEqual([nearly, nearly])
  })
})

describe('where a limit is used up', () => {
  it('nobody hears of it again because it was lowered, and everybody because it was raised', async () => {
    for (const usd of [0.002, 0.001, 0.003]) {
      await limit({ for: 'room:1', per: 'day', usd })
      await world.asks(world.david, `with ${usd}`)
    }
    const told = await world.rows('SELECT state FROM turns')
    expect(told.map(({ state }) => state)).toEqual(['failed', 'silent', 'failed'])
  })

  describe('what was asked for a yes', () => {
    const { yesWaits } = SENTENCES.limit
    const states = () => world.rows('SELECT state FROM approvals')
    const outcomes = () => world.rows('SELECT name, state FROM tool_uses WHERE turn > 1')

    async function isAsked() {
      assistant({ approval: { attach_file: 'always' } })
      const file = { name: 'a.csv', type: 'csv', content: 'a,b\n' }
      world.model.uses('attach_file', file, USED)
      await world.asks(world.david, 'make a list')
    }

    it('goes on waiting through a yes: nothing is done, that is said, and a yes later does it', async () => {
      await isAsked()
      await limit({ for: 'installation', per: 'day', usd: 0.001 })
      await world.asks(world.david, 'are you there?', world.office)
      for (const said of ['yes', 'yes']) {
        await world.asks(world.david, said)
        expect(world.answers().at(-1)).toMatch(LIMIT)
        expect(world.answers().at(-1)).toContain(yesWaits)
        expect(await states()).toEqual([{ state: 'waiting' }])
      }
      expect((await outcomes()).map(({ state }) => state)).toEqual(['error', 'error'])
      expect(world.answers()[0]).not.toContain('Approved')
      expect(world.model.prompts).toHaveLength(1)

      await limit({ for: 'installation', per: 'day', usd: 5 })
      world.model.says('There it is.', USED)
      await world.asks(world.david, 'yes')
      expect(world.answers().at(-1)).toBe('There it is.')
      expect(await states()).toEqual([{ state: 'granted' }])
      expect((await outcomes()).at(-1)).toEqual({ name: 'attach_file', state: 'ok' })
      expect(world.answers()[0]).toContain('Approved by David')
    })

    it('and had its yes, but no money for a day, is let go with the truth about it', async () => {
      await isAsked()
      await limit({ for: 'installation', per: 'month', usd: 0.001 })
      await world.asks(world.david, 'yes')
      await world.passes(25 * HOUR)

      const late = SENTENCES.approval.unpaid('attach_file')
      expect(world.answers().slice(2)).toEqual([late])
      expect(await states()).toEqual([{ state: 'expired' }])
      await world.asks(world.david, 'why')
      expect(world.answers().at(-1)).toContain(SENTENCES.why.reasons['approval unpaid'])
      // Nor does another yes do it then.
      await limit({ for: 'installation', per: 'month', usd: 5 })
      world.model.says('They talked.', USED).says('Too late.', USED)
      await world.asks(world.david, 'yes')
      expect(
        world.campfire.postsOf(world.assistant, world.watercooler).some(({ file }) => file),
      ).toBe(false)
    })

    it.each(['before', 'after'] as const)(
      'is not in doubt where the bot dies %s it asks for what it may spend',
      async (when) => {
        await isAsked()
        await limit({ for: 'installation', per: 'day', usd: 5 })
        let deaths = 0
        betweenAccounts.meets = async (what, side) => {
          if (what === 'take' && side === when && !deaths++) await world.dies()
        }
        world.model.says('There it is.', USED)
        await world.says(world.david, 'yes')
        await world.rings().catch(() => {})
        await world.rings()
        betweenAccounts.meets = null

        expect(deaths).toBeGreaterThan(0)
        expect((await outcomes()).map(({ state }) => state)).toEqual(['ok'])
        expect(world.answers().at(-1)).toBe('There it is.')
      },
    )

    it('is withdrawn where the bot dies each time that it asks for what it may spend', async () => {
      await isAsked()
      await limit({ for: 'installation', per: 'day', usd: 5 })
      betweenAccounts.meets = async (what) => {
        if (what === 'take') await world.dies()
      }
      await world.says(world.david, 'yes')
      for (let life = 0; life < 8; life++) {
        await world.handles()
        vi.setSystemTime(Date.now() + 10 * MINUTE)
      }
      betweenAccounts.meets = null
      await world.passes(MINUTE)

      expect(world.answers().at(-1)).toMatch(/^Sorry, I ran into trouble/)
      expect(await states()).toEqual([{ state: 'withdrawn' }])
      expect(world.answers()[0]).toContain(SENTENCES.approval.withdrawn)
    })

    it('is not in doubt where the account is out of reach for a while', async () => {
      await isAsked()
      await limit({ for: 'installation', per: 'day', usd: 5 })
      let fails = 0
      betweenAccounts.meets = async (what, side) => {
        if (what === 'take' && side === 'before' && !fails++) throw new Error('Network lost')
      }
      world.model.says('There it is.', USED)
      await world.asks(world.david, 'yes')
      await world.passes(MINUTE)
      betweenAccounts.meets = null

      expect(fails).toBeGreaterThan(0)
      expect((await outcomes()).map(({ state }) => state)).toEqual(['ok'])
    })

    it('waits as well where nobody can say what may be spent', async () => {
      await isAsked()
      await variables({ BUDGETS: 'nonsense' })
      await world.asks(world.david, 'yes')

      expect(world.answers().at(-1)).toContain(yesWaits)
      expect(await states()).toEqual([{ state: 'waiting' }])
    })

    /** The yes is there, and what is left is reserved for somebody else's answer. */
    async function waitsForOthers() {
      assistant({ maxTokens: 8_000 })
      betweenAccounts.longestWait = 20
      await limit({ for: 'installation', per: 'day', usd: 0.2 })
      const gate = Promise.withResolvers<void>()
      world.model.says('First.', USED).waits(gate.promise)
      await world.says(world.jason, 'one', world.office)
      const first = world.rings(world.office)
      await vi.waitFor(() => expect(world.model.prompts).toHaveLength(2))
      await world.says(world.david, 'yes')
      const second = world.rings()
      const name = nameOf({ url: world.campfire.origin, room: 1, bot: world.assistant.id })
      const tries = betweenAccounts.takes.get(name) ?? 0
      await vi.waitFor(() => expect(betweenAccounts.takes.get(name)).toBeGreaterThan(tries + 1))
      expect(await states()).toEqual([{ state: 'granted' }])
      expect((await outcomes()).map(({ state }) => state)).toEqual(['intended'])
      expect(world.answers()[0]).not.toContain('Approved')
      return { first, second, answer: gate.resolve }
    }

    it('is withdrawn by a stop while it waits for what it may cost, and nobody has said yes to it then', async () => {
      await isAsked()
      const { first, second, answer } = await waitsForOthers()
      await world.says(world.david, 'stop')
      await second
      answer()
      await first
      expect(world.answers().at(-1)).toBe(SENTENCES.stopped)
      expect(await states()).toEqual([{ state: 'withdrawn' }])
      expect(world.answers()[0]).toContain(SENTENCES.approval.withdrawn)

      // Where a yes holds for all of the conversation, this one does not.
      await limit()
      assistant({ approval: { attach_file: 'once' } })
      world.model.uses('attach_file', { name: 'b.csv', type: 'csv', content: 'a,b\n' }, USED)
      await world.asks(world.david, 'make it after all')
      expect(world.answers().at(-1)).toContain('b.csv')
      expect((await states()).at(-1)).toEqual({ state: 'waiting' })
    })

    it('is done with its yes where the rest comes free, and asked for nothing twice', async () => {
      await isAsked()
      const { first, second, answer } = await waitsForOthers()
      world.model.says('There it is.', USED)
      answer()
      await Promise.all([first, second])

      expect(world.answers().at(-1)).toBe('There it is.')
      expect((await outcomes()).map(({ state }) => state)).toEqual(['ok'])
      expect(world.answers()[0]).toContain('Approved by David')
    })
  })
})

describe('a conversation that is told in short under a limit', () => {
  const short = () => world.rows('SELECT state, error, cost, reserve FROM compactions')

  it('is reserved by what was counted, settled by what it came to, and not asked for when little is left', async () => {
    const spent = await talksOfMuch(900)
    // Enough for one more answer, and not for telling it all in short after that.
    await limit({ for: 'room:1', per: 'day', usd: spent + 0.075 })
    world.model.says('About 8.', used(9_000, 2_000))
    await world.asks(world.david, 'Topic 8')
    await comesHome()
    expect(world.answers().at(-1)).toBe('About 8.')
    expect(await short()).toEqual([])
    const [before] = await budgets()
    expect(before).toMatchObject({ reservedUsd: 0 })

    await limit({ for: 'room:1', per: 'day', usd: 5 })
    world.model.says('About 9.', used(9_600, 100)).compacts('They went through topics 1 to 6.')
    await world.asks(world.david, 'Topic 9')
    await comesHome()
    const [row] = await short()
    const { amount } = JSON.parse(String(row?.reserve))
    expect(row?.state).toBe('used')
    // Some 28,000 bytes of it are known to be 9,600 tokens.
    expect(amount).toBeLessThan(14_000 * 2.5 * 1.1 + 4_000 * 10 * 1.1)
    expect(amount).toBeGreaterThan(9_600 * 2.5 * 1.1 + 4_000 * 10 * 1.1)
    const [steps] = await world.rows('SELECT sum(cost) AS cost FROM steps')
    expect(await budgets()).toMatchObject([
      { spentUsd: (Number(steps?.cost) + Number(row?.cost)) / 1e6, reservedUsd: 0, excessUsd: 0 },
    ])
    expect(Number(row?.cost)).toBeLessThan(amount)
  })
})

describe('what is sent to PATCH /budgets', () => {
  const day = '"for": "installation", "per": "day"'
  it.each([
    'NaN',
    'null',
    '[]',
    '{}',
    '{"budgets": {}}',
    `{"budgets": [{${day}, "usd": NaN}]}`,
    `{"budgets": [{${day}, "usd": 1e999}]}`,
    `{"budgets": [{${day}, "usd": -0.000001}]}`,
    `{"budgets": [{${day}, "usd": 0.0000001}]}`,
    `{"budgets": [{${day}, "usd": 1000001}]}`,
    `{"budgets": [{${day}, "usd": true}]}`,
    `{"budgets": [{${day}}]}`,
    `{"budgets": [[${JSON.stringify('installation')}, "day", 5]]}`,
    `{"budgets": [{"for": "room:1e3", "per": "day", "usd": 5}]}`,
    `{"budgets": [{"for": "person:-1", "per": "day", "usd": 5}]}`,
    `{"budgets": [{"for": "bot:__proto__", "per": "day", "usd": 5}]}`,
    `{"budgets":[${Array(501).fill(`{${day}, "usd": 5}`).join()}]}`,
    `{"budgets": [], "revision": 9}`,
  ])('is refused, and what held goes on to hold: %s', async (body) => {
    await limit({ for: 'room:2', per: 'week', usd: 7 })
    const answer = await patch(body)

    expect(answer.status).toBe(400)
    expect(await budgets()).toMatchObject([{ for: 'room:2', per: 'week', usd: 7 }])
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

/** So much that the next answer makes it worth telling in short. What it has cost. */
async function talksOfMuch(tokens: number) {
  assistant({ compactAt: 1_000_000, reply: 'whole', fallbackModel: undefined, tools: [] })
  await limit({ for: 'room:1', per: 'day', usd: 5 })
  const long = 'so it is and was. '.repeat(500)
  for (const topic of [3, 5, 7]) {
    world.model.says(`About ${topic}: ${long}`, used(200 + 900 * topic, tokens))
    await world.asks(world.david, `Topic ${topic}`)
  }
  assistant({ compactAt: 5_000, maxTokens: 4_000 })
  await comesHome()
  const [{ spentUsd = 0 } = {}] = await budgets()
  return spentUsd
}
