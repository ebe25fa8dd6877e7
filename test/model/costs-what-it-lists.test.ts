import { describe, expect, it } from 'vitest'
import { costOf, worstCaseOf } from '../../src/model/prices.ts'
import type { Usage } from '../../src/model.ts'
import { hello, scripted } from './asked.ts'

describe('prices', () => {
  const usage = (counts: Partial<Usage>) =>
    ({ input_tokens: 0, output_tokens: 0, ...counts }) as Usage

  it.each<[string, Partial<Usage>, number | null]>([
    ['claude-sonnet-5-5', { input_tokens: 1_000_000 }, 2_000_000],
    ['claude-sonnet-5-5', { output_tokens: 1_000 }, 10_000],
    ['claude-sonnet-5-5', { cache_read_input_tokens: 1_000 }, 100],
    ['claude-sonnet-5-5', { cache_creation_input_tokens: 1_000 }, 2_500],
    ['claude-sonnet-5-5', { ...written(1_000, 0), cache_creation_input_tokens: 1_000 }, 2_500],
    ['claude-sonnet-5-5', { ...written(0, 1_000), cache_creation_input_tokens: 1_000 }, 4_000],
    ['claude-sonnet-5-5-20261001', { input_tokens: 10 }, 20],
    ['claude-opus-5-5', { input_tokens: 10, output_tokens: 10 }, 240],
    ['claude-fable-5-1', { cache_read_input_tokens: 1_000 }, 250],
    ['claude-haiku-5-5', { input_tokens: 1 }, 1],
    ['claude-haiku-5-5', { input_tokens: 100_000 }, 10_000],
    ['claude-haiku-5-5', { input_tokens: 100_001 }, 50_001],
    [
      'claude-haiku-5-5',
      { input_tokens: 1, cache_read_input_tokens: 100_000, output_tokens: 2 },
      5_006,
    ],
    ['claude-nine', { input_tokens: 1 }, null],
    ['claude-sonnet-5-5', { speed: 'fast', input_tokens: 1 }, null],
  ])('%s, %j', (model, counts, cost) => {
    expect(costOf(model, usage(counts))).toBe(cost)
  })

  it('the worst case is above the cost, and there is none for a model without a price', async () => {
    const { model, claude } = scripted()
    model.says('Words '.repeat(50))
    const answer = await claude.ask(hello)

    expect(worstCaseOf(hello)).toBeGreaterThan(costOf(hello.model, answer.usage) ?? 0)
    expect(worstCaseOf({ ...hello, maxTokens: 2000 })).toBe((worstCaseOf(hello) ?? 0) + 10_000)
    expect(worstCaseOf({ ...hello, model: 'claude-nine' })).toBeNull()
  })
})

function written(fiveMinutes: number, hour: number): Partial<Usage> {
  return {
    cache_creation: { ephemeral_5m_input_tokens: fiveMinutes, ephemeral_1h_input_tokens: hour },
  }
}
