import { describe, expect, it } from 'vitest'
import { countedIn } from '../../src/budget/turn-budget.ts'
import type { Usage } from '../../src/model.ts'
import type { Step } from '../../src/tables/room/step.ts'

const SONNET = 'claude-sonnet-5-5'
const HAIKU = 'claude-haiku-5-5'

describe('what the API has counted', () => {
  it('is known of this very model alone: the same words are more tokens to another', () => {
    const steps = [answered(SONNET, 100), answered(HAIKU, 200), answered(SONNET, 300)]

    expect(tokensOf(SONNET, steps)).toEqual([300, 100])
    expect(tokensOf(HAIKU, steps)).toEqual([200])
    expect(tokensOf('claude-opus-5', steps)).toEqual([])
  })

  it('is with what was read from the cache and written into it, of the two newest that tell', () => {
    const untold = { ...answered(SONNET, 5), usage: null }
    const free = { ...answered(SONNET, 6), reserve: null }
    const steps = [answered(SONNET, 1), answered(SONNET, 2), answered(SONNET, 3, 40), untold, free]

    expect(tokensOf(SONNET, steps)).toEqual([43, 2])
  })
})

function tokensOf(model: string, steps: Step[]) {
  return countedIn(model, steps).map(({ tokens }) => tokens)
}

function answered(model: string, read: number, cached = 0): Step {
  const usage = {
    input_tokens: read,
    output_tokens: 1,
    cache_read_input_tokens: cached,
    cache_creation_input_tokens: null,
    cache_creation: null,
  } as Usage
  return {
    number: 1,
    kind: 'talk',
    state: 'answered',
    model,
    notice: null,
    content: [],
    stop: 'end_turn',
    usage,
    cost: 1,
    error: null,
    prefix: null,
    request: null,
    reserve: { amount: 1, leases: [1], size: 10, hash: 1 },
    asked: 0,
    ended: 1,
    uses: [],
  }
}
