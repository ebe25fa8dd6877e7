import { describe, expect, it } from 'vitest'
import { useBotChanges } from '../support/bots.ts'
import { until } from '../support/until.ts'
import { useWorld } from '../support/world.ts'
import { toolThat } from './lives.ts'

const world = useWorld()
const assistant = useBotChanges()

describe('a tool that', () => {
  const ways: [string, () => unknown, RegExp][] = [
    ['throws', () => fails(new Error('out of paper')), /out of paper/],
    ['throws what is no error', () => fails({ toString: null }), /failed without saying why/],
    ['returns 5 MB', () => 'x'.repeat(5_000_000), /first 60000 of 5000000 characters/],
    ['returns a number too big for JSON', () => 10n ** 30n, /BigInt/],
    ['returns itself in itself', () => cycle(), /circular/],
    ['returns half a character', () => 'half \ud83d of it', /half \\\\+ud83d of it/],
    ['returns nothing', () => undefined, /\\"ok\\":true/],
  ]

  it.each(ways)('%s: the model reads it, and the answer comes', async (_, result, told) => {
    const { model, david } = world
    assistant({ tools: [toolThat('odd', async () => result())], approval: {} })
    model.uses('odd').says('That was odd.').says('All well.')
    await world.asks(david, 'use it')
    await world.asks(david, 'and now?')

    expect(world.answers()).toEqual(['That was odd.', 'All well.'])
    expect(JSON.stringify(model.prompts[1]?.messages.at(-1))).toMatch(told)
  })

  it('never comes back is left behind when it is stopped', async () => {
    const { model, david } = world
    let runs = false
    const hangs = () => {
      runs = true
      return new Promise(() => {})
    }
    assistant({ tools: [toolThat('hang', hangs)], approval: {} })
    model.uses('hang')
    await world.says(david, 'use it')
    const ringing = world.rings()
    await until(() => runs)
    await world.says(david, 'stop')
    await ringing
    model.says('All well.')
    await world.asks(david, 'and now?')

    expect(world.answers()).toEqual(['Stopped.', 'All well.'])
  })

  function fails(error: unknown): never {
    throw error
  }

  function cycle() {
    const self: Record<string, unknown> = {}
    self.self = self
    return self
  }
})
