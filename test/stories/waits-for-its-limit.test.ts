import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { nameOf } from '../../src/address.ts'
import { SENTENCES } from '../../src/sentences.ts'
import type { Someone } from '../campground/composer.ts'
import { useBotChanges } from '../support/bots.ts'
import { used, useLimits } from '../support/limits.ts'
import { betweenAccounts } from '../support/worker.ts'
import { useWorld } from '../support/world.ts'

const MINUTE = 60_000
/** What an answer here comes to, in dollars. */
const ANSWER = 0.03
const USED = used(10_000, 1_000)
/** Worth one call at its worst, and not two. */
const TIGHT = { for: 'installation', per: 'day', usd: 0.2 }

const world = useWorld()
const assistant = useBotChanges()
const { limit, budgets, comesHome, account } = useLimits(world)

afterEach(() => {
  betweenAccounts.longestWait = Number.POSITIVE_INFINITY
})

describe('a turn that finds the rest reserved for another', () => {
  it('says so after thirty seconds, and is answered when it is free', async () => {
    const { first, second, answer } = await oneWaits()
    await vi.waitFor(() => expect(triesOf(world.office)).toBeGreaterThan(1))
    expect(world.answers(world.office)).toEqual([])
    vi.setSystemTime(Date.now() + 29_000)
    const tries = triesOf(world.office)
    await vi.waitFor(() => expect(triesOf(world.office)).toBeGreaterThan(tries + 1))
    expect(world.answers(world.office)).toEqual([])
    vi.setSystemTime(Date.now() + 2_000)
    await vi.waitFor(() => expect(world.answers(world.office)).toEqual([SENTENCES.limit.waits]))
    answer()
    await Promise.all([first, second])

    expect(world.answers(world.watercooler)).toEqual(['First.'])
    expect(world.answers(world.office).at(-1)).toBe('Second.')
  })

  it('answers what its asker has said meanwhile too, in one call', async () => {
    const { first, second, answer } = await oneWaits()
    await world.says(world.jason, 'and three', world.office)
    answer()
    await Promise.all([first, second])

    expect(world.answers(world.office)).toEqual(['Second.'])
    const asked = JSON.stringify(world.model.prompts[1]?.messages)
    expect(asked).toMatch(/two.*and three/s)
    expect(world.model.prompts).toHaveLength(2)
  })

  it('asks nothing once somebody has said stop', async () => {
    const { first, second, answer } = await oneWaits()
    world.model.forget()
    await world.says(world.jason, 'stop', world.office)
    await second
    answer()
    await first

    expect(world.answers(world.office)).toEqual([SENTENCES.stopped])
    expect(world.model.prompts).toHaveLength(1)
  })

  it('goes on as soon as there is more, or no limit any longer', async () => {
    const { first, second, answer } = await oneWaits()
    await limit({ ...TIGHT, usd: 2 })
    await second
    expect(world.answers(world.office)).toEqual(['Second.'])
    answer()
    await first
  })

  it('is not told that a limit is used up while it is only reserved, and is told when it is spent', async () => {
    const { first, second, answer } = await oneWaits(used(90_000, 1_000))
    world.model.forget()
    answer()
    await Promise.all([first, second])

    expect(world.answers(world.office)).toEqual([expect.stringMatching(/spending limit/)])
    expect(world.model.prompts).toHaveLength(1)
  })

  it('hears the truth when its minutes are over before that, and is told when it is spent, too', async () => {
    const { first, second, answer } = await oneWaits(used(90_000, 1_000), { minutes: 1 })
    vi.setSystemTime(Date.now() + 51_000)
    await second
    expect(world.answers(world.office)).toEqual([SENTENCES.limit.tiedUp])
    world.model.forget()
    answer()
    await first
    await world.asks(world.jason, 'and now?', world.office)

    expect(world.answers(world.office).slice(1)).toEqual([
      expect.stringMatching(/spending limit .* is used up until/),
    ])
    expect(world.model.prompts).toHaveLength(1)
  })
})

describe('a person who asks in two rooms at once', () => {
  it('never spends more than theirs: the second answer waits for what the first leaves', async () => {
    const { first, second, answer } = await oneWaits(USED, {
      limits: { ...TIGHT, for: 'person:1' },
      asker: world.david,
    })
    const [theirs] = await budgets()
    expect((theirs?.spentUsd ?? 0) + (theirs?.reservedUsd ?? 0)).toBeLessThanOrEqual(TIGHT.usd)
    answer()
    await Promise.all([first, second])
    await comesHome()

    expect(world.answers(world.office)).toEqual(['Second.'])
    expect(await budgets()).toMatchObject([{ spentUsd: 2 * ANSWER, reservedUsd: 0 }])
  })
})

describe('a limit of a person', () => {
  it('counts for a bot that asks as it counts for people', async () => {
    const robo = world.campfire.addBot('Robo')
    world.campfire.rooms.get(1).members.push(robo.id)
    await limit({ for: `person:${robo.id}`, per: 'day', usd: 0.001 })
    await world.asks(robo, 'do it')
    await world.asks(robo, 'do it again')
    world.model.says('For David.')
    await world.asks(world.david, 'and me?')

    expect(world.answers()).toEqual([
      expect.stringMatching(/^Your spending limit is used up/),
      'For David.',
    ])
  })
})

describe('what nobody uses any more', () => {
  it('comes home by the alarm that was set when it was lent, with nobody there', async () => {
    await limit({ for: 'installation', per: 'day', usd: 5 })
    world.model.says('One.', USED)
    await world.asks(world.david, 'one')
    expect(await reserved()).toBeGreaterThan(0)
    await evictDurableObject(world.room())
    await evictDurableObject(account())

    const lent = Date.now()
    for (let rings = 0; rings < 9 && (await reserved()) > 0; rings++) {
      const due = await runInDurableObject(account(), (_, { storage }) => storage.getAlarm())
      expect(due).not.toBeNull()
      vi.setSystemTime(Math.max(Date.now(), Number(due)))
      await runDurableObjectAlarm(account())
    }

    expect(Date.now() - lent).toBeLessThanOrEqual(60 * MINUTE)
    expect(await budgets()).toMatchObject([{ spentUsd: ANSWER, reservedUsd: 0 }])
    await runDurableObjectAlarm(account())
    const due = await runInDurableObject(account(), (_, { storage }) => storage.getAlarm())
    expect(due).toBeNull()
  })

  async function reserved() {
    const [one] = await budgets()
    return one?.reservedUsd ?? 0
  }
})

/** One turn is at its call, and another waits for what that will leave. */
async function oneWaits(
  usage = USED,
  {
    limits = TIGHT,
    asker = world.jason,
    minutes = 10,
  }: { limits?: typeof TIGHT; asker?: Someone; minutes?: number } = {},
) {
  assistant({ maxTokens: 8_000, limits: { steps: 30, minutes, outputTokens: 60_000 } })
  betweenAccounts.longestWait = 20
  await limit(limits)
  const gate = Promise.withResolvers<void>()
  world.model.says('First.', usage).waits(gate.promise)
  world.model.says('Second.', USED)
  await world.says(world.david, 'one', world.watercooler)
  await world.says(asker, 'two', world.office)
  const first = world.rings(world.watercooler)
  await vi.waitFor(() => expect(world.model.prompts).toHaveLength(1))
  const before = triesOf(world.office)
  const second = world.rings(world.office)
  await vi.waitFor(() => expect(triesOf(world.office)).toBeGreaterThan(before))
  expect(world.model.prompts).toHaveLength(1)
  return { first, second, answer: gate.resolve }
}

function triesOf(room: { id: number }) {
  const name = nameOf({ url: world.campfire.origin, room: room.id, bot: world.assistant.id })
  return betweenAccounts.takes.get(name) ?? 0
}
