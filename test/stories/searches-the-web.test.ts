import { describe, expect, it } from 'vitest'
import { worstOf } from '../../src/model/worst-case.ts'
import { webFetch, webSearch } from '../../src/tools/web.ts'
import { useBotChanges } from '../support/bots.ts'
import { useWorld } from '../support/world.ts'

const world = useWorld()
const change = useBotChanges()
const FOUND = [
  { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: { query: 'otters' } },
  {
    type: 'web_search_tool_result',
    tool_use_id: 'srvtoolu_1',
    content: [
      {
        type: 'web_search_result',
        url: 'https://example.com/otters',
        title: 'Otters',
        encrypted_content: 'abc',
        page_age: null,
      },
    ],
  },
]
const SAID = { type: 'text' as const, text: 'They swim.' }
const toolsAsked = () => (world.model.prompts.at(-1)?.tools ?? []).length

describe('a bot that searches the web', () => {
  it('asks the API for it within bounds, and keeps what was found as it came', async () => {
    change({ tools: [webSearch({ maxUses: 2 }), webFetch()], reply: 'whole' })
    world.model.answers(() => [...FOUND.map((block) => ({ type: 'whole' as const, block })), SAID])
    await world.asks(world.david, 'what do otters do?')
    expect(world.answers().at(-1)).toBe('They swim.')
    expect(world.model.prompts.at(-1)?.tools).toMatchObject([
      { type: 'web_search_20260318', max_uses: 2 },
      { type: 'web_fetch_20260318', url_sources: { client_tool_results: { type: 'none' } } },
    ])
    expect(await world.rows('SELECT tainted > 0 AS t FROM sessions')).toEqual([{ t: 1 }])
    world.model.says('And dive.')
    await world.asks(world.david, 'and?')
    expect(JSON.stringify(world.model.prompts.at(-1)?.messages)).toContain('srvtoolu_1')
  })

  it('goes on without where a gateway has no such tool', async () => {
    change({ tools: [webSearch()], reply: 'whole' })
    const message =
      "tools.0: Input tag 'web_search_20260318' found using 'type' does not match any of the expected tags: 'custom'"
    world.model.fails(400, { message }).says('I can’t search.')
    await world.asks(world.david, 'what do otters do?')
    expect(world.answers().at(-1)).toBe('I can’t search.')
    expect(toolsAsked()).toBe(0)
  })

  it('reserves what its searches may come to', () => {
    const of = (maxUses: number) => {
      const { hosted } = webSearch({ maxUses })
      const tools = [{ name: 'web_search', description: '', inputSchema: {}, hosted }]
      const prompt = { model: 'claude-sonnet-5-5', system: '', messages: [], maxTokens: 1000 }
      return worstOf({ ...prompt, tools, mayUseTools: true }, [], () => 0)?.read ?? 0
    }
    // Two more searches cost two cents, and what they find is read.
    expect(of(3) - of(1)).toBeGreaterThan(20_000)
  })
})
