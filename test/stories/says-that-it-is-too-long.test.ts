import { describe, expect, it } from 'vitest'
import { SENTENCES } from '../../src/sentences.ts'
import { MAX_BODY } from '../../src/webhook/body.ts'
import { useWorld } from '../support/world.ts'

describe('a message that is too long to be taken in', () => {
  const world = useWorld()

  it('is answered with one sentence, and what comes after it as ever', async () => {
    const { model, david } = world
    model.says('As ever.')
    await world.asks(david, `what of this? ${'word '.repeat(MAX_BODY / 4)}`)
    expect(world.answers()).toEqual([SENTENCES.tooLong('3-1-1')])
    expect(model.prompts).toEqual([])

    await world.asks(david, 'and now?')
    expect(world.answers()).toHaveLength(2)
  }, 30_000)
})
