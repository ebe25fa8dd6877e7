import { evictDurableObject } from 'cloudflare:test'
import { describe, expect, it, vi } from 'vitest'
import type { Someone } from '../campground/composer.ts'
import { until } from '../support/until.ts'
import { useWorld } from '../support/world.ts'

const SECOND = 1_000
const HOUR = 3_600_000

for (const place of ['direct', 'watercooler'] as const) {
  describe(`where nothing can have been said in between (${place})`, () => {
    const world = useWorld()
    const asks = (text: string) => world.asks(world.david, text, world[place])

    it.each(['awake', 'evicted'])(
      'the model is asked before the list is there, and nothing is posted before (%s)',
      async (how) => {
        await begins()
        if (how === 'evicted') await evictDurableObject(world.room(world[place]))
        const list = holdsLists()
        world.model.says('Two.')
        await world.says(world.david, 'two', world[place])
        const ringing = world.rings(world[place])
        await until(() => world.model.prompts.length === 2)
        for (let turns = 0; turns < 20; turns++) await new Promise((resolve) => setTimeout(resolve))
        expect(world.answers(world[place])).toEqual(['One.'])

        list.resolve()
        await ringing
        expect(world.answers(world[place])).toEqual(['One.', 'Two.'])
        expect(list.times()).toBe(1)
      },
    )

    it('the model is asked anew when what it has read was edited, and that is all that is posted', async () => {
      const first = await begins()
      world.campfire.editAsPerson(first, { text: 'tea at 6', mentions: [world.assistant.id] })
      world.model.says('At five.').says('At six.')
      await asks('when?')
      expect(last()).toMatch(/<edited>.*tea at 6.*<\/edited>/s)
      expect(world.answers(world[place])).toEqual(['One.', 'At six.'])
    })

    it('the model is asked anew without what was deleted', async () => {
      const first = await begins()
      world.campfire.deleteMessage(first)
      world.model.says('At five.').says('No idea.')
      await asks('when?')
      expect(last()).not.toContain('tea at 5')
      expect(world.answers(world[place])).toEqual(['One.', 'No idea.'])
      world.model.says('As ever.')
      await asks('and now?')
      expect(last()).not.toContain('tea at 5')
      expect(last()).not.toContain('At five.')
    })

    it('a question that is gone by then is met with silence', async () => {
      await begins()
      world.model.says('Two.')
      const id = await world.says(world.david, 'two', world[place])
      world.campfire.deleteMessage(id)
      await world.rings(world[place])
      expect(world.answers(world[place])).toEqual(['One.'])
      expect(
        await world.rows('SELECT reason FROM turns ORDER BY id DESC LIMIT 1', world[place]),
      ).toEqual([{ reason: 'taken back' }])
    })

    it.each(['edited', 'deleted'])(
      'a question that is %s, and stopped before that is known, is stopped',
      async (how) => {
        await begins()
        const list = holdsLists()
        world.model.says('Two.').waits(new Promise(() => {}))
        const id = await world.says(world.david, 'two', world[place])
        const ringing = world.rings(world[place])
        await until(() => world.model.prompts.length === 2)
        if (how === 'deleted') world.campfire.deleteMessage(id)
        else world.campfire.editAsPerson(id, { text: 'three', mentions: [world.assistant.id] })
        await world.says(world.david, 'stop', world[place])
        for (let turns = 0; turns < 20; turns++) await new Promise((resolve) => setTimeout(resolve))
        list.resolve()
        await ringing
        expect(world.answers(world[place])).toEqual(['One.', 'Stopped.'])
        expect(world.model.prompts).toHaveLength(2)
      },
    )

    it('a list that fails costs nobody an answer', async () => {
      await begins()
      world.fault = async ({ method, url }) =>
        method === 'GET' && url.includes('/messages')
          ? new Response('', { status: 502 })
          : undefined
      world.model.says('Two.')
      await asks('two')
      expect(world.answers(world[place])).toEqual(['One.', 'Two.'])
    })

    it('the room is listed first when the message has waited', async () => {
      await begins()
      world.model.says('Two.')
      await world.says(world.david, 'two', world[place])
      vi.setSystemTime(Date.now() + 3 * SECOND)
      const order = notes()
      await world.rings(world[place])
      expect(order[0]).toBe('list')
    })

    it('or when somebody speaks whom nobody has seen before', async () => {
      await begins()
      const newcomer = world.campfire.addPerson('Nina', 'member', 9)
      world.campfire.rooms.get(world[place].id).members.push(newcomer.id)
      world.model.says('Two.')
      const order = notes()
      await world.asks(newcomer, 'two', world[place])
      expect(order[0]).toBe('list')
    })

    it('or when what they say only points at something', async () => {
      await begins()
      world.model.says('Two.')
      const order = notes()
      await asks('this?')
      expect(order[0]).toBe('list')
    })

    async function begins() {
      world.model.says('One.')
      return await asks('tea at 5')
    }

    /** What is asked of whom, in order. */
    function notes() {
      const order: string[] = []
      world.fault = async ({ method, url }, when) => {
        if (when === 'after') return undefined
        if (method === 'GET') order.push('list')
        if (url.includes('api.anthropic.com')) order.push('model')
        return undefined
      }
      return order
    }

    function holdsLists() {
      const gate = Promise.withResolvers<void>()
      let times = 0
      world.fault = async ({ method }, when) => {
        if (method !== 'GET' || when !== 'before') return undefined
        times++
        await gate.promise
        return undefined
      }
      return { ...gate, times: () => times }
    }

    const last = () => JSON.stringify(world.model.prompts.at(-1)?.messages)
  })
}

describe('where something may have been said in between', () => {
  const world = useWorld()

  it('the room is listed before the model is asked, and it reads what was said', async () => {
    world.model.says('One.').says('Two.')
    await world.asks(world.david, 'one')
    await world.posts(world.jason, { text: 'to nobody' })
    await world.asks(world.david, 'two')
    expect(JSON.stringify(world.model.prompts.at(-1)?.messages)).toContain('to nobody')
  })

  it('in a direct it is so an hour later: until then we look for what was lost', async () => {
    const asks = async (text: string, room: Someone) => {
      world.model.says('Well.')
      await world.asks(world.david, text, room)
    }
    await asks('one', world.direct)
    await world.passes(2 * HOUR, world.direct)
    await world.talksElsewhere()
    let before = -1
    world.fault = async ({ method }, when) => {
      if (method === 'GET' && when === 'before' && before < 0) before = world.model.prompts.length
      return undefined
    }
    await asks('two', world.direct)
    expect(before).toBe(1)
  })
})
