import { evictDurableObject } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import { describe, expect, it, vi } from 'vitest'
import app from '../../src/index.ts'
import { Health, QueueStats, SessionStats } from '../../src/operator/schemas.ts'
import { useWorld } from '../support/world.ts'
import { HOME, read } from './ask.ts'

const world = useWorld()

describe('health', () => {
  it('is open, and counts the bots', async () => {
    const answer = await exports.default.fetch(`${HOME}/health`)

    expect(Health.parse(await answer.json())).toMatchObject({ bots: 2, brokenBots: 0 })
  })

  it('counts what is broken, and names nothing', async () => {
    const BOT_KEYS = 'assistant=3-7876b7cdc3d5,analyst=nonsense,ghost=9-abc'
    const answer = await app.fetch(new Request(`${HOME}/health`), { ...env, BOT_KEYS })
    const text = await answer.text()

    expect(Health.parse(JSON.parse(text))).toMatchObject({ bots: 1, brokenBots: 2 })
    expect(text).not.toMatch(/analyst|ghost|nonsense|9-abc/)
  })

  it('is alive without any bots', async () => {
    const answer = await app.fetch(new Request(`${HOME}/health`), { ...env, BOT_KEYS: undefined })

    expect(Health.parse(await answer.json())).toMatchObject({ bots: 0, brokenBots: 0 })
  })
})

describe('the queue', () => {
  it('is empty at first, and again when all is answered', async () => {
    const nothing = { waiting: 0, running: 0, oldestMs: 0, rooms: [] }
    expect(await read(QueueStats, '/queue/stats')).toEqual(nothing)

    world.model.says('Hello.')
    await world.asks(world.david, 'hi')
    await vi.waitFor(async () => {
      expect(await read(SessionStats, '/session/stats')).toMatchObject({ turns: 1 })
    })
    expect(await read(QueueStats, '/queue/stats')).toEqual(nothing)
  })

  it('has a turn that runs, who waits behind it, and for how long', async () => {
    const { model, david, jason, kevin } = world
    const gate = Promise.withResolvers<void>()
    model.says('One two three four').waits(gate.promise).says('Jason.').says('Kevin.')
    await world.says(david, 'hi')
    const ringing = world.rings()
    await vi.waitFor(() => expect(model.prompts).toHaveLength(1))
    vi.setSystemTime(Date.now() + 5_000)
    await world.says(jason, 'me too')
    await world.says(kevin, 'and me')

    // The room is known as soon as its first report has arrived, which nothing waits for.
    const stats = await vi.waitFor(async () => {
      const stats = await read(QueueStats, '/queue/stats')
      expect(stats.rooms).toMatchObject([{ room: 1, bot: 3, waiting: 2, running: 1 }])
      return stats
    })
    expect(stats).toMatchObject({ waiting: 2, running: 1, oldestMs: stats.rooms[0]?.oldestMs })
    expect(stats.oldestMs).toBeGreaterThanOrEqual(5_000)

    gate.resolve()
    await ringing
    expect(await read(QueueStats, '/queue/stats')).toMatchObject({ waiting: 0, running: 0 })
  })
})

describe('the sessions', () => {
  it('are told in turns, tiers, tokens and dollars', async () => {
    const { model, david } = world
    model.says('One.').says('Two.').says('Three.').fails(401)
    await world.asks(david, 'one')
    await world.asks(david, 'two')
    await world.asks(david, 'help')
    await evictDurableObject(world.room())
    await world.asks(david, 'three')
    await world.asks(david, 'four', world.office)

    const stats = await vi.waitFor(async () => {
      const stats = await read(SessionStats, '/session/stats')
      expect(stats).toMatchObject({ rooms: 2, turns: 5, cold: 2, hot: 2, warm: 1 })
      return stats
    })
    expect(stats).toMatchObject({ replied: 4, failed: 1, turnsWithoutPrice: 0 })
    expect(stats.activeWithin).toEqual({ hour: 2, day: 2, week: 2 })
    expect(stats.steps).toBeGreaterThanOrEqual(3)
    expect(stats.inputTokens).toBeGreaterThan(stats.cachedTokens)
    expect(stats.outputTokens).toBeGreaterThan(0)
    expect(stats.costDollars).toBeGreaterThan(0)
    expect(stats.costDollars).toBeLessThan(1)
  })
})
