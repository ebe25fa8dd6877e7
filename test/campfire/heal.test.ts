import fc from 'fast-check'
import { Parser } from 'htmlparser2'
import { describe, expect, it } from 'vitest'
import { hasParagraph, hasSentence, heal } from '../../src/campfire/heal.ts'
import { toHtml } from '../../src/campfire/html.ts'
import { fingerprint } from '../../src/campfire/text.ts'
import { runs } from '../support/extent.ts'

const OFFER = `Here is what I **found**, with _some_ care and \`code\`:

## The *numbers*

| Quarter | Sum | Note |
|:--|--:|:-:|
| Q1 | 10 | **good** |
| Q2 | 12 | [link](https://x.io/a_b) |

After the table comes ***all at once***, ~~no~~, and an "AT&amp;T" &copy; sign.
A second line, with [a **bold** link](https://example.com/a_(b)?x=1 "Title") and ![an image](https://x.io/p.png).

1. First, \`npm i\`:
   \`\`\`bash
   npm i *
   \`\`\`
2. Second **bold
   over lines**
   - nested *item*
   - [ ] a task
   - [x] done

> A quote with **bold**
> and \`\`two \` ticks\`\`.
>
> \`\`\`js
> const a = \`x\` ** 2
> \`\`\`

---

\`\`\`python title.py
def f(**kwargs):
    return kwargs | {}

x = "\`\`"
\`\`\`

See <https://x.io/b_c>, or https://x.io/d_e_f for more. 🙂 2*3 = 6.

* A star
* Another **star**

Done!
`

const BLOCKS = OFFER.replace(/```python[\s\S]+?\n```\n/, '').split('\n\n')
const shown = (markdown: string) => fingerprint(toHtml(markdown))

describe('what is still being written', () => {
  it.each([
    ['bold', 'a **b', 'a **b**'],
    ['bold before its word', 'a **', 'a '],
    ['bold with a space', 'a **b ', 'a **b**'],
    ['half of the end of bold', 'a **b*', 'a **b**'],
    ['italics', 'a *b', 'a *b*'],
    ['italics in bold', '**a *b', '**a *b***'],
    ['italics closed, bold not', '**a *b*', '**a *b***'],
    ['all at once', '***a', '***a***'],
    ['bold that ends in a slash', '**https:/', '**https:**'],
    ['bold in bold that is none', 'x **a **b', 'x **a **b**'],
    ['italics before an operator', '*a, b * ', '*a, b*'],
    ['an address in brackets', 'a [b](<https://x.io/y z>', 'a '],
    ['a footnote', 'a[^1]\n\n[^1]: So', 'a[^1]\n\n[^1]: So'],
    ['underscores', '_a', '_a_'],
    ['names with underscores', 'a snake_case_name', 'a snake_case_name'],
    ['strike', '~~a', '~~a~~'],
    ['half of the end of strike', '~~a~', '~~a~~'],
    ['half of the start of strike', 'a ~', 'a '],
    ['a range', '3~5', '3~5'],
    ['a product', '2*3', '2*3'],
    ['a product with spaces', '2 * 3', '2 * 3'],
    ['code', 'a `b', 'a `b`'],
    ['code before its word', 'a `', 'a '],
    ['code with ticks', '``a ` b`', '``a ` b``'],
    ['markers in code', '`**a` b', '`**a` b'],
    ['code in bold', '**a `b', '**a `b`**'],
    ['bold in a former paragraph', '**a\n\nb', '**a\n\nb'],
    ['bold over lines', '**a\nb', '**a\nb**'],
    ['a label', 'a [te', 'a '],
    ['a label that is whole', 'a [text]', 'a '],
    ['an address', 'a [text](https://exa', 'a '],
    ['an address with a title', 'a [text](https://x.io "Ti', 'a '],
    ['an image', 'a ![te', 'a '],
    ['a reference', 'a [text][1', 'a '],
    ['brackets that are no link', 'a [sic] b', 'a [sic] b'],
    ['a link in bold', '**[te', ''],
    ['a definition', '[a][1]\n\n[1]: htt', '[a][1]\n\n'],
    ['an autolink', 'a <https://x', 'a '],
    ['an entity', 'a &am', 'a '],
    ['a name with &', 'AT&T', 'AT&T'],
    ['a backslash', 'a \\', 'a '],
    ['an escaped marker', 'a \\*b', 'a \\*b'],
    ['a heading', 'a\n\n##', 'a\n\n'],
    ['a heading before its word', 'a\n\n## ', 'a\n\n'],
    ['bold in a heading', '## a **b', '## a **b**'],
    ['an item', 'a\n-', 'a\n'],
    ['an item before its word', '- a\n- ', '- a\n'],
    ['an item with a marker', '- a\n- **', '- a\n'],
    ['a number', '1. a\n2', '1. a\n'],
    ['a number with its dot', '1. a\n2.', '1. a\n'],
    ['a task', '- a\n- [ ', '- a\n'],
    ['a quote', 'a\n\n> ', 'a\n\n'],
    ['an underline', 'a\n--', 'a\n'],
    ['the header of a table', 'a\n\n| b | c', 'a\n\n'],
    ['the header of a table and no more', 'a\n\n| b | c |\n', 'a\n\n'],
    ['the rule of a table', 'a\n\n| b | c |\n|--', 'a\n\n'],
    ['a table without rows', '| b |\n|--', '| b |\n|--'],
    ['half a row', '| b |\n|---|\n| c |\n| d', '| b |\n|---|\n| c |\n'],
    ['a row with too few cells', '|a|b|\n|-|-|\n|1|', '|a|b|\n|-|-|\n'],
    ['a whole row', '|a|b|\n|-|-|\n|1|2|', '|a|b|\n|-|-|\n|1|2|'],
    ['pipes in a sentence', 'use a | b', 'use a | b'],
    ['a fence', 'a\n\n``', 'a\n\n'],
    ['a fence before its code', 'a\n\n```py', 'a\n\n'],
    ['a fence with nothing in it', 'a\n\n```py\n\n', 'a\n\n'],
    ['code in a fence', '```py\na', '```py\na\n```'],
    ['markers in a fence', '```\n**a [b', '```\n**a [b\n```'],
    ['half of the end of a fence', '```\na\n``', '```\na\n```'],
    ['a fence in an item', '- a\n  ```\n  b', '- a\n  ```\n  b\n  ```'],
    ['a fence in a quote', '> ```\n> b', '> ```\n> b\n> ```'],
    ['a fence of tildes', '~~~\n```', '~~~\n```\n~~~'],
    ['nothing', '', ''],
  ])('%s', (_, markdown, healed) => {
    expect(heal(markdown)).toBe(healed)
  })
})

it('holds back half a character', () => {
  expect(heal('a \ud83d')).toBe('a ')
})

describe('what is whole', () => {
  it.each([OFFER, OFFER.trimEnd(), ...BLOCKS])('stays: part %#', (markdown) => {
    expect(shown(heal(markdown))).toBe(shown(markdown))
  })
})

describe('every beginning of an answer', () => {
  const prefixes = [...OFFER].map((_, index, all) => all.slice(0, index).join(''))

  it('shows no marker that is about to go', () => {
    const bare = (markdown: string) => toHtml(markdown).replace(/<(pre|code)\b.*?<\/\1>/gs, '')

    const raw = prefixes.filter((prefix) => /\*\*|`|~~|\]\(|\|/.test(bare(heal(prefix))))
    expect(raw.map((prefix) => prefix.slice(-40).toWellFormed())).toEqual([])
  })

  it('shows a beginning of the end, give or take a word', () => {
    const whole = shown(OFFER)
    const astray = prefixes.filter((prefix) => {
      const now = shown(heal(prefix))
      return !whole.startsWith(now.slice(0, -25))
    })
    expect(astray.map((prefix) => prefix.slice(-40).toWellFormed())).toEqual([])
  })

  it('holds back no more than the link or row in the making', () => {
    const late = prefixes.filter(
      (prefix) => shown(prefix).length - shown(heal(prefix)).length > 110,
    )
    expect(late.map((prefix) => prefix.slice(-40).toWellFormed())).toEqual([])
  })
})

describe('whatever a model writes', () => {
  const ALLOWED =
    /^(?:a|blockquote|br|code|del|div|em|h[1-6]|hr|li|ol|p|pre|strong|ul|action-text-attachment)$/
  const pieces = [
    ...[
      'ant',
      'bee',
      ' ',
      '\n',
      '\n\n',
      '*',
      '**',
      '***',
      '_',
      '~~',
      '~',
      '`',
      '``',
      '```',
      '\n```js\n',
    ],
    ...[
      '[',
      ']',
      '](',
      ')',
      '![',
      '<',
      '<https://',
      '&',
      '&amp;',
      '\\',
      '|',
      '\n|-|-|\n',
      '\n- ',
      '\n1. ',
    ],
    ...['\n# ', '\n> ', '- [ ] ', '[1]: ', '🙂', '古', '=', '---'],
  ]
  const markdowns = fc
    .array(fc.constantFrom(...pieces), { maxLength: 60, size: 'max' })
    .map((all) => all.join(''))

  it('heals to what Campfire keeps, once and for all', () => {
    fc.assert(
      fc.property(markdowns, (markdown) => {
        const healed = heal(markdown)
        const tags: string[] = []
        const parser = new Parser({ onopentagname: (tag) => void tags.push(tag) })
        parser.end(toHtml(healed))

        expect(tags.filter((tag) => !ALLOWED.test(tag))).toEqual([])
        expect(markdown.startsWith(healed.replace(/[*_~`\n> ]*$/, ''))).toBe(true)
      }),
      runs(5_000),
    )
  })

  it.each(['[', '`', '``` ', '*a ', '_a', '<', '&', '|', '\\', '> ', '- ', '[a](', '**`[', '\n|'])(
    'does not hang on 100 KB of %j',
    (piece) => {
      expect(heal(piece.repeat(100_000 / piece.length)).length).toBeLessThan(110_000)
    },
  )
})

describe('a paragraph', () => {
  it.each([
    ['Hello there.', false],
    ['Hello there.\n', false],
    ['Hello there.\n\n', true],
    ['# Hello\n\n', false],
    ['# Hello\nthere\n\n', true],
    ['# Hello\n\nthere', false],
    ['\n\n', false],
    ['\n\nHello', false],
    ['```\na\n\nb', false],
    ['```\na\n\nb\n```\n\n', true],
  ])('is complete in %j: %s', (markdown, complete) => {
    expect(hasParagraph(markdown)).toBe(complete)
  })
})

describe('a sentence', () => {
  it.each([
    ['Hello there, everybody.', false],
    ['Hello there, everybody. And', true],
    ['Hi. And', false],
    ['**Deployed at half past five.** And', true],
    ['Is it that one? Yes', true],
    ['It is 3.5 times as much as that', false],
    ['# What was decided yesterday. And\n', false],
    ['```\nWhat was decided. And more\n', false],
    ['我们昨天已经在会议上决定了这件事情。然后', true],
    ['', false],
  ])('stands whole in %j: %s', (markdown, whole) => {
    expect(hasSentence(markdown)).toBe(whole)
  })
})
