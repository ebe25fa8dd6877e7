import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toHtml } from '../../src/campfire/html.ts'
import { split } from '../../src/campfire/markdown.ts'
import { fingerprint } from '../../src/campfire/text.ts'
import { runs } from '../support/extent.ts'

describe('short and blank answers', () => {
  it('stay one part', () => {
    expect(split('# A\r\n\r\nb\n')).toEqual(['# A\n\nb'])
    expect(split('    code\n')).toEqual(['    code'])
  })

  it('have no part when blank', () => {
    expect(split(' \n\t\n')).toEqual([])
    expect(split('\n'.repeat(5000))).toEqual([])
  })
})

describe('long answers', () => {
  it.each([
    ['between blocks', 'one two\n\nthree four', 12, ['one two', 'three four']],
    [
      'with headings kept to their text',
      'one\n\n## H\n\ntwo two two',
      20,
      ['one', '## H\n\ntwo two two'],
    ],
    ['between items', '- one\n- two\n- three', 12, ['- one\n- two', '- three']],
    ['numbers going on', '1. one\n2. two\n3. three', 15, ['1. one\n2. two', '3. three']],
    ['numbers that are all one', '1. one\n1. two\n1. three', 15, ['1. one\n2. two', '3. three']],
    ['between lines', 'one two\nthree four', 14, ['one two', 'three four']],
    ['between sentences', 'One two. Three four five.', 17, ['One two.', 'Three four five.']],
    ['between sentences without spaces', '一二三四。五六七八。', 8, ['一二三四。', '五六七八。']],
    ['between words', 'one two three four', 12, ['one two', 'three four']],
    ['between characters at least', 'abcdefgh', 5, ['abcd', 'efgh']],
    ['never within a character', '👩‍👩‍👧👩‍👩‍👧', 10, ['👩‍👩‍👧', '👩‍👩‍👧']],
    ['without new markup', 'one two three - four', 16, ['one two three', '\\- four']],
    ['without new numbers', 'born in the year 1999. Yes', 19, ['born in the year', '1999\\. Yes']],
  ])('are cut %s', (_, markdown, limit, parts) => {
    expect(split(markdown, limit)).toEqual(parts)
  })

  it('close a fence and open it again', () => {
    expect(split('a\n\n```js title\none\ntwo\nthree\n```\n\nb', 24)).toEqual([
      'a',
      '```js title\none\ntwo\n```',
      '```js\nthree\n```\n\nb',
    ])
  })

  it('repeat the header of a table', () => {
    expect(split('|a|b|\n|-|-|\n|1|2|\n|3|4|\n|5|6|', 24)).toEqual([
      '|a|b|\n|-|-|\n|1|2|\n|3|4|',
      '|a|b|\n|-|-|\n|5|6|',
    ])
  })

  it('quote each part of a quote', () => {
    expect(split('> one two\n>\n> three four', 14)).toEqual(['> one two', '> three four'])
  })

  it('go on after an item that is too long', () => {
    expect(split('- one two\n\n  three four\n- five', 14)).toEqual([
      '- one two',
      'three four',
      '- five',
    ])
  })

  it('give every part the definitions of its links', () => {
    const markdown = '[one][a] and so on\n\nthen [two][b]\n\n[a]: https://a.io\n[b]: https://b.io'
    expect(split(markdown, 40)).toEqual([
      '[one][a] and so on\n\nthen [two][b]\n\n[a]: https://a.io\n[b]: https://b.io',
    ])
    expect(split(markdown, 20)).toEqual([
      '[one][a] and so on\n\n[a]: https://a.io',
      'then [two][b]\n\n[b]: https://b.io',
    ])
  })

  it.each([
    '>',
    '> ',
    '- ',
    '- a\n',
    '1. ',
    '[',
    '`',
    'a',
    '🙂',
    '|',
    '```\n',
    '| a |\n|-|\n',
    '\n',
  ])('do not hang or fall on 100 KB of %j', (piece) => {
    const parts = split(piece.repeat(100_000 / piece.length))
    for (const part of parts) expect(part.length).toBeLessThanOrEqual(3500)
  })
})

describe('whatever a model writes', () => {
  const words = ['ant', 'bee', 'cat', 'dog', 'elk', 'div', 'lt']
  const markup = [
    ...['*', '**', '_', '~~', '`', '[', ']', '](', ')', '<', '>', '|', '\n|-|-|\n', ' ', ' ', ' '],
    ...[
      '\n',
      '\n',
      '\n\n',
      '\n- ',
      '\n  - ',
      '\n1. ',
      '\n7. ',
      '\n# ',
      '\n> ',
      '\n```\n',
      '\n~~~\n',
    ],
    ...['    ', '\\', '&amp;', '. ', '。', '👩‍👩‍👧', 'e\u0301', '---'],
  ]
  const markdowns = fc
    .array(fc.constantFrom(...words, ...markup), { minLength: 10, maxLength: 120, size: 'max' })
    // What follows a fence names its language, which is not shown.
    .map((pieces) => pieces.join('').replace(/`{3,}|~{3,}/g, '$&\n'))

  it('stays whole in parts that fit', () => {
    fc.assert(
      fc.property(markdowns, fc.integer({ min: 40, max: 90 }), (markdown, limit) => {
        const parts = split(markdown, limit)
        const shown = parts.map((part) => fingerprint(toHtml(part))).join('')
        const letters = markdown.replace(/&amp;/g, ' ').match(/[a-z]/g) ?? []

        expect(shown).toMatch(new RegExp(letters.join('[^]*?')))
        for (const part of parts) {
          expect(part.trim()).not.toBe('')
          expect(part.isWellFormed()).toBe(true)
          expect(part.length).toBeLessThanOrEqual(limit)
        }
      }),
      runs(3_000),
    )
  })
})
