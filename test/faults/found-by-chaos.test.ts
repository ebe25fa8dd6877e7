import { runInDurableObject } from 'cloudflare:test'
import { describe, expect, it, vi } from 'vitest'
import type { Room } from '../../src/room.ts'
import { until } from '../support/until.ts'
import { alive } from '../support/worker.ts'
import { useWorld } from '../support/world.ts'

const SECOND = 1_000
const ROOM = 'https://chat.example.com/rooms/1/bots/3'

// Stories that `npm run chaos` told first, by chance.

const world = useWorld()

describe('a long answer whose beginning a person deletes', () => {
  it('is not gone on with: that was its end', async () => {
    const { campfire, model, david } = world
    const pieces = ['One', 'Two', 'Three', 'Four'].map((word) => `${`${word} `.repeat(600)}\n\n`)
    model.says(pieces.join(''), {
      pieces,
      before: async () => {
        for (let turns = 0; turns < 5; turns++) await new Promise((done) => setTimeout(done))
        vi.setSystemTime(Date.now() + 2 * SECOND)
      },
    })
    world.fault = async (request, when) => {
      const isFinal = request.method === 'PATCH' && !(await request.clone().text()).includes('…')
      const [post] = posts()
      if (isFinal && when === 'before' && post) campfire.deleteMessage(post)
      return undefined
    }
    await world.asks(david, 'tell me everything')

    expect(posts()).toEqual([])
    expect(await replies()).toEqual([{ part: 1, state: 'gone' }])
  })

  function posts() {
    return world.campfire.postsOf(world.assistant, world.watercooler).map(({ id }) => id)
  }
})

describe('a room that dies again and again after the answer is out', () => {
  it('has answered: nothing was set aside, and the answer is remembered', async () => {
    const { model, david } = world
    const deaths = diesAtItsSigns(3)
    model.says('Forty-two.').says('Forty-three.')
    await world.says(david, 'the answer?')
    await ring(4)
    await world.asks(david, 'and the next?')

    expect(deaths()).toBe(3)
    expect(world.answers()).toEqual(['Forty-two.', 'Forty-three.'])
    expect(await world.rows('SELECT state, crashes FROM turns')).toEqual([
      { state: 'replied', crashes: 3 },
      { state: 'replied', crashes: 0 },
    ])
    expect(JSON.stringify(model.prompts.at(-1)?.messages)).toContain('Forty-two.')
  })
})

describe('a word that has to wait for its turn', () => {
  it('keeps no sign of that when it is answered', async () => {
    const { campfire, model, david, jason } = world
    const gate = Promise.withResolvers<void>()
    model.says('For David.').waits(gate.promise)
    await world.says(david, 'take your time')
    const ringing = ring(1)
    await until(() => model.prompts.length === 1)
    const word = await world.says(jason, 'forget')
    await until(() => signsOn(word).length === 1)
    gate.resolve()
    await ringing
    await ring(1)

    expect(world.answers().at(-1)).toMatch(/^Forgotten/)
    expect(signsOn(word)).toEqual([])

    function signsOn(id: number) {
      return campfire.messagesIn(world.watercooler).find((one) => one.id === id)?.boosts ?? []
    }
  })
})

/** When the sign that it is at it is to be taken down, the last thing of a turn. */
function diesAtItsSigns(most: number) {
  let deaths = 0
  world.fault = async ({ method }, when) => {
    if (method !== 'DELETE' || when === 'after' || deaths >= most) return undefined
    deaths++
    await alive.get(ROOM)?.storage.sync()
    alive.get(ROOM)?.abort('killed')
    return await new Promise<never>(() => {})
  }
  return () => deaths
}

async function ring(times: number) {
  for (let rings = 0; rings < times; rings++) {
    await runInDurableObject(world.room(), (room: Room) => room.alarm()).catch((error) => {
      if (!error.durableObjectReset) throw error
    })
  }
}

async function replies() {
  return await world.rows('SELECT part, state FROM replies ORDER BY part')
}
