import { afterEach, describe, expect, it } from 'vitest'
import { variableIn } from '../../src/bots/variables.ts'
import { checkPrices, costOf, PRICES, priceOf, usePrices } from '../../src/model/prices.ts'
import type { Usage } from '../../src/model.ts'

afterEach(() => usePrices())

const usage = (counts: Partial<Usage>) =>
  ({ input_tokens: 0, output_tokens: 0, ...counts }) as Usage
const searches = (web_search_requests: number) =>
  ({ server_tool_use: { web_search_requests, web_fetch_requests: 9 } }) as Partial<Usage>

describe('the list', () => {
  it.each<[string, Partial<Usage>, number]>([
    ['claude-fable-5-2', { output_tokens: 1_000 }, 40_000],
    ['claude-fable-5-2', { cache_read_input_tokens: 1_000 }, 200],
    ['claude-mythos-5', { cache_read_input_tokens: 1_000 }, 1_000],
    ['claude-sonnet-5', { cache_read_input_tokens: 1_000 }, 200],
    ['claude-haiku-4-5-20251001', { input_tokens: 1_000 }, 1_000],
    ['claude-opus-4-5-20251101', { output_tokens: 1_000 }, 25_000],
    // Each search is a cent; a page that is fetched costs what it is read for.
    ['claude-sonnet-5-5', { input_tokens: 100, ...searches(3) }, 30_200],
    ['claude-sonnet-5-5', { input_tokens: 1_000, inference_geo: 'us' }, 2_200],
    ['claude-sonnet-5-5', { input_tokens: 1_000, inference_geo: 'global' }, 2_000],
    ['claude-opus-5-5', { cache_read_input_tokens: 1_000, inference_geo: 'us' }, 220],
  ])('%s, %j', (model, counts, cost) => {
    expect(costOf(model, usage(counts))).toBe(cost)
  })

  it('asks more for an answer than for a question, and least for what is cached', () => {
    for (const { input, output, cacheRead } of Object.values(PRICES)) {
      expect(output).toBeGreaterThan(input)
      expect(cacheRead).toBeLessThan(input)
    }
  })
})

describe('PRICES', () => {
  it('go before the list, model by model and kind by kind', () => {
    usePrices(
      '{"claude-opus-5-5": {"input": 3.2}, "my-own": {"input": 1, "output": 2, "cacheRead": 0}}',
    )

    expect(costOf('claude-opus-5-5', usage({ input_tokens: 1_000, output_tokens: 10 }))).toBe(3_400)
    expect(costOf('claude-opus-5-5', usage({ cache_creation_input_tokens: 1_000 }))).toBe(4_000)
    expect(costOf('my-own', usage({ input_tokens: 7 }))).toBe(7)
    expect(costOf('claude-opus-5', usage({ input_tokens: 1_000 }))).toBe(5_000)
  })

  it('hold for a length of prompt, too', () => {
    usePrices(
      '{"claude-haiku-5-5": {"above": 1000, "beyond": {"input": 1, "output": 3, "cacheRead": 0.1}}}',
    )

    expect(priceOf('claude-haiku-5-5', 1_000)?.input).toBe(100)
    expect(priceOf('claude-haiku-5-5', 1_001)?.input).toBe(1_000)
  })

  it.each([
    ['a hundred times too much', '{"claude-opus-5-5": {"input": 400}}', 'input'],
    ['a hundred times too little', '{"claude-opus-5-5": {"output": 0.2}}', 'output'],
    ['a write a hundred times too dear', '{"claude-opus-5-5": {"cacheWrite": 500}}', 'cacheWrite'],
    ['given for a token', '{"claude-opus-5-5": {"input": 0.000004}}', 'input'],
    ['negative', '{"claude-opus-5-5": {"input": -4}}', 'input'],
    ['words', '{"claude-opus-5-5": {"input": "4"}}', 'input'],
    ['of a kind that is none', '{"claude-opus-5-5": {"inptu": 4}}', 'inptu'],
    ['half a price', '{"my-own": {"input": 4, "output": 8}}', 'cacheRead'],
    ['dearer than any', '{"my-own": {"input": 300, "output": 1500, "cacheRead": 30}}', 'output'],
    ['the wrong way round', '{"my-own": {"input": 8, "output": 4, "cacheRead": 1}}', 'output'],
    ['a length without a price', '{"claude-opus-5-5": {"above": 1000}}', 'beyond'],
  ])('that are %s leave the list as it is, and name the field', (_, told, field) => {
    const { prices, broken } = checkPrices(told, PRICES)

    expect(broken).toEqual([{ model: expect.any(String), field }])
    expect(prices).toEqual({})
    usePrices(told)
    expect(costOf('claude-opus-5-5', usage({ input_tokens: 1_000 }))).toBe(4_000)
  })

  it('that are no JSON leave the list as it is', () => {
    for (const told of ['{', '[]', '4', '"x"', 'null']) {
      expect(checkPrices(told, PRICES).broken).toHaveLength(1)
      usePrices(told)
      expect(costOf('claude-opus-5-5', usage({ input_tokens: 1_000 }))).toBe(4_000)
    }
  })

  it.each([
    ['PRICES = ""', ''],
    ['# PRICES = "x"', ''],
    ['A = "x"', ''],
    ['A = 1\nPRICES = \'{"a": 1}\' # mine', '{"a": 1}'],
    ['PRICES = "{\\"a\\": 1}"', '{"a": 1}'],
    ["PRICES = '''\n{\n  \"a\": 1\n}'''", '\n{\n  "a": 1\n}'],
  ])('are found in wrangler.toml: %j', (toml, told) => {
    expect(variableIn(toml, 'PRICES')).toBe(told)
  })
})
