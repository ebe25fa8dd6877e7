import { evictDurableObject } from 'cloudflare:test'
import { describe, expect, it, vi } from 'vitest'
import { useBotChanges } from '../support/bots.ts'
import { finds, indexed, kept, MINUTE, progress, SECOND, talk } from '../support/finding.ts'
import { until } from '../support/until.ts'
import { bill } from '../support/worker.ts'
import { useWorld, type World } from '../support/world.ts'

const DAY = 86_400_000

describe('a room where somebody has searched', () => {
  const world = useWorld()
  const change = useBotChanges()

  it('is read backwards, and then all that people said to one another is found, with its link', async () => {
    change({ reply: 'whole' })
    const [said] = await talk(world, 90, 'the otter budget')
    expect(await finds(world, 'otter')).toMatchObject({
      found: [],
      notes: [expect.stringContaining('takes some minutes')],
    })
    await world.passesBy(2 * MINUTE)

    expect(await finds(world, 'budget OTTER')).toEqual({
      found: [
        {
          id: said,
          link: `https://chat.example.com/rooms/1/@${said}`,
          time: expect.stringContaining('UTC'),
          author: 'Kevin',
          author_id: 4,
          text: 'the otter budget',
        },
      ],
    })
    expect((await progress(world)).index).toMatchObject({ state: 'complete', toTheFirst: true })
  })

  it.each([90, 80])(
    'is read to its beginning, of %i messages, where a proxy takes the links between the pages out',
    async (count) => {
      change({ reply: 'whole' })
      const [said] = await talk(world, count, 'the otter budget')
      world.fault = async (request, when) => {
        if (when !== 'before' || request.method !== 'GET') return undefined
        const answer = await world.campfire.handle(request)
        answer.headers.delete('link')
        return answer
      }
      await finds(world, 'otter')
      await world.passesBy(2 * MINUTE)

      expect((await finds(world, 'otter')).found).toMatchObject([{ id: said }])
      const { index } = await progress(world)
      expect(index).toMatchObject({ state: 'complete', toTheFirst: true })
    },
  )

  it('says how far back it reaches until then, and goes on at most a page a second', async () => {
    change({ reply: 'whole' })
    await talk(world, 90, 'the otter budget')
    await finds(world, 'otter')
    await world.passesBy(MINUTE + SECOND / 2)
    expect((await progress(world)).index).toMatchObject({ state: 'listing', listed: 40 })
    await world.passesBy(SECOND)
    expect((await progress(world)).index).toMatchObject({ state: 'listing', listed: 80 })
    const { notes } = await finds(world, 'otter')
    expect(notes).toEqual([expect.stringMatching(/before 20.* cannot be found yet/)])
  })

  it('is listed for so many messages in a day, and on the next day for more', async () => {
    change({ reply: 'whole', indexPerDay: 40 })
    await talk(world, 90, 'the otter budget')
    await finds(world, 'otter')
    await world.passesBy(MINUTE)
    const pages = countsPages(world)
    await world.passesBy(30 * SECOND)
    expect(pages()).toBe(0)
    await world.passesBy(DAY)
    expect((await progress(world)).index).toMatchObject({ listed: 80 })
  })

  it('is read back for so many days, and says that nothing older is kept', async () => {
    change({ reply: 'whole', historyDays: 30 })
    await talk(world, 50, 'the otter budget')
    vi.setSystemTime(Date.now() + 40 * DAY)
    await talk(world, 50, 'the badger budget')
    await finds(world, 'badger')
    await world.passesBy(2 * MINUTE)
    const { found, notes } = await finds(world, 'budget')
    expect(found.map(({ text }) => text)).toEqual(['the badger budget'])
    expect(notes).toEqual([expect.stringMatching(/^What was said before .* is not kept/)])
    // One page of what is older was listed to see that it is.
    expect((await progress(world)).index).toMatchObject({ state: 'complete', toTheFirst: false })
  })

  it('waits while people wait: a page is given up when somebody comes', async () => {
    change({ reply: 'whole' })
    await talk(world, 90, 'the otter budget')
    await finds(world, 'otter')
    await world.passesBy(MINUTE)
    const order: string[] = []
    world.fault = async ({ url, signal }, when) => {
      if (when !== 'before' || !url.includes('before=')) return undefined
      order.push('a page')
      if (order.length > 1) return undefined
      await world.says(world.kevin, 'hello')
      // Campfire takes its time over it.
      await until(() => signal.aborted)
      order.push('given up')
      throw signal.reason
    }
    world.model.answers(() => {
      order.push('a turn')
      return 'Hello.'
    })
    await world.passes(SECOND)
    expect(order.slice(0, 3)).toEqual(['a page', 'given up', 'a turn'])
    expect(world.answers().at(-1)).toBe('Hello.')
    // It is listed later, and costs no rest: nothing has failed.
    await world.passesBy(2 * MINUTE)
    expect((await finds(world, 'otter')).found).toHaveLength(1)
    expect((await progress(world)).index).toMatchObject({ state: 'complete', failures: 0 })
  })

  it('waits while somebody waits for another try of theirs', async () => {
    change({ reply: 'whole' })
    await talk(world, 130, 'the otter budget')
    await finds(world, 'otter')
    await world.passesBy(MINUTE + SECOND / 2)
    const pages = countsPages(world, 'before=')
    vi.setSystemTime(Date.now() + 10 * SECOND)
    world.model.fails(529, { retryAfter: 15 }).says('Hello.')
    await world.asks(world.kevin, 'hello')
    await world.passes(10 * SECOND)
    expect(pages()).toBe(0)
    await world.passes(5 * SECOND)
    expect(world.answers().at(-1)).toBe('Hello.')
    expect(pages()).toBe(1)
  })

  it('is kept current by the pages that turns read anyway, for one row a message', async () => {
    change({ reply: 'whole' })
    await talk(world, 5, 'the otter budget')
    await indexed(world)
    await costOfATurn(world, 0)
    expect(await costOfATurn(world, 0)).toBe(14)
    expect(await costOfATurn(world, 3)).toBe(14 + 3)
    const pages = countsPages(world)
    const { found } = await finds(world, 'way 2')
    expect(found.map(({ text }) => text)).toEqual(['by the way 2'])
    // One of the turn, one of the hit; nothing was listed for the index.
    expect(pages()).toBeLessThanOrEqual(3)
  })

  it('closes the gap that it has not read, and then goes on where it was', async () => {
    change({ reply: 'whole' })
    await talk(world, 60, 'the otter budget')
    await finds(world, 'otter')
    await world.passesBy(MINUTE)
    await talk(world, 120, 'the badger budget')
    await evictDurableObject(world.room())
    await finds(world, 'badger')
    await world.passesBy(2 * MINUTE)
    for (const animal of ['otter', 'badger']) {
      const { found } = await finds(world, animal)
      expect(found.map(({ text }) => text)).toEqual([`the ${animal} budget`])
    }
    expect((await kept(world)).length).toBe(180)
  })

  it('is not listed where an operator says so, and what was read of it is gone', async () => {
    change({ reply: 'whole' })
    await talk(world, 5, 'the otter budget')
    await indexed(world)
    await world.room().changeSettings({ index: 'off' })
    await world.ringsOnce()
    expect(await kept(world)).toEqual([])
    expect((await progress(world)).index).toEqual({ state: 'off' })
    const { found, notes } = await finds(world, 'otter')
    expect({ found, notes }).toEqual({ found: [], notes: [expect.stringContaining('Only what')] })
    await talk(world, 2, 'the badger budget')
    await world.passesBy(MINUTE)
    expect(await kept(world)).toEqual([])
  })

  it('is not listed where the bot is not to, and where nobody has searched', async () => {
    change({ reply: 'whole' })
    await talk(world, 5, 'the otter budget')
    world.model.says('Hello.')
    await world.asks(world.david, 'hello')
    await world.passesBy(MINUTE)
    expect((await progress(world)).index).toEqual({ state: 'not asked for' })
    change({ reply: 'whole', index: 'off' })
    await finds(world, 'otter')
    await world.passesBy(MINUTE)
    expect(await kept(world)).toEqual([])
  })
})

describe('a page that brings the object down', () => {
  const world = useWorld()
  const change = useBotChanges()

  it('is listed later and later, and nobody waits for it', async () => {
    change({ reply: 'whole' })
    await talk(world, 90, 'the otter budget')
    await finds(world, 'otter')
    let deaths = 0
    world.fault = async ({ method, url }, when) =>
      when === 'after' && method === 'GET' && url.endsWith('messages') && ++deaths
        ? await world.dies()
        : undefined
    for (let life = 0; life < 4; life++) {
      await world.lives()
      vi.setSystemTime(Date.now() + 3 * SECOND)
    }
    expect(deaths).toBe(2)
    world.fault = null
    world.model.says('Hello.')
    await world.asks(world.david, 'hello')
    expect(world.answers().at(-1)).toBe('Hello.')
    await world.passesBy(3 * 60 * MINUTE)
    expect((await finds(world, 'otter')).found).toHaveLength(1)
  })
})

function countsPages(world: World, part = 'messages') {
  let pages = 0
  world.fault = async ({ method, url }, when) => {
    if (when === 'before' && method === 'GET' && url.includes(part)) pages++
    return undefined
  }
  return () => pages
}

/** With so much said beside it, in a session that goes on. */
async function costOfATurn(world: World, asides: number) {
  for (let n = 1; n <= asides; n++) await world.posts(world.jason, { text: `by the way ${n}` })
  world.model.says('Hello.')
  bill.start()
  await world.asks(world.david, 'hello')
  return bill.written()
}
