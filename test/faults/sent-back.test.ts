import { describe, expect, it } from 'vitest'
import type { Block } from '../support/model.ts'
import { useWorld } from '../support/world.ts'
import { expectQuiet } from './quiescence.ts'

// Whatever a model or a gateway says: the room goes on, and the API takes it back.

const world = useWorld()
const asks = (json: string, { name = 'search_conversation', id = 'toolu_9' } = {}): Block => {
  return { type: 'tool_use', id, name, input: {}, json }
}
const text = (words: string): Block => ({ type: 'text', text: words })
const thought: Block = { type: 'thinking', thinking: 'Hm.', signature: 's' }
const whole = (block: object): Block => ({ type: 'whole', block })
const deep = `${'['.repeat(3_000)}${']'.repeat(3_000)}`

describe('an answer that the API would not take back as it is', () => {
  it.each<[string, Block[]]>([
    ['half an emoji as a name', [asks('{"words":"x","\\ud83d":{"\\udc4f":"\\ud83d"}}')]],
    ['a number without end', [asks('{"words":"x","n":1e400,"m":-1e400}')]],
    ['a number of many digits', [asks('{"words":"x","n":12345678901234567890123}')]],
    ['what is deeper than anybody means it', [asks(`{"words":${deep}}`)]],
    [
      'the same, at once',
      [whole({ ...asks('{}'), json: undefined, input: { words: JSON.parse(deep) } })],
    ],
    ['a name that every object has', [asks('{"words":"x","__proto__":{"a":1},"constructor":1}')]],
    ['nothing', [asks('null')]],
    ['a list', [asks('["x"]')]],
    ['words', [asks('"x"')]],
    ['one input behind another', [asks('{"words":"x"}{"words":"x"}')]],
    ['no tool', [asks('{}', { name: '' })]],
    ['a tool that every object has', [asks('{}', { name: 'constructor' })]],
    ['a tool of a name that nobody can say', [asks('{}', { name: `🦦${'x'.repeat(300)}` })]],
    ['a use of no name', [asks('{"words":"x"}', { id: '' })]],
    ['a use of a name that is no name', [asks('{"words":"x"}', { id: 'call: 🦦' })]],
    [
      'a hundred uses',
      Array.from({ length: 100 }, (_, n) => asks(`{"words":"${n}"}`, { id: 'all' })),
    ],
    ['a use with thoughts behind it', [text('I look.'), asks('{"words":"x"}'), thought]],
    ['a use with blank words around it', [text(' '), asks('{"words":"x"}'), text('\n')]],
    [
      'a use by whom nobody knows',
      [whole({ ...asks('{}'), json: undefined, caller: { type: 'x' } })],
    ],
  ])('as it asks for %s, is made fit for that', async (_, blocks) => {
    world.model.gives(blocks).says('Found nothing.')
    await world.asks(world.david, 'look it up')

    expect(world.answers().at(-1)).toContain('Found nothing.')
    await expectQuiet(world)
  })

  it.each<[string, Block[]]>([
    ['no block', []],
    ['an empty one', [text('')]],
    ['blanks', [text(' \n\t')]],
    ['blanks that nobody sees', [text('\u200b\ufeff\u0000')]],
    ['nothing but thoughts', [thought, thought]],
    ['thoughts, and a blank', [thought, text('\n')]],
    ['a block of no kind', [whole({})]],
    ['a block of a kind to come', [whole({ type: 'dream', text: 'sheep' })]],
    ['a compaction that is empty', [whole({ type: 'compaction', content: null })]],
    ['a result of nothing', [whole({ type: 'web_search_tool_result', content: null })]],
    ['thoughts that nobody signed', [whole({ type: 'thinking', thinking: 'Hm.' })]],
  ])('as it is %s, is asked for once more in words', async (_, blocks) => {
    world.model.gives(blocks).says('Here I am.')
    await world.asks(world.david, 'are you there?')

    expect(world.answers()).toEqual(['Here I am.'])
    await expectQuiet(world)
  })

  it.each<[string, Block[]]>([
    ['half an emoji', [text('Well \ud83d'), text(' said.')]],
    ['thoughts at its end', [text('Well'), text(' said.'), thought]],
    ['a citation of nothing', [whole({ type: 'text', text: 'Well said.', citations: [{}, null] })]],
    [
      'a citation without a place',
      [
        whole({
          type: 'text',
          text: 'Well said.',
          citations: [{ type: 'char_location', cited_text: 'Well', document_index: 0 }],
        }),
      ],
    ],
    ['a file that is none', [text('Well said.'), whole({ type: 'container_upload' })]],
  ])('as there is %s, stands, and is sent back without', async (_, blocks) => {
    world.model.gives(blocks)
    await world.asks(world.david, 'well?')

    expect(world.answers()[0]).toMatch(/^Well.* said\.$/)
    await expectQuiet(world)
  })
})
