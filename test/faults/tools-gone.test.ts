import { describe, expect, it } from 'vitest'
import { ServerTools } from '../../src/bots/server-tools.ts'
import { useBotChanges } from '../support/bots.ts'
import { cited, fetched, ran, searched } from '../support/model/server-tools.ts'
import { useWorld } from '../support/world.ts'
import { expectQuiet } from './quiescence.ts'

const world = useWorld()
const change = useBotChanges()
const text = (words: string) => ({ type: 'text' as const, text: words })
const bytes = () => JSON.stringify(world.model.prompts.at(-1)?.messages)

describe('a session in which tools were used that the bot does not have any more', () => {
  it.each<[string, object, RegExp, RegExp]>([
    [
      'to search',
      { webFetch: {}, code: {} },
      /EqgfCioIARgB|Eo8BCioIAhgB/,
      /Otters hold hands\.|print/,
    ],
    ['to open pages', { webSearch: {}, code: {} }, /web_fetch|Otters hold hands\./, /Eo8BCioIAhgB/],
    ['to run code', { webSearch: {}, webFetch: {} }, /print\(4\)/, /EqgfCioIARgB/],
    ['of the API, whichever', {}, /server_tool_use|_tool_result"|citations/, /They float/],
  ])('%s, goes on, and nothing that was said is lost', async (_, left, gone, kept) => {
    change({
      fallbackModel: undefined,
      reply: 'whole',
      serverTools: ServerTools.parse({ webSearch: {}, webFetch: {}, code: {} }),
    })
    world.model.gives([
      text('Let me look.'),
      ...searched('otters'),
      ...fetched(),
      ...ran('print(4)'),
      cited('They float.'),
    ])
    await world.asks(world.david, 'what do otters do?')
    change({ serverTools: ServerTools.parse(left) })
    world.model.says('Yes.')
    await world.asks(world.david, 'sure?')

    expect(world.answers().at(-1)).toBe('Yes.')
    expect(bytes()).not.toMatch(gone)
    expect(bytes()).toMatch(kept)
    expect(bytes()).toMatch(/Let me look.*They float/)
    await expectQuiet(world)
  })

  it('of which it has none any more, goes on', async () => {
    change({ fallbackModel: undefined, reply: 'whole' })
    world.model.uses('search_conversation', { words: 'tea' }, { saying: 'I look.' }).says('Mint.')
    await world.asks(world.david, 'which tea?')
    change({ tools: [] })
    world.model.says('Yes.')
    await world.asks(world.david, 'sure?')

    expect(world.answers()).toEqual([expect.stringContaining('Mint.'), 'Yes.'])
    expect(bytes()).toMatch(/which tea.*I look.*Mint.*sure/)
    await expectQuiet(world)
  })
})
