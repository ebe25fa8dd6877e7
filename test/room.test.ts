import { evictDurableObject } from 'cloudflare:test'
import { describe, expect, it, vi } from 'vitest'
import { bill } from './support/worker.ts'
import { useWorld } from './support/world.ts'

describe('billed writes', () => {
  const world = useWorld()

  it('of a text turn are 14 with its archive, its alarms and its sign; one more starts a session', async () => {
    const { model, david } = world
    for (const answer of ['One.', 'Two.', 'Three.', 'Four.']) model.says(answer)
    await world.asks(david, 'the first ever, which makes the tables')
    expect(await cost(() => world.asks(david, 'hot'))).toBe(14)
    await evictDurableObject(world.room())
    expect(await cost(() => world.asks(david, 'warm'))).toBe(14)
    await world.room().resetSession()
    expect(await cost(() => world.asks(david, 'cold'))).toBe(15)
  })

  it('of a tool use and of a further step are 2 more each', async () => {
    const { model, david } = world
    model.says('One.').uses('search_conversation', { words: 'x' }).says('Two.')
    await world.asks(david, 'one')

    expect(await cost(() => world.asks(david, 'two'))).toBe(14 + 2 + 2)
  })

  it('of a repeated delivery are none', async () => {
    const { model, david, campfire } = world
    model.says('One.')
    await world.asks(david, 'one')
    const [message] = campfire.messages.in(world.watercooler.id)

    expect(await cost(async () => message && (await campfire.deliver(message)))).toBe(0)
  })

  async function cost(work: () => Promise<unknown>) {
    bill.start()
    await work()
    return bill.written()
  }
})

describe('rows read', () => {
  const world = useWorld()

  it('by a hot turn do not grow with the conversation', async () => {
    const { model, david } = world
    const read: number[] = []
    for (let turn = 0; turn < 40; turn++) {
      model.says(`Answer ${turn}.`)
      bill.start()
      await world.asks(david, `question ${turn}`)
      read.push(bill.read())
      vi.setSystemTime(Date.now() + 10 * 60_000) // at a human's pace
    }

    expect(read[39]).toBe(read[29])
    expect(read[39]).toBeLessThan(130)
  })
})
