import type { Tool as Definition } from '@anthropic-ai/sdk/resources/messages/messages'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { assistant } from '../../src/bots/assistant.ts'
import { defineTool, type Tool } from '../../src/tools/tool.ts'
import { useBotChanges } from '../support/bots.ts'
import type { Block } from '../support/model.ts'
import { failure } from '../support/sse.ts'
import { useWorld } from '../support/world.ts'

const world = useWorld()
const change = useBotChanges()

const REFUSED =
  "tools.0: Input tag 'tool_search_tool_bm25_20251119' found using 'type' does not match any of the expected tags"
const DAY = 24 * 60 * 60_000

function seldom(name: string): Tool {
  const input = z.strictObject({})
  return defineTool({
    name,
    description: name,
    input,
    effect: 'read',
    isSeldom: true,
    run: async () => name,
  })
}

/** With six of its own, so many of which are seldom needed. */
function withSeldom(count: number) {
  const more = Array.from({ length: count }, (_, n) => seldom(`seldom_${n}`))
  change({ tools: [...assistant.tools.slice(0, 6), ...more], reply: 'whole' })
}

const tools = () => world.model.prompts.at(-1)?.tools ?? []
const deferred = () =>
  tools().flatMap((tool) => ((tool as Definition).defer_loading ? [(tool as Definition).name] : []))
const searches = () => tools().some(({ type }) => type?.startsWith('tool_search_tool'))

describe('what a bot of many tools seldom needs', () => {
  it('is left to the API to find, and of few tools nothing is', async () => {
    withSeldom(4)
    world.model.says('Few.')
    await world.asks(world.david, 'hello')
    expect({ searches: searches(), deferred: deferred() }).toEqual({
      searches: false,
      deferred: [],
    })

    withSeldom(5)
    world.model.says('Many.')
    await world.asks(world.david, 'hello')
    expect(searches()).toBe(true)
    expect(deferred()).toContain('seldom_4')
    expect(deferred()).not.toContain('memory')
  })

  it('may be one more without a change of what was thought before', async () => {
    withSeldom(6)
    world.model.thinks('It is about tea.').says('Tea.')
    await world.asks(world.david, 'tea?')
    withSeldom(7)
    world.model.says('And cake.')
    await world.asks(world.david, 'and?')

    expect(deferred()).toContain('seldom_6')
    expect(world.model.bodies.at(-1)).toContain('It is about tea.')
  })

  it('is sent whole where that is refused, and tried again a day later', async () => {
    withSeldom(6)
    world.model.thinks('It is about tea.').says('Tea.')
    await world.asks(world.david, 'tea?')
    world.model.fails(400, { message: REFUSED }).says('Cake.')
    await world.asks(world.david, 'and cake?')

    expect(world.answers().at(-1)).toBe('Cake.')
    expect({ searches: searches(), deferred: deferred() }).toEqual({
      searches: false,
      deferred: [],
    })
    expect(tools().map((tool) => (tool as Definition).name)).toContain('seldom_5')
    // The tools stand before all else, so what was thought behind the others is not sent.
    expect(world.model.bodies.at(-1)).not.toContain('It is about tea.')

    await world.passes(DAY + 60_000)
    world.model.says('They had tea and cake.').says('Hello.')
    await world.asks(world.david, 'hello')
    expect(searches()).toBe(true)
  })

  it('goes back as it was found, and is left out where nothing can be found any more', async () => {
    withSeldom(6)
    const found = { type: 'tool_search_tool_search_result', tool_references: [] }
    world.model
      .answers(() => [
        { type: 'whole', block: { type: 'server_tool_use', id: 'srv_1', name: SEARCH, input: {} } },
        {
          type: 'whole',
          block: { type: 'tool_search_tool_result', tool_use_id: 'srv_1', content: found },
        },
        { type: 'tool_use', id: 'toolu_s', name: 'seldom_0', input: {} },
      ])
      .says('Found.')
    await world.asks(world.david, 'find it')
    expect(world.model.bodies.at(-1)).toContain('tool_search_tool_search_result')
    expect(world.answers()).toEqual(['Found.'])

    world.model.fails(400, { message: REFUSED }).says('Without.')
    await world.asks(world.david, 'and now?')
    expect(world.model.bodies.at(-1)).not.toContain('tool_search')
    expect(world.model.bodies.at(-1)).toContain('toolu_s')
    expect(world.answers().at(-1)).toBe('Without.')
  })
  it('and was found before it went is found no more, and all else is remembered', async () => {
    withSeldom(7)
    world.model
      .answers(() => [
        ...foundIn('seldom_1', 'seldom_6'),
        { type: 'tool_use', id: 'toolu_s', name: 'seldom_6', input: {} },
      ])
      .thinks('It is about tea.')
      .says('Found.')
    await world.asks(world.david, 'find it')
    withSeldom(6)
    world.model.thinks('They want cake.').says('And here?').says('Still here.')
    await world.asks(world.david, 'and now?')

    expect(world.answers()).toEqual(['Found.', 'And here?'])
    expect(world.model.bodies.at(-1)).toMatch(/find it.*"tool_name":"seldom_1".*toolu_s/)
    expect(world.model.bodies.at(-1)).not.toMatch(/"tool_name":"seldom_6"|It is about tea/)
    await world.asks(world.david, 'still?')
    expect(world.model.bodies.at(-1)).toContain('They want cake.')
  })

  it('and is missed by whoever answers is not left to be found, for a day', async () => {
    withSeldom(6)
    world.model.answers(() => foundIn('seldom_1'))
    await world.asks(world.david, 'find it')
    world.model.gateway = (body) =>
      JSON.stringify(body).includes('tool_reference')
        ? failure(400, {
            message: "Tool reference 'seldom_1' has no corresponding tool definition",
          })
        : null
    world.model.says('And here.')
    await world.asks(world.david, 'and now?')

    expect(world.answers().at(-1)).toBe('And here.')
    expect(world.model.bodies.at(-1)).toContain('find it')
    expect(searches()).toBe(false)
  })
})

/** A search, with a thought between what was found and what is said. */
function foundIn(...names: string[]): Block[] {
  const tool_references = names.map((tool_name) => ({ type: 'tool_reference', tool_name }))
  const content = { type: 'tool_search_tool_search_result', tool_references }
  return [
    { type: 'thinking', thinking: 'Which one?', signature: '' },
    { type: 'server_tool_use', id: 'srv_1', name: SEARCH, input: {} },
    { type: 'whole', block: { type: 'tool_search_tool_result', tool_use_id: 'srv_1', content } },
    { type: 'thinking', thinking: 'That one.', signature: '' },
    { type: 'text', text: 'I have it.' },
  ]
}

const SEARCH = 'tool_search_tool_bm25'
