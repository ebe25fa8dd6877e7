import { evictDurableObject } from 'cloudflare:test'
import { describe, expect, it, vi } from 'vitest'
import { KEY, ours, send, useDeliveries, WORD } from './deliveries.ts'

const { world, answersOnce, ids } = useDeliveries()

describe('the same message again', () => {
  it('changes nothing when it comes at the same time', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => send(ours())))

    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(204))
    await answersOnce()
  })

  it('changes nothing while the turn runs', async () => {
    world.model.answers(async () => {
      expect((await send(ours())).status).toBe(204)
      return 'Once.'
    })
    await send(ours())
    await world.rings()

    expect(world.answers()).toEqual(['Once.'])
    expect(await ids(world.assistant)).toEqual([900])
  })

  it('changes nothing after it, after an eviction, or half a year later', async () => {
    await send(ours())
    await answersOnce()

    const times = [0, 60_000, 180 * 86_400_000]
    for (const later of times) {
      const text = later < 3_600_000 ? 'edited' : `${WORD} hello`
      await evictDurableObject(world.room())
      vi.setSystemTime(Date.now() + later)
      expect((await send(ours({ text }))).status).toBe(204)
      await world.rings()
    }
    expect(world.answers()).toHaveLength(1)
    expect(await ids(world.assistant)).toEqual([900])
  })

  it('is another message in another room', async () => {
    await send(ours())
    await send(ours({ room: { id: 2, path: `/rooms/2/${KEY}/messages` } }))

    expect(await ids(world.assistant)).toEqual([900])
    expect(await ids(world.assistant, 'true', world.office)).toEqual([900])
  })
})
