import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it, vi } from 'vitest'
import worker from '../../src/index.ts'
import type { Room } from '../../src/room.ts'
import { SENTENCES } from '../../src/sentences.ts'
import { callOf } from '../faults/faults.ts'
import { useWorld } from '../support/world.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const world = useWorld()

describe('a clock that is put back by an hour', () => {
  it('makes nobody wait who has asked before', async () => {
    world.model.says('One.').says('Two.')
    await world.says(world.david, 'one')
    vi.setSystemTime(Date.now() - HOUR)
    await evictDurableObject(world.room())
    await world.says(world.jason, 'two')
    await world.rings()

    expect(world.answers()).toEqual(['One.', 'Two.'])
  })

  it('makes nobody wait whose answer was put down for a moment', async () => {
    world.model.fails(529).says('One.')
    await world.asks(world.david, 'one')
    expect(world.answers()).toEqual([])
    vi.setSystemTime(Date.now() - HOUR)
    await evictDurableObject(world.room())
    expect(await world.wakesIn()).toBeLessThan(MINUTE)
    await world.passes(MINUTE)

    expect(world.answers()).toEqual(['One.'])
  })

  it('makes nobody wait for the word that an answer is refused', async () => {
    world.fault = async (request, when) => {
      const isPost = when === 'before' && callOf(request) === 'create'
      const isDisliked = isPost && (await request.clone().text()).includes('DROP TABLE')
      return isDisliked ? new Response('<html>', { status: 403 }) : undefined
    }
    world.model.says('It is DROP TABLE users.')
    await world.asks(world.david, 'how do I drop a table?')
    await world.passesBy(MINUTE)
    vi.setSystemTime(Date.now() - HOUR)
    await evictDurableObject(world.room())
    await world.passesBy(3 * MINUTE)

    expect(world.answers()).toEqual([SENTENCES.unpostable('3-1-1')])
  })
})

describe('a bot whose key was taken out', () => {
  it.each(['waits', 'is at work'])(
    'looks less and less often for it, while somebody %s',
    async (how) => {
      if (how === 'waits') await world.says(world.david, 'hello?')
      else {
        world.model.fails(529)
        await world.asks(world.david, 'hello?')
      }
      const began = Date.now()
      let wakes = 0
      await runInDurableObject(world.room(), async (instance: Room, { storage }) => {
        const bots = env.BOT_KEYS
        Reflect.set(instance, 'env', { ...env, BOT_KEYS: 'analyst=7-XyZ789abcdef' })
        while (Date.now() < began + 10 * DAY && wakes < 100) {
          vi.setSystemTime(Math.max(Date.now(), (await storage.getAlarm()) ?? 0))
          await storage.deleteAlarm()
          await instance.alarm()
          wakes++
        }
        expect(wakes).toBeLessThan(25)
        Reflect.set(instance, 'env', { ...env, BOT_KEYS: bots })
      })
      world.model.says('Hello.')
      await world.passes(DAY)
      expect(world.answers()).toEqual(['Hello.'])
    },
  )
})

describe('an object that is just being moved', () => {
  it('is asked again after a pause each time, and then Campfire hears that it failed', async () => {
    const asked: number[] = []
    const receive = () => {
      asked.push(performance.now())
      return Promise.reject(new Error('moving'))
    }
    const ROOMS = { getByName: () => ({ receive }) }
    const request = new Request('https://firekeeper.example.com/webhook', {
      method: 'POST',
      body: JSON.stringify({
        user: { id: 1, name: 'David' },
        room: { id: 1, name: 'Watercooler', path: `/rooms/1/${world.assistant.key}/messages` },
        message: { id: 41, body: { html: 'hello', plain: 'hello' }, path: '' },
      }),
    })
    const answer = await worker.fetch(request, { ...env, ROOMS } as unknown as Env)

    expect(answer.status).toBe(500)
    const [first = 0, second = 0, third = 0] = asked
    expect(asked).toHaveLength(3)
    expect(second - first).toBeGreaterThan(100)
    expect(third - second).toBeGreaterThan(500)
    expect(third - first).toBeLessThan(5_000)
  })
})
