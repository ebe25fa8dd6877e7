import { runInDurableObject } from 'cloudflare:test'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Room } from '../../src/room.ts'
import { isEmpty } from '../../src/storage.ts'
import { ask } from '../operator/ask.ts'
import { useLimits } from '../support/limits.ts'
import { until, within } from '../support/until.ts'
import { betweenPeople, bill, pace } from '../support/worker.ts'
import { useWorld } from '../support/world.ts'

const MINUTE = 60_000
const UNSIGNED = JSON.stringify([{ message: 1, boost: null }])

describe('a message that arrives while nothing is under way', () => {
  const world = useWorld()
  const { limit } = useLimits(world)
  beforeEach(() => {
    pace.beginsAtOnce = true
  })
  afterEach(() => {
    pace.beginsAtOnce = false
    betweenPeople.meets = null
  })

  it('is answered though no alarm has fired, and the next one is set for what is due then', async () => {
    world.model.says('One.')
    await world.says(world.david, 'one')
    await answered(1)
    await until(async () => (await world.wakesIn()) === MINUTE)
  })

  it('is not answered again by an alarm that fires when all is over', async () => {
    world.model.says('One.')
    await world.says(world.david, 'one')
    await answered(1)
    await world.handles()
    await world.rings()
    expect(world.answers()).toEqual(['One.'])
  })

  it('has the alarm wait for it while it is under way', async () => {
    const gate = Promise.withResolvers<void>()
    world.model.says('One.').waits(gate.promise)
    await world.says(world.david, 'one')
    await until(() => world.model.prompts.length === 1)
    let isOver = false
    const alarm = world.handles().then(() => {
      isOver = true
    })
    for (let turns = 0; turns < 20; turns++) await new Promise((resolve) => setTimeout(resolve))
    expect(isOver).toBe(false)

    gate.resolve()
    await alarm
    expect(world.answers()).toEqual(['One.'])
    expect(world.model.prompts).toHaveLength(1)
  })

  it('leaves whoever speaks meanwhile their own turn after it', async () => {
    const gate = Promise.withResolvers<void>()
    world.model.says('One.').waits(gate.promise).says('Two.')
    await world.says(world.david, 'one')
    await until(() => world.model.prompts.length === 1)
    await world.says(world.jason, 'two')
    gate.resolve()
    await answered(2)
    expect(world.answers()).toEqual(['One.', 'Two.'])
  })

  it('is answered after a death, by the alarm that was set with it', async () => {
    world.model.says('One.')
    let deaths = 0
    world.fault = async ({ url }, when) =>
      when === 'before' && url.includes('anthropic') && deaths++ === 0 ? world.dies() : undefined
    await world.says(world.david, 'one')
    await until(() => deaths === 1)
    await world.rings()
    expect(world.answers()).toEqual(['One.'])
  })

  describe('while its asker is looked up, in a room that need not be listed', () => {
    beforeEach(async () => {
      world.model.says('One.').says('Two.')
      await world.says(world.david, 'one')
      await answered(1)
      await atRest()
    })

    it('is written down behind that, together with its turn', async () => {
      const count = 'SELECT count(*) AS messages FROM messages'
      const written: unknown[] = []
      betweenPeople.meets = async (what, side, { storage }) => {
        if (what === 'recall' && side === 'after') written.push(...storage.sql.exec(count))
      }
      await world.says(world.david, 'two')
      await answered(2)
      expect([...written, ...(await world.rows(count))]).toEqual([{ messages: 1 }, { messages: 2 }])
    })

    it('is acknowledged soon, whatever becomes of that', async () => {
      betweenPeople.meets = () => new Promise(() => {})
      await within(3_000, world.says(world.david, 'two'))
      await answered(2)
      expect(world.answers()).toEqual(['One.', 'Two.'])
    })

    it('is handed over again when the room dies by then', async () => {
      let deaths = 0
      betweenPeople.meets = async () => {
        if (deaths++ === 0) await world.dies()
      }
      await world.says(world.david, 'two')
      await answered(2)
      expect(world.answers()).toEqual(['One.', 'Two.'])
      expect(deaths).toBeGreaterThan(1)
    })
  })

  it('costs no more rows than by the alarm', async () => {
    const costs: number[] = []
    for (const beginsAtOnce of [false, true]) {
      pace.beginsAtOnce = beginsAtOnce
      const before = world.answers().length
      world.model.says('Well.').says('Well.')
      await world.says(world.david, 'first')
      if (!beginsAtOnce) await world.rings()
      await answered(before + 1)
      await atRest()
      bill.start()
      await world.says(world.david, 'second')
      if (!beginsAtOnce) await world.rings()
      await answered(before + 2)
      await atRest()
      costs.push(bill.written())
    }
    expect(costs[1]).toBe(costs[0])
  })

  it('that is so long that it may bring us down is on disk first', async () => {
    world.model.says('One.')
    await world.says(world.david, 'one '.repeat(3_000))
    for (let turns = 0; turns < 20; turns++) await new Promise((resolve) => setTimeout(resolve))
    expect(world.model.prompts).toHaveLength(0)
    await world.rings()
    expect(world.answers()).toEqual(['One.'])
  })

  it('is taken up anew where what it began gives no sign of life any more', async () => {
    const every = setInterval
    const watching = vi.spyOn(globalThis, 'setInterval')
    watching.mockImplementation((look) => every(look, 1))
    world.model.says('One.')
    // As if the platform had given up the work with the request that began it: it never goes on.
    let lost = false
    world.fault = async ({ url }, when) => {
      if (when === 'after' || lost || !url.includes('anthropic')) return undefined
      lost = true
      return await new Promise<never>(() => {})
    }
    await world.says(world.david, 'one')
    await until(() => lost)
    const alarm = runInDurableObject(world.room(), (room: Room) => room.alarm()).catch(
      (error) => error,
    )
    await until(() => watching.mock.calls.length > 0)
    // What was still to be written of its beginning is a sign of life.
    await until(async () => (await world.rows('SELECT signs FROM turns'))[0]?.signs !== UNSIGNED)
    await new Promise((resolve) => every(resolve, 20))
    vi.setSystemTime(Date.now() + 3 * MINUTE)
    const inTime = new Promise((resolve) => setTimeout(resolve, 2_000, 'it still waits'))
    const outcome = await Promise.race([alarm, inTime])
    if (outcome === 'it still waits') void world.dies()
    expect(outcome).toMatchObject({ durableObjectReset: true })
    await world.rings()
    expect(world.answers()).toEqual(['One.'])
  })

  it('goes by a limit that was set a moment before, where nobody had spoken yet', async () => {
    await ask('PATCH', '/rooms/1/assistant/settings', { reply: 'whole' })
    await limit({ for: 'installation', per: 'day', usd: 0.000_001 })
    await world.says(world.david, 'one')
    await answered(1)
    expect(world.model.prompts).toHaveLength(0)
    expect(world.answers()).toEqual([expect.stringMatching(/spending limit/)])
  })

  it('goes by a limit that was set while the room was listed for long', async () => {
    const gate = Promise.withResolvers<void>()
    let lists = 0
    world.fault = async ({ method }, when) => {
      if (method === 'GET' && when === 'before' && lists++ === 0) await gate.promise
      return undefined
    }
    await world.says(world.david, 'one')
    await until(() => lists === 1)
    await limit({ for: 'installation', per: 'day', usd: 0.000_001 })
    vi.setSystemTime(Date.now() + 6_000)
    gate.resolve()
    await answered(1)
    expect(world.model.prompts).toHaveLength(0)
  })

  it('beside others of the same instant: each is answered once, one after the other', async () => {
    // Nobody is so far yet that anything is under way when the next one comes.
    const later = setTimeout
    const timers = vi.spyOn(globalThis, 'setTimeout')
    timers.mockImplementation((work, ms) => later(work, ms || 100))
    world.model.says('One.').says('Two.').says('Three.')
    await Promise.all([
      world.says(world.david, 'one'),
      world.says(world.jason, 'two'),
      world.says(world.kevin, 'three'),
    ])
    timers.mockRestore()
    await answered(3)
    expect(await world.rows('SELECT sum(crashes) AS crashes FROM turns')).toEqual([{ crashes: 0 }])
    expect(world.answers().toSorted()).toEqual(['One.', 'Three.', 'Two.'])
  })

  async function answered(times: number) {
    await until(() => world.answers().length === times)
  }

  async function atRest() {
    await until(async () => (await world.wakesIn()) === MINUTE)
  }
})

describe('where something may have been said in between', () => {
  const world = useWorld()
  beforeEach(() => {
    pace.beginsAtOnce = true
  })
  afterEach(() => {
    pace.beginsAtOnce = false
  })

  it('the room is listed once, and what it shows is read', async () => {
    world.model.says('One.').says('Two.')
    await world.says(world.david, 'one')
    await until(async () => (await world.wakesIn()) === MINUTE)
    await world.posts(world.jason, { text: 'to nobody' })
    let lists = 0
    world.fault = async ({ method }, when) => {
      if (method === 'GET' && when === 'before') lists++
      return undefined
    }
    await world.says(world.david, 'two')
    await until(() => world.answers().length === 2)
    expect(lists).toBe(1)
    expect(JSON.stringify(world.model.prompts.at(-1)?.messages)).toContain('to nobody')
  })

  it.each(['watercooler', 'direct'] as const)(
    'in a room that is new (the %s) it is listed once, before there is any table',
    async (where) => {
      const room = world[where]
      const wasEmpty: boolean[] = []
      world.fault = async ({ method }, when) => {
        const storage = world.storage(room) ?? expect.fail()
        if (method === 'GET' && when === 'before') wasEmpty.push(isEmpty(storage.sql))
        return undefined
      }
      world.model.says('Hello.')
      await world.says(world.david, 'hello', room)
      await until(() => world.answers(room).length === 1)
      expect(wasEmpty).toEqual([true])
    },
  )
})
