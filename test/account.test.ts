import { evictDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it, vi } from 'vitest'
import { ZERO } from '../src/account/sums.ts'
import { Account } from '../src/account.ts'
import app from '../src/index.ts'
import { sessionStats } from '../src/operator/stats.ts'
import type { RoomReport } from '../src/runtime.ts'
import type { TurnReport } from '../src/tables/room/turns.ts'
import { OUT_OF_ORDER } from './support/worker.ts'
import { useWorld } from './support/world.ts'

const DAY = 86_400_000
const MINUTE = 60_000

const world = useWorld()

describe('the account', () => {
  it('counts a turn that is told twice once', async () => {
    await account().report('here', report([turn(1), turn(2)]))
    await account().report('here', report([turn(1), turn(2)]))
    await account().report('here', report([turn(2), turn(3)]))

    const [entry] = await account().rooms()
    expect(entry?.sums).toMatchObject({ turns: 3, replied: 3, cold: 3, steps: 6, cost: 300 })
  })

  it('counts each room for itself, and names the one that told last first', async () => {
    await account().report('here', report([turn(1)]))
    vi.setSystemTime(Date.now() + 1_000)
    await account().report('there', report([turn(1), turn(2)], { room: 2, waiting: 4 }))

    expect(await account().rooms()).toMatchObject([
      { name: 'there', room: 2, waiting: 4, busy: false, sums: { turns: 2 } },
      { name: 'here', room: 1, waiting: 0, busy: false, sums: { turns: 1 } },
    ])
  })

  it('knows a room whose first turn is not over yet', async () => {
    await account().report('here', report([], { busy: true }))

    expect(await account().rooms()).toMatchObject([{ name: 'here', busy: true, sums: ZERO }])
  })

  it('counts what has no price, and a turn without any step', async () => {
    const none = { cost: null, input_tokens: null, cached_tokens: null, output_tokens: null }
    const priceless = turn(1, { ...none, state: 'failed', tier: 'warm' })
    const stepless = turn(2, { ...none, steps: 0 })
    await account().report('here', report([priceless, stepless]))

    const [entry] = await account().rooms()
    expect(entry?.sums).toMatchObject({ turns: 2, failed: 1, warm: 1, unpriced: 1, cost: 0 })
  })
})

describe('what has no price', () => {
  it('is counted for a turn of which only a part has one, and for a session told in short', async () => {
    const short = { id: 1, cost: null, input_tokens: 5, cached_tokens: 0, output_tokens: 5 }
    const turns = [turn(1, { cost: 100, unpriced: 1 }), turn(2, { cost: 100, unpriced: 0 })]
    await account().report('here', report(turns, { compactions: [short] }))

    const [entry] = await account().rooms()
    expect(entry?.sums).toMatchObject({ cost: 200, unpriced: 2 })
  })

  it.each([
    [0, 1, null],
    [0, 0, 0],
    [2_000_000, 1, 2],
  ])('of %i, with %i of no price, is told as %s dollars', (cost, unpriced, dollars) => {
    const sums = { ...ZERO, cost, unpriced }
    const told = { busy: false, waiting: 0, told: 0, title: null, direct: false, health: null }
    const room = { name: 'here', room: 1, bot: 3, ...told, sums }
    expect(sessionStats([room], 0).costDollars).toBe(dollars)
  })
})

describe('what a Campfire can do', () => {
  it('is remembered for a day, and then found out anew', async () => {
    expect(await account().abilities()).toEqual({})

    await account().report('here', report([], { abilities: { list: false } }))
    vi.setSystemTime(Date.now() + DAY - 1)
    expect(await account().abilities()).toEqual({ list: false })

    vi.setSystemTime(Date.now() + 1)
    expect(await account().abilities()).toEqual({})
  })

  it('is not remembered any longer because more is found out, or the same again', async () => {
    await account().report('here', report([], { abilities: { list: false } }))
    vi.setSystemTime(Date.now() + DAY - 1)
    await account().report('here', report([], { abilities: { list: false, edit: false } }))
    expect(await account().abilities()).toEqual({ list: false, edit: false })

    vi.setSystemTime(Date.now() + 1)
    expect(await account().abilities()).toEqual({})
  })

  it('is what was found last', async () => {
    await account().report('here', report([], { abilities: { list: false } }))
    await account().report('there', report([], { abilities: { list: true } }))

    expect(await account().abilities()).toEqual({ list: true })
  })
})

describe('a turn does not wait for the account', () => {
  it('when it never answers', async () => {
    const never = Promise.withResolvers<never>()
    never.promise.catch(() => {})
    vi.spyOn(Account.prototype, 'report').mockReturnValue(never.promise as never)
    vi.spyOn(Account.prototype, 'knownTo').mockReturnValue(never.promise as never)
    world.model.says('One.').says('Two.')

    await world.asks(world.david, 'one')
    await world.asks(world.david, 'two')

    expect(world.answers()).toEqual(['One.', 'Two.'])
    expect(Account.prototype.report).toHaveBeenCalled()
    expect(Account.prototype.knownTo).toHaveBeenCalled()
    never.reject(new Error('over'))
  })

  it('when it fails', async () => {
    const lines: string[] = []
    vi.spyOn(console, 'warn').mockImplementation((line) => lines.push(line))
    const fail = () => {
      throw new Error(OUT_OF_ORDER)
    }
    vi.spyOn(Account.prototype, 'report').mockImplementation(fail)
    vi.spyOn(Account.prototype, 'knownTo').mockImplementation(fail)
    world.model.says('One.')

    await world.asks(world.david, 'one')

    expect(world.answers()).toEqual(['One.'])
    await vi.waitFor(() => expect(lines.join()).toContain('account.not_reached'))
    expect(lines.join()).toContain(OUT_OF_ORDER)
  })

  it('and tells it later what it missed', async () => {
    const report = vi.spyOn(Account.prototype, 'report').mockImplementation(() => {
      throw new Error(OUT_OF_ORDER)
    })
    world.model.says('One.').says('Two.')
    await world.asks(world.david, 'one')
    report.mockRestore()
    await evictDurableObject(world.room())
    await world.asks(world.david, 'two')
    await world.room().tellNow()

    expect(await account().rooms()).toMatchObject([{ sums: { turns: 2 } }])
  })
})

describe('a room tells the account', () => {
  it('that it is there when its first turn begins, and of twenty turns at once', async () => {
    const told = spied()
    for (let n = 0; n < 41; n++) {
      if (n % 7 === 6) await evictDurableObject(world.room())
      world.model.says(`Answer ${n}.`)
      await world.asks(world.david, `question ${n}`)
    }
    // What this Campfire can do is known when its first sign stands.
    await vi.waitFor(() => expect(told()).toEqual([0, 1, 20, 20]))
  })

  it('in ten minutes at the latest, if anybody talks or not', async () => {
    const told = spied()
    world.model.says('One.').says('Two.').says('Three.')
    await world.asks(world.david, 'one')
    await world.asks(world.david, 'two')
    await vi.waitFor(() => expect(told()).toEqual([0, 1]))
    await world.passes(10 * MINUTE)
    await vi.waitFor(() => expect(told()).toEqual([0, 1, 1]))
    await world.passes(50 * MINUTE)
    await world.asks(world.david, 'three')
    await vi.waitFor(() => expect(told()).toEqual([0, 1, 1, 0]))
  })

  it('at once when an operator asks', async () => {
    const told = spied()
    world.model.says('One.')
    await world.asks(world.david, 'one')
    await operator('/session/stats')
    expect(told()).toEqual([0, 1])
    await operator('/session/stats')
    expect(told()).toEqual([0, 1])
  })

  it('and hears from it what this Campfire can do, so that no later life has to ask', async () => {
    const asked = vi.spyOn(Account.prototype, 'knownTo')
    const told = spied()
    world.model.says('One.').says('Two.')
    await world.asks(world.david, 'one')
    await world.room().tellNow()
    await evictDurableObject(world.room())
    await world.asks(world.david, 'two')
    // It looks at the same itself whenever it is told something.
    expect(asked.mock.calls.length - told().length).toBe(1)
  })

  /** How many turns each report told. */
  function spied() {
    const report = vi.spyOn(Account.prototype, 'report')
    return () => report.mock.calls.map(([, { turns }]) => turns.length)
  }

  async function operator(path: string) {
    const headers = { authorization: `Bearer ${env.ADMIN_TOKEN}` }
    const answer = await app.fetch(new Request(`https://bots.example.com${path}`, { headers }), env)
    expect(answer.status).toBe(200)
  }
})

function account() {
  return env.ACCOUNTS.getByName('https://chat.example.com')
}

function report(turns: TurnReport[], changes: Partial<RoomReport> = {}): RoomReport {
  return { room: 1, bot: 3, busy: false, waiting: 0, turns, abilities: {}, ...changes }
}

function turn(id: number, changes: Partial<TurnReport> = {}): TurnReport {
  return {
    id,
    state: 'replied',
    tier: 'cold',
    started: Date.now() - 1_000,
    ended: Date.now(),
    steps: 2,
    cost: 100,
    input_tokens: 50,
    cached_tokens: 20,
    output_tokens: 10,
    ...changes,
  }
}
