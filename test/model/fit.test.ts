import { describe, expect, it } from 'vitest'
import { fitToSend } from '../../src/model/fit.ts'

const HALF = '\ud83d'
const text = (text: string) => ({ type: 'text', text })
const thought = (signature: string, thinking = '') => ({ type: 'thinking', thinking, signature })
const use = (id: string, input: object = {}) => ({ type: 'tool_use', id, name: 'boost', input })
const search = (id: string) => ({ type: 'server_tool_use', id, name: 'web_search', input: {} })
const found = (id: string) => ({ type: 'web_search_tool_result', tool_use_id: id, content: [] })

const citation = {
  type: 'web_search_result_location',
  cited_text: 'Otters',
  encrypted_index: 'Eo8B',
  title: null,
  url: 'https://example.com',
}

describe('what is stored can be sent back', () => {
  it.each<[string, object[], object[], string?]>([
    ['half an emoji at the end', [text(`Well ${HALF}`)], [text('Well \ufffd')]],
    [
      'half an emoji deep in an input',
      [use('t', { words: `half ${HALF} of it`, of: [{ [`k${HALF}`]: [HALF] }] })],
      [use('t', { words: 'half \ufffd of it', of: [{ 'k\ufffd': ['\ufffd'] }] })],
    ],
    [
      'half an emoji in a result',
      [{ ...found('s'), content: [{ title: HALF }] }],
      [{ ...found('s'), content: [{ title: '\ufffd' }] }],
    ],
    ['blank text', [text(' \n'), text('Well.')], [text('Well.')]],
    ['words after a tool', [use('t'), text('Well.')], [text('Well.'), use('t')]],
    [
      'a tool between words',
      [text('1'), use('t'), text('2'), use('u')],
      [text('1'), text('2'), use('t'), use('u')],
    ],
    [
      'a search and what it found',
      [search('s'), found('s'), text('So.')],
      [search('s'), found('s'), text('So.')],
    ],
    ['a search that found nothing yet', [search('s')], [search('s')], 'pause_turn'],
    ['a search that was cut off', [text('So.'), search('s')], [text('So.')], 'max_tokens'],
    [
      'a block of a beta that was not asked for',
      [{ type: 'compaction', content: null }, { type: 'fallback' }, text('So.')],
      [text('So.')],
    ],
    ['a kind that nobody knows', [{ type: 'new_kind', of: 'x' }, text('So.')], [text('So.')]],
    [
      'a search whose result nobody knows',
      [search('s'), { type: 'dream_tool_result', tool_use_id: 's', content: [] }, text('So.')],
      [text('So.')],
    ],
    [
      'a citation that lacks what it needs, or has more',
      [{ ...text('Hi.'), citations: [{ type: 'char_location' }, { ...citation, file_id: 'f' }] }],
      [{ ...text('Hi.'), citations: [citation] }],
    ],
    [
      'nothing but citations that nobody knows',
      [{ ...text('Hi.'), citations: [{}, { ...citation, encrypted_index: null }, { type: 'x' }] }],
      [text('Hi.')],
    ],
    [
      'a search of no name, one of another, and a result of none',
      [
        { ...search('s'), name: null },
        { ...search('t'), name: 'dream_search' },
        { ...found('u'), tool_use_id: '' },
        { ...found('v'), content: null },
        text('So.'),
      ],
      [text('So.')],
      'pause_turn',
    ],
    [
      'a caller that nobody knows',
      [
        { ...use('t'), caller: { type: 'otter' } },
        { ...use('u'), caller: {} },
      ],
      [use('t'), use('u')],
    ],
    [
      'what somebody has added to a search and to its result',
      [
        { ...search('s'), caller: { type: 'direct' }, provider: 'x' },
        { ...found('s'), caller: { type: 'direct' }, cost: 1 },
        text('So.'),
      ],
      [
        { ...search('s'), caller: { type: 'direct' } },
        { ...found('s'), caller: { type: 'direct' } },
        text('So.'),
      ],
    ],
    ['a field of somebody else', [{ ...text('Hi.'), index: 0, extra: { a: 1 } }], [text('Hi.')]],
    ['a thought that was never signed', [thought(''), text('So.')], [text('So.')]],
    [
      'a thought at the end',
      [thought('a'), text('So.'), thought('b')],
      [thought('a'), text('So.')],
    ],
    ['a thought before a tool', [thought('a'), use('t')], [thought('a'), use('t')]],
    ['nothing but a thought', [thought('a')], [thought('a')]],
    ['a thought of half an emoji', [thought('a', HALF), text('So.')], [text('So.')]],
    [
      'what is redacted, and empty',
      [{ type: 'redacted_thinking', data: '' }, text('So.')],
      [text('So.')],
    ],
  ])('%s', (_, blocks, fit, stop = 'end_turn') => {
    expect(fitToSend(blocks as Record<string, unknown>[], stop)).toEqual(fit)
  })

  it.each([
    ['blank text left out', text(' ')],
    ['a thought left out', thought('')],
    ['a word changed', text(HALF)],
    ['a tool moved', use('t')],
    ['a search left out', search('s')],
    ['a kind left out', { type: 'new_kind' }],
  ])('a thought does not stay behind what was not so when it was thought: %s', (_, changed) => {
    const blocks = [thought('a'), text('1'), changed, thought('b'), text('2')]
    const fit = fitToSend(blocks as Record<string, unknown>[], 'end_turn')
    expect(fit.filter(({ type }) => type === 'thinking')).toEqual([thought('a')])
    expect(fit).toContainEqual(text('2'))
  })

  it('and stays where nothing was changed', () => {
    const blocks = [thought('a'), text('1'), search('s'), found('s'), thought('b'), text('2')]
    expect(fitToSend(blocks as Record<string, unknown>[], 'end_turn')).toEqual(blocks)
  })
})
