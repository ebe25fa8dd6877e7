import { describe, expect, it } from 'vitest'
import { toHtml } from '../../src/campfire/html.ts'
import { split, splitForPush } from '../../src/campfire/markdown.ts'

describe('a cut through inline markup', () => {
  it.each([
    [
      'closes bold and opens it again',
      'aa **bb cc dd ee** ff',
      14,
      ['aa **bb cc**', '**dd ee** ff'],
    ],
    [
      'leaves a link whole',
      'one two three [a b c](https://x.io) d',
      30,
      ['one two three', '[a b c](https://x.io) d'],
    ],
    [
      'leaves an address whole',
      'one two https://x.io/a.b!c d',
      24,
      ['one two', 'https://x.io/a.b!c d'],
    ],
    ['leaves short code whole', 'one two `a b c d` e f', 16, ['one two', '`a b c d` e f']],
    ['closes both', '**aa *bb cc dd* ee** f', 16, ['**aa *bb cc***', '***dd* ee** f']],
    [
      'gives what holds code blocks a longer fence',
      '```text\n# T\n```js\na()\nb()\n```\nend\n```\nc',
      34,
      ['````text\n# T\n```js\na()\nb()\n````', '````text\n```\nend\n````\n\nc'],
    ],
  ])('%s', (_, markdown, limit, parts) => {
    expect(split(markdown, limit)).toEqual(parts)
  })

  it('never leaves half a marker, of a paragraph full of code', () => {
    const markdown = 'see `src/a b.ts` and **some `bold code` here** or '.repeat(200)
    const parts = split(markdown)
    expect(parts.length).toBeGreaterThan(2)
    for (const part of parts) expect(toHtml(part)).not.toMatch(/[`*]/)
  })
})

describe('what a push carries', () => {
  const bytes = (text: string) => new TextEncoder().encode(text).length

  it.each([
    ['Chinese', '这是一个很长的句子，用来测试分割。'.repeat(230), 4],
    ['Russian', 'Это русский текст, довольно длинный. '.repeat(95), 2],
    ['English', 'English words here, quite many. '.repeat(108), 1],
    ['both', `${'English words. '.repeat(150)}\n\n${'Русские слова. '.repeat(150)}`, 5],
  ])('is counted in bytes: %s', (_, text, most) => {
    const parts = splitForPush(text)
    expect(parts.length).toBeLessThanOrEqual(most)
    for (const part of parts) expect(bytes(part)).toBeLessThanOrEqual(3_500)
    expect(parts.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
  })
})
