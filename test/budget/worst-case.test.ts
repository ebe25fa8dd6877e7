import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ServerTools, serverToolsOf } from '../../src/bots/server-tools.ts'
import { costOf, PRICES, usePrices, worstCaseOf } from '../../src/model/prices.ts'
import { leastTokensOf, mostTokensFor, worstAt, worstOf } from '../../src/model/worst-case.ts'
import type { Prompt, Usage } from '../../src/model.ts'
import { blockFor } from '../../src/model.ts'
import { hashOf } from '../../src/prompt.ts'

const MODELS = Object.keys(PRICES)

describe('the worst case of a call', () => {
  it('is never less than what it comes to, however it is read, written, and answered', () => {
    const Call = fc.record({
      model: fc.constantFrom(...MODELS),
      size: fc.integer({ min: 1, max: 300_000 }),
      maxTokens: fc.integer({ min: 256, max: 64_000 }),
      read: fc.double({ min: 0, max: 1, noNaN: true }),
      written: fc.double({ min: 0, max: 1, noNaN: true }),
      said: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    fc.assert(
      fc.property(Call, ({ model, size, maxTokens, read, written, said }) => {
        const prompt = promptOf('x'.repeat(size), { model, maxTokens })
        const worst = worstOf(prompt, [], hashOf)
        // At most one token for each byte.
        const cached = Math.floor(size * read)
        const fresh = Math.floor((size - cached) * written)
        const usage = usageOf({
          input_tokens: size - cached - fresh,
          cache_read_input_tokens: cached,
          cache_creation_input_tokens: fresh,
          output_tokens: Math.floor(maxTokens * said),
        })
        expect(worst && worstAt(worst, maxTokens)).toBeGreaterThanOrEqual(costOf(model, usage) ?? 0)
      }),
      { numRuns: 200 },
    )
  })

  it('counts what an image or a PDF may come to, and once the API has counted it no more', () => {
    const bare = promptOf('what is it?')
    const file = { number: 3, kind: 'png' as const, name: 'a.png', sha256: 'ab', tokens: 4_000 }
    const shown = {
      ...bare,
      messages: [{ role: 'user' as const, content: [blockFor(file)] }, ...bare.messages],
    }
    const [without, worst] = [bare, shown].map((prompt) => worstOf(prompt, [], hashOf)?.read ?? 0)
    expect(Number(worst) - Number(without)).toBeGreaterThanOrEqual(4_000 * 1.1 * 2)

    const { size = 0, hash = 0 } = worstOf(shown, [], hashOf) ?? {}
    const known = worstOf(shown, [{ size, hash, tokens: 10 }], hashOf)
    expect(known?.read).toBeLessThan(Number(without))
    // Nobody can say in words what costs nothing, or takes the bytes of a file.
    const said = promptOf('{"url":"room-file:3:png:4000:ab"}')
    expect(worstOf(said, [], hashOf)?.read).toBeLessThan(Number(worst) / 2)
    // Nor can a model that is talked into it, by what a tool is called with.
    const input = { type: 'url', url: 'room-file:3:png:4000000:ab' }
    const use = { type: 'tool_use' as const, id: 'toolu_1', name: 'open', input }
    const used = {
      ...bare,
      messages: [...bare.messages, { role: 'assistant' as const, content: [use] }],
    }
    expect(worstOf(used, [], hashOf)?.read).toBeLessThan(Number(worst))
    expect(worstCaseOf(used)).toBeLessThan(worstCaseOf(shown) ?? 0)
  })

  it('takes as known what the API has counted for a request that began so, and only then', () => {
    const first = promptOf('x'.repeat(20_000))
    const before = worstOf(first, [], hashOf)
    const counted = [{ size: before?.size ?? 0, hash: before?.hash ?? 0, tokens: 5_000 }]
    const more = { ...first, messages: [...first.messages, said('Yes.')] }
    const other = { ...more, system: 'You are somebody else.' }

    expect(worstOf(more, counted, hashOf)?.read).toBeLessThan((before?.read ?? 0) / 3)
    expect(worstOf(other, counted, hashOf)?.read).toBeGreaterThan(before?.read ?? 0)
  })

  it('has room for a tool that the search of the API finds later, once the rest was counted', () => {
    const tool = { name: 'tracker__search', description: 'x'.repeat(3_000), inputSchema: {} }
    const tools = [{ ...tool, isDeferred: true as const }]
    const first = promptOf('Hello?', { tools })
    const { size = 0, hash = 0 } = worstOf(first, [], hashOf) ?? {}
    const next = { ...first, messages: [...first.messages, said('What is open?')] }
    const worst = worstOf(next, [{ size, hash, tokens: 50 }], hashOf)
    const read = usageOf({ cache_creation_input_tokens: 50 + 3_000, input_tokens: 50 })

    expect(worst?.read).toBeGreaterThanOrEqual(costOf(next.model, read) ?? 0)
  })

  it('is never less than what the API’s own tools make of it, whichever is used when', () => {
    const servers = serverToolsOf(
      ServerTools.parse({ webSearch: { maxUses: 3 }, webFetch: { maxUses: 2 } }),
    )
    const own = servers.map((server) => ({
      name: server.name,
      description: '',
      inputSchema: {},
      server,
    }))
    const seldom = {
      name: 'a',
      description: 'x'.repeat(3_000),
      inputSchema: {},
      isDeferred: true as const,
    }
    const prompt = promptOf('x'.repeat(1_000), { tools: [seldom, ...own] })
    const worst = worstOf(prompt, [], hashOf)
    // Three searches of the web, two pages, and one look for a tool.
    const finds = [15_000, 15_000, 15_000, 15_000, 15_000, 3_000]

    fc.assert(
      fc.property(fc.shuffledSubarray(finds), fc.integer({ min: 0, max: 600 }), (uses, said) => {
        let [read, sent] = [0, 2_000]
        for (const found of uses) {
          read += sent
          sent += found + said
        }
        const usage = usageOf({
          cache_creation_input_tokens: read + sent,
          output_tokens: 4_000,
          server_tool_use: { web_search_requests: 3, web_fetch_requests: 2 },
          inference_geo: 'us',
        })
        expect(worst && worstAt(worst, 4_000)).toBeGreaterThanOrEqual(
          costOf(prompt.model, usage) ?? 0,
        )
      }),
    )
  })

  it('has room for what is said before the API has looked for a tool, and is read again then', () => {
    const tools = [{ name: 'a', description: '', inputSchema: {}, isDeferred: true as const }]
    const prompt = promptOf('x'.repeat(1_000), { tools })
    const worst = worstOf(prompt, [], hashOf)
    const usage = usageOf({ cache_creation_input_tokens: 2_000 + 3_999, output_tokens: 4_000 })

    expect(worst && worstAt(worst, 4_000)).toBeGreaterThanOrEqual(
      1.1 * (costOf(prompt.model, usage) ?? 0),
    )
    expect(worst?.token).toBeCloseTo((10_000 + 2_500) * 1.1)
  })

  it('is as dear as the dearest kind of token that an operator names', () => {
    usePrices(
      '{"claude-sonnet-5-5": {"input": 2, "output": 10, "cacheRead": 2.4, "cacheWrite": 2}}',
    )
    const worst = worstOf(promptOf('x'.repeat(10_000)), [], hashOf)
    const usage = usageOf({ cache_read_input_tokens: 10_000 })
    expect(worst?.read).toBeGreaterThanOrEqual(costOf('claude-sonnet-5-5', usage) ?? Number.NaN)
    usePrices('')
  })

  it('has room for a workspace that is served in one country only, which the answer alone tells', () => {
    const worst = worstOf(promptOf('x'.repeat(10_000)), [], hashOf)
    const usage = usageOf({
      cache_creation_input_tokens: 10_000,
      output_tokens: 4_000,
      inference_geo: 'us',
    })
    expect(worst && worstAt(worst, 4_000)).toBeGreaterThanOrEqual(
      costOf('claude-sonnet-5-5', usage) ?? Number.NaN,
    )
  })

  it('is that of the longer prompt where the price goes by its length', () => {
    const short = worstOf(promptOf('x'.repeat(90_000), { model: 'claude-haiku-5-5' }), [], hashOf)
    const long = worstOf(promptOf('x'.repeat(110_000), { model: 'claude-haiku-5-5' }), [], hashOf)

    expect(long?.token).toBe((short?.token ?? 0) * 5)
  })

  it('leaves room for an answer that is just as long as what there is pays', () => {
    const worst = worstOf(promptOf('Hello?'), [], hashOf)
    if (!worst) throw new Error('It has a price')
    const tokens = mostTokensFor(worst, 50_000)

    expect(worstAt(worst, tokens)).toBeLessThanOrEqual(50_000)
    expect(worstAt(worst, tokens + 1)).toBeGreaterThan(50_000 - 11)
  })

  it('is not known without a price', () => {
    expect(worstOf(promptOf('Hello?', { model: 'claude-nine' }), [], hashOf)).toBeNull()
  })
})

describe('the fewest tokens that an answer is asked for with', () => {
  it.each<[Partial<Prompt>, number]>([
    [{ model: 'claude-haiku-4-5' }, 500],
    [{ model: 'claude-haiku-5-5' }, 500],
    [{ model: 'claude-sonnet-4-6' }, 500],
    [{ model: 'claude-opus-5' }, 500],
    [{ model: 'claude-haiku-4-5', thinking: 'adaptive' }, 2_000],
    [{ model: 'claude-sonnet-5-5' }, 2_000],
    [{ model: 'claude-sonnet-5-5-20261007' }, 2_000],
    [{ model: 'claude-opus-5-5' }, 2_000],
    [{ model: 'claude-fable-5' }, 2_000],
    [{ model: 'claude-fable-5-2' }, 2_000],
    [{ model: 'claude-mythos-5-1' }, 2_000],
    [{ model: 'claude-sonnet-5-5', maxTokens: 300 }, 300],
  ])('is of %j: %i', (changes, least) => {
    expect(leastTokensOf(promptOf('Hello?', changes))).toBe(least)
  })
})

function promptOf(text: string, changes: Partial<Prompt> = {}): Prompt {
  return {
    model: 'claude-sonnet-5-5',
    system: 'Be brief.',
    tools: [],
    messages: [said(text)],
    maxTokens: 4_000,
    mayUseTools: true,
    ...changes,
  }
}

function said(text: string) {
  return { role: 'user' as const, content: [{ type: 'text' as const, text }] }
}

function usageOf(counts: Partial<Usage>) {
  return { input_tokens: 0, output_tokens: 0, ...counts } as Usage
}
