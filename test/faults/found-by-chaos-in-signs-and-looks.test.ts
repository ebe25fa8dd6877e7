import { describe, expect, it, vi } from 'vitest'
import { SENTENCES } from '../../src/sentences.ts'
import { until } from '../support/until.ts'
import { HOUR, MINUTE, SECOND, useChance } from './chance.ts'

const { world, assistant, loses, comesLate, diesAt, ring } = useChance()

describe('a word that has to wait for its turn', () => {
  it('keeps no sign of that when it is answered', async () => {
    const { model, david, jason } = world
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

    expect(world.answers().at(-1)).toBe(SENTENCES.forgotten.room)
    expect(signsOn(word)).toEqual([])
  })

  it('keeps none that comes when its turn is under way, should it not go at once', async () => {
    const { model, david, jason } = world
    let [isOver, isRefused] = [false, false]
    const left = () => world.rows("SELECT value FROM facts WHERE name = 'signs left'")
    world.fault = async ({ method, url }, when) => {
      const isJasons = url.includes('/2/boosts')
      if (isJasons && method === 'DELETE') {
        isRefused = true
        return new Response('', { status: 502 })
      }
      if (isJasons && when === 'after') await until(() => isOver)
      return undefined
    }
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
    isOver = true
    await until(() => isRefused)
    while ((await left()).length === 0) await new Promise((done) => setTimeout(done))
    world.fault = null
    expect(signsOn(word)).toHaveLength(1)
    await world.passes(MINUTE)

    expect(signsOn(word)).toEqual([])
  })

  it('keeps none when it is heard in a turn that has begun without it', async () => {
    assistant({ approval: { boost: 'always' } })
    const { model, david, jason } = world
    const idea = await world.posts(david, { text: 'a good idea' })
    model.uses('boost', { message_id: idea, content: '👏' })
    await world.asks(jason, 'boost it')
    const gate = Promise.withResolvers<void>()
    model.says('For David.').waits(gate.promise)
    await world.says(david, 'take your time')
    const ringing = ring(1)
    await until(() => model.prompts.length === 2)
    const yes = await world.says(jason, 'yes')
    const more = await world.says(jason, 'and tell me when you have')
    await until(() => signsOn(yes).length === 1)
    model.says('Done.')
    gate.resolve()
    await ringing
    await world.rings()

    expect(world.answers().at(-1)).toBe('Done.')
    expect(JSON.stringify(model.prompts.at(-1)?.messages)).toContain('and tell me')
    expect([...signsOn(yes), ...signsOn(more)]).toEqual([])
  })

  function signsOn(id: number) {
    const messages = world.campfire.messagesIn(world.watercooler)
    return messages.find((one) => one.id === id)?.boosts ?? []
  }
})

describe('a laptop that was closed for hours', () => {
  it('finds what no delivery brought when it is opened, and sweeps away what came late', async () => {
    const { model, david, jason } = world
    loses(1)
    model.says('Only one of me.').says('Found.')
    await world.asks(david, 'hello?')
    await world.passes(5 * SECOND)
    await world.unheard(() => world.says(jason, 'anybody?'))
    comesLate('Only one of me.')
    await world.passes(5 * HOUR)

    expect(world.answers()).toEqual(['Only one of me.', 'Found.'])
  })

  it('looks again when the session is over, should the last look have failed', async () => {
    const { model, david, jason } = world
    model.says('One.').says('They said one.').says('Two.')
    await world.asks(david, 'one')
    await world.unheard(() => world.says(jason, 'two'))
    world.fault = async ({ method }) =>
      method === 'GET' ? new Response('', { status: 502 }) : undefined
    for (const minutes of [1, 9, 50]) await world.passes(minutes * MINUTE)
    world.fault = null
    expect(world.answers()).toEqual(['One.'])
    await world.passes(23 * HOUR)

    expect(world.answers()).toEqual(['One.', 'Two.'])
  })
})

describe('a look that brings the room down', () => {
  it('is left alone after that, until its next time', async () => {
    world.model.says('One.').says('Two.')
    await world.asks(world.david, 'one')
    await diesLooking(MINUTE)
    expect(world.answers()).toEqual(['One.'])
    await world.passes(9 * MINUTE)

    expect(world.answers()).toEqual(['One.', 'Two.'])
  })

  it('is not given up for good: the room is woken once more when its session is over', async () => {
    world.model.says('One.').says('They said one.').says('Two.')
    await world.asks(world.david, 'one')
    await world.passes(MINUTE)
    await world.passes(9 * MINUTE)
    await diesLooking(50 * MINUTE)
    expect(world.answers()).toEqual(['One.'])
    await world.passes(23 * HOUR)

    expect(world.answers()).toEqual(['One.', 'Two.'])
  })

  async function diesLooking(later: number) {
    await world.unheard(() => world.says(world.jason, 'two'))
    const deaths = diesAt(({ method }) => method === 'GET', { most: 9 })
    vi.setSystemTime(Date.now() + later + 2 * SECOND)
    await ring(5)
    expect(deaths()).toBe(2)
    world.fault = null
  }
})
