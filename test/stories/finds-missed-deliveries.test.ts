import { describe, expect, it } from 'vitest'
import { useWorld } from '../support/world.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

for (const dialect of ['rails', 'port'] as const) {
  describe(`a delivery that never came (${dialect})`, () => {
    const world = useWorld(dialect)

    it('is found a minute after a turn, and answered once', async () => {
      const { model, david, jason } = world
      model.says('One.').says('Two.')
      await world.asks(david, 'one')
      await world.unheard(() => world.says(jason, 'two'))
      expect(await world.wakesIn()).toBe(MINUTE)
      await world.passes(MINUTE)
      expect(world.answers()).toEqual(['One.', 'Two.'])

      await world.passes(10 * MINUTE)
      await world.passes(HOUR)
      expect(world.answers()).toEqual(['One.', 'Two.'])
    })

    it('is found also between others that came', async () => {
      const { model, david, jason } = world
      model.says('One.').says('Three.').says('Two, late.')
      await world.asks(david, 'one')
      await world.unheard(() => world.says(jason, 'two'))
      await world.asks(david, 'three')
      await world.passes(MINUTE)

      expect(world.answers()).toEqual(['One.', 'Three.', 'Two, late.'])
    })

    it('is found by whoever wakes the room later', async () => {
      const { model, david, jason } = world
      model.says('One.')
      await world.asks(david, 'one')
      for (let looks = 0; looks < 3; looks++) await world.passes(40 * MINUTE)
      await world.unheard(() => world.says(jason, 'two'))
      model.says('Two.').says('Three.')
      await world.passes(HOUR)
      await world.asks(david, 'three')

      expect(world.answers().toSorted()).toEqual(['One.', 'Three.', 'Two.'])
    })

    it('in a direct needs no mention; in a room what does not mention us is left alone', async () => {
      const { model, david, direct } = world
      model.says('Hello.').says('Found.')
      await world.posts(david, { text: 'hello' }, direct)
      await world.rings(direct)
      await world.unheard(() => world.posts(david, { text: 'anyone?' }, direct))
      await world.passes(MINUTE, direct)
      expect(world.answers(direct)).toEqual(['Hello.', 'Found.'])

      model.says('Yes?')
      await world.asks(david, 'you')
      await world.unheard(() => world.posts(david, { text: 'not you' }))
      await world.passes(MINUTE)
      expect(world.answers()).toEqual(['Yes?'])
    })

    it('before the first that we ever had is nothing that anybody counted on', async () => {
      const { model, david, jason } = world
      await world.unheard(() => world.says(jason, 'long before you were here'))
      model.says('One.')
      await world.asks(david, 'one')
      await world.passes(HOUR)

      expect(world.answers()).toEqual(['One.'])
    })

    it('is answered after a day, and not after more than that', async () => {
      const { model, david, jason, kevin } = world
      model.says('One.').says('They said one.').says('Three.').says('Two, late.')
      await world.asks(david, 'one')
      await world.passes(25 * HOUR)
      await world.unheard(() => world.says(kevin, 'too long ago'))
      await world.passes(2 * MINUTE)
      await world.unheard(() => world.says(jason, 'two'))
      await world.passes(24 * HOUR - MINUTE)
      await world.asks(david, 'three')
      await world.passes(HOUR)

      expect(world.answers().toSorted()).toEqual(['One.', 'Three.', 'Two, late.'])
    })

    it('and nobody waits for alarms for ever', async () => {
      world.model.says('One.')
      await world.asks(world.david, 'one')
      for (const minutes of [1, 9, 50]) {
        expect(await world.wakesIn()).toBe(minutes * MINUTE)
        await world.passes(minutes * MINUTE)
      }
      expect(await world.wakesIn()).toBe(23 * HOUR)
    })
  })
}

describe('an old Campfire', () => {
  const world = useWorld('v1.4.9')

  it('is not looked at again and again', async () => {
    await world.isKnownToBeOld()
    world.model.says('One.')
    await world.asks(world.david, 'one')
    expect(await world.wakesIn()).toBe(24 * HOUR)
  })

  it('is looked at until it is sure that it is one', async () => {
    world.model.says('One.')
    await world.asks(world.david, 'one')
    await world.passes(MINUTE)
    await world.passes(9 * MINUTE)
    expect(await world.wakesIn()).toBe(24 * HOUR - 10 * MINUTE)
  })
})

describe('a request that takes effect late', () => {
  const world = useWorld()

  it('is swept away: one answer stands, with the right words', async () => {
    const { model, david, campfire, assistant, watercooler } = world
    let lost = 0
    world.fault = async (request, when) => {
      const isCreate = request.method === 'POST' && /rooms.*messages$/.test(request.url)
      return when === 'before' && isCreate && !lost++
        ? new Response('', { status: 504 })
        : undefined
    }
    model.says('Only one of me.')
    await world.asks(david, 'hello?')
    await world.passes(5_000)
    expect(world.answers()).toEqual(['Only one of me.'])
    campfire.post({
      room: watercooler.id,
      creator: assistant.id,
      html: '<p>Only one of me.</p>',
      file: null,
      via: 'api',
    })
    campfire.post({
      room: watercooler.id,
      creator: assistant.id,
      html: "<p>Somebody's script with our key.</p>",
      file: null,
      via: 'api',
    })
    await world.passes(MINUTE)

    expect(world.answers()).toEqual(['Only one of me.', "Somebody's script with our key."])
  })
})

describe('a request that takes effect twice', () => {
  const world = useWorld()

  it('leaves one answer, and that before the room is swept', async () => {
    await isSentTwice()

    expect(world.answers()).toEqual(['Only one of me.'])
    expect(await world.wakesIn()).toBe(MINUTE)
    await world.passes(MINUTE)
    expect(world.answers()).toEqual(['Only one of me.'])
  })

  it('leaves one answer also where the other would not go at once', async () => {
    await isSentTwice({ removable: false })
    expect(world.answers()).toEqual(['Only one of me.', 'Only one of me.'])
    expect(await world.rows('SELECT state FROM turns')).toEqual([{ state: 'replied' }])

    world.fault = null
    await world.passes(MINUTE)
    expect(world.answers()).toEqual(['Only one of me.'])
  })

  /** By a proxy that had no answer in time, and gives none. */
  async function isSentTwice({ removable = true } = {}) {
    let times = 0
    world.fault = async (request, when) => {
      const isRemoval = request.method === 'DELETE' && /messages\/\d+$/.test(request.url)
      if (isRemoval && !removable) return new Response('', { status: 403 })
      const isCreate = request.method === 'POST' && /rooms.*messages$/.test(request.url)
      if (!isCreate || when !== 'after' || times++) return undefined
      await world.campfire.handle(request)
      return new Response('', { status: 504 })
    }
    world.model.says('Only one of me.')
    await world.asks(world.david, 'hello?')
    expect(world.answers()).toEqual(['Only one of me.', 'Only one of me.'])
    await world.passes(5_000)
  }
})
