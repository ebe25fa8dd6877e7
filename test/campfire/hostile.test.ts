import fc from 'fast-check'
import { Parser } from 'htmlparser2'
import { describe, expect, it } from 'vitest'
import { heal } from '../../src/campfire/heal.ts'
import { toHtml } from '../../src/campfire/html.ts'
import { split } from '../../src/campfire/markdown.ts'
import { ListedMessage } from '../../src/campfire/message.ts'
import { fingerprint, readHtml } from '../../src/campfire/text.ts'
import { runs } from '../support/extent.ts'

const SEED = 20261121
const LONG = 400_000
const BEST = 'eyJfcmFpbHMiOnt9fQ==--ab12'

/** Who is in the room, by the names that they gave themselves, and what they say is their sgid. */
const people = new Map([
  ['<img src=x onerror=alert(1)>', BEST],
  ['"><script>alert(2)</script>', BEST],
  ['Ann', BEST],
  ['Ann|.*', BEST],
  ['__proto__', BEST],
  ['Eve', '"><img src=x>--ab'],
  ['Mallory', `${BEST}" onclick="x`],
  ['constructor', ''],
  ['Bo>b', 'nonsense'],
])

const WORDS = ['ant', 'bee', 'cat', 'dog', 'elk']
/** What must be seen as it is written, whatever stands around it. */
const HOSTILE = [
  ...['<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '<svg/onload=alert(1)>', '</p>'],
  ...[
    '<iframe srcdoc="<b>">',
    '<style>a{}</style>',
    '<textarea>',
    '<title>',
    '<table><td>',
    '</pre>',
  ],
  ...['<!--', '-->', '<![CDATA[', ']]>', '<?php', '<a href="javascript:alert(1)">', '"', "'", '<'],
  ...[
    '[elk](javascript:alert(1))',
    '[dog](data:text/html,cat)',
    '![ant](vbscript:bee)',
    '&lt;',
    '&',
  ],
  ...[
    '[bee](java&#115;cript:x)',
    '[a](https://x.io "\'><b>")',
    '<https://x.io/"><b>',
    '&#0;',
    '&#xd800;',
    '&#7;',
    '&#x1b;',
  ],
  ...[
    '<action-text-attachment sgid="x" content-type="text/html" content="<b>">',
    '\ud800',
    '\udfff',
  ],
  ...[
    '</action-text-attachment>',
    '\0',
    '\u0007',
    '\u202e',
    '\ufeff',
    '\u2028',
    '🙂',
    '古',
    'e\u0301',
  ],
]
const MARKUP = [
  ...[
    '*',
    '**',
    '_',
    '~~',
    '`',
    '``',
    '[',
    ']',
    '](',
    ')',
    '![',
    '\\',
    '|',
    '\n|-|-|\n',
    '---',
    '<',
  ],
  ...[
    ' ',
    ' ',
    ' ',
    '\n',
    '\n\n',
    '\n- ',
    '\n1. ',
    '\n7) ',
    '\n# ',
    '\n> ',
    '    ',
    '\t',
    '- [ ] ',
  ],
  ...['\n```js\n', '\n```\n', '\n~~~\n', '[1]: https://x.io\n', '[1]', '&amp;', '\r\n'],
]
const names = [...people.keys()].map((name) => ` @${name}`)
const markdowns = fc
  .array(
    fc.oneof(
      fc.constantFrom(...WORDS),
      fc.constantFrom(...MARKUP),
      fc.constantFrom(...HOSTILE, ...names),
      fc.string({ unit: 'binary', maxLength: 5 }),
    ),
    { maxLength: 40, size: 'max' },
  )
  .map((pieces) => pieces.join(''))

describe('whatever a model writes', () => {
  it('is shown by elements that Campfire keeps, and by nothing that it brought along', () => {
    check(markdowns, 400, (markdown) => expectSafe(toHtml(markdown, people)))
  })

  it('is shown safely at every moment while it grows', () => {
    check(markdowns, 40, (markdown) => {
      for (let end = 0; end <= markdown.length; end++) {
        expectSafe(toHtml(heal(markdown.slice(0, end)), people))
      }
    })
  })

  it('keeps its words, also in parts', () => {
    // What follows a fence names its language, and definitions are addresses: neither is shown.
    const plain = (text: string) =>
      text.replace(/`{3,}|~{3,}/g, '$&\n').replace(/\]:|&[a-z]+;|[\0\u0007]/g, ' ')
    check(markdowns.map(plain), 200, (markdown) => {
      const words = wordsIn(withoutAddresses(markdown))
      const parts = split(markdown, 80)
      const shown = parts.map((part) => fingerprint(toHtml(part))).join('')

      expect(fingerprint(toHtml(markdown))).toMatch(inOrder(words))
      expect(shown).toMatch(inOrder([...words.join('')]))
      for (const part of parts) {
        expect(part.length).toBeLessThanOrEqual(80)
        expectSafe(toHtml(part, people))
      }
    })
  })

  it('shows tags, scripts and bad links as the text that they are', () => {
    for (const text of HOSTILE.filter((text) => /^<\/?[a-z]|^<[!?]/.test(text))) {
      if (!text.startsWith('<https:'))
        expect(seen(toHtml(`see ${text} ant`))).toBe(`see ${text} ant`)
    }
    expect(seen(toHtml('[elk](javascript:alert(1))'))).toBe('elk (javascript:alert(1))')
  })

  it('calls people by the names that they gave themselves, as text', () => {
    expect(toHtml('hi @Mallory and @Eve', people)).toBe('<p>hi Mallory and Eve</p>')
    const html = toHtml('hi \\@\\<img src=x onerror=alert(1)\\>', people)
    expect(html).not.toContain('<img')
  })

  it('is not a hundred times as long on screen: one wide cell does not widen all rows', () => {
    const rows = '| b | c |\n'.repeat(300)
    const table = `| a | d |\n|--:|--|\n| ${'wide '.repeat(300)} | c |\n${rows}`

    expect(toHtml(table).length).toBeLessThan(5 * table.length)
    expect(toHtml(table)).toContain('wide wide')
  })
})

const htmls = fc
  .array(
    fc.oneof(
      fc.constantFrom(...WORDS, ...HOSTILE),
      fc.constantFrom('<div>', '</div>', '<p>', '<b>', '</b>', '<br>', '<ul>', '<ol start=-1>'),
      fc.constantFrom(
        '<li>',
        '</ul>',
        '<blockquote>',
        '</blockquote>',
        '<pre>',
        '<code>',
        '<cite>',
      ),
      fc.constantFrom(
        ...chips(),
        '<a href="/rooms/1/@1">#</a>',
        '<a href="https://x.io">',
        '<img alt=x>',
      ),
      fc.string({ unit: 'binary', maxLength: 5 }),
    ),
    { maxLength: 40, size: 'max' },
  )
  .map((pieces) => pieces.join(''))

describe('whatever a person writes', () => {
  it('is read without a fault, as what SQLite, the model and JSON can take', () => {
    check(htmls, 400, (html) => {
      const { text, mentions, quote } = readHtml(html, 3)

      expect([text, quote?.text, quote?.author].join('')).not.toContain('\0')
      expect(Number.isSafeInteger(quote?.messageId ?? 1)).toBe(true)
      for (const { userId, name, sgid } of mentions) {
        expect(Number.isSafeInteger(userId) && userId > 0).toBe(true)
        expect([(name ?? '').length <= 200, sgid.length <= 1_000]).toEqual([true, true])
      }
      expect(fingerprint(html)).toBeTypeOf('string')
    })
  })

  it.each([
    ['tags that never close', (n: number) => '<b>'.repeat(n / 3)],
    ['ends of tags that never began', (n: number) => '<i>'.repeat(n / 6) + '</b>'.repeat(n / 8)],
    ['drawings in drawings', (n: number) => '<svg>'.repeat(n / 5)],
    ['spaces in code', (n: number) => `<pre>${' '.repeat(n)}x</pre>`],
    ['lines in code', (n: number) => `<pre>${'\n'.repeat(n)}x</pre>`],
    ['spaces', (n: number) => `${' '.repeat(n)}x`],
    ['signs', (n: number) => '<'.repeat(n)],
    ['entities', (n: number) => '&lt;'.repeat(n / 4)],
    ['lines in bold in bold', (n: number) => `${'<b>'.repeat(29)}${'a<br>'.repeat(n / 5)}`],
    ['lines in quotes in quotes', (n: number) => deep('<blockquote>', n)],
    ['lines in lists in lists', (n: number) => deep('<ul><li>', n)],
    ['chips in chips', (n: number) => '<action-text-attachment>'.repeat(n / 24)],
    ['chips', (n: number) => '<i class="mention" sgid="a"></i>'.repeat(n / 32)],
    ['links', (n: number) => `<a href="${'/rooms/1/@1'.repeat(n / 11)}">#</a>`],
    ['attributes', (n: number) => `<a ${'b=c '.repeat(n / 4)}>`],
  ])(
    'is read in a time that grows with its length: 0.4 MB of %s',
    async (_, of) => {
      readHtml(of(10_000), 3)
      const [part, whole] = [await msFor(of(LONG / 8)), await msFor(of(LONG))]

      // What grows with the square takes 64 times as long, and many seconds.
      expect(whole < 1_000 || whole < 24 * part).toBe(true)
    },
    60_000,
  )

  it.each([
    ['blockquote', '<blockquote>'],
    ['list', '<ul><li>'],
  ])('does not grow until it fits nowhere: each line in many a %s', (_, tag) => {
    const { text } = readHtml(deep(tag, LONG / 2), 3)

    expect(text.length).toBeLessThanOrEqual(400_001)
    expect(text).toMatch(/a/)
  })

  it('keeps all of its text however deep it is', () => {
    const html = WORDS.map((word) => `${'<div>'.repeat(50)}${word} `).join('')
    expect(readHtml(html, 3).text.split(/\s+/)).toEqual(WORDS)
  })

  it('that is all space is no file, and not long in the reading', async () => {
    const body = { html: `${' '.repeat(LONG)}x`, plain_text: 'x' }
    const creator = { id: 1, name: 'Ann', role: 'member' }
    const listed = { id: 1, created_at: '2026-11-20T12:00:00Z', body, creator }
    const start = await now()

    expect(ListedMessage.parse(listed).file).toBeNull()
    expect((await now()) - start).toBeLessThan(3_000)
  }, 60_000)

  it('mentions nobody whom it takes a number without end to name', () => {
    for (const id of ['9'.repeat(400), '9007199254740992', '0']) {
      expect(readHtml(chip(id), 3).mentions).toEqual([])
    }
    const cite = `<cite>Ann <a href="/rooms/1/@${'9'.repeat(400)}">#</a></cite>`
    expect(readHtml(`<blockquote>a</blockquote>${cite} b`, 3).quote?.messageId).toBeNull()
  })
})

function check<T>(arbitrary: fc.Arbitrary<T>, numRuns: number, holds: (value: T) => void) {
  fc.assert(
    fc.property(arbitrary, (value) => holds(value)),
    { ...runs(10 * numRuns), seed: SEED },
  )
}

const ATTRIBUTES: Record<string, RegExp> = {
  'a href': /^(?:https?:\/\/|mailto:)/i,
  'a title': /^/,
  'pre class': /^language-[a-z]+$/,
  'action-text-attachment sgid': new RegExp(`^${BEST}$`),
  'action-text-attachment content-type': /^application\/vnd\.campfire\.mention$/,
}

const ELEMENTS = new Set(
  'a blockquote br code del div em h1 h2 h3 h4 h5 h6 hr li ol p pre strong ul action-text-attachment'.split(
    ' ',
  ),
)

/** Only what we write ourselves, each element closed where it should be. */
function expectSafe(html: string) {
  const astray: string[] = []
  let tags = 0
  const parser = new Parser({
    onopentag: (tag, attributes) => {
      tags++
      if (!ELEMENTS.has(tag)) astray.push(tag)
      for (const [name, value] of Object.entries(attributes)) {
        if (!ATTRIBUTES[`${tag} ${name}`]?.test(value)) astray.push(`${tag} ${name}=${value}`)
      }
    },
    onclosetag: (tag, implied) => {
      if (!implied) tags++
      else if (!/^[bh]r$/.test(tag)) astray.push(`${tag} that never closes`)
    },
    oncomment: (text) => void astray.push(text),
    oncdatastart: () => void astray.push('CDATA'),
    onprocessinginstruction: (_, text) => void astray.push(text),
  })
  parser.end(html)

  expect(astray).toEqual([])
  // Not one sign that could open or close a tag of somebody else's.
  expect([html.split('<').length - 1, html.split('>').length - 1]).toEqual([tags, tags])
  expect(html.isWellFormed()).toBe(true)
  expect(html).not.toMatch(/[^\P{Cc}\t\n\r]/u)
}

function seen(html: string) {
  let text = ''
  const ontext = (data: string) => {
    text += data
  }
  const parser = new Parser({ ontext })
  parser.end(html)
  return text
}

function wordsIn(text: string) {
  return text.match(new RegExp(WORDS.join('|'), 'g')) ?? []
}

function inOrder(words: string[]) {
  return new RegExp(words.join('[^]*?'))
}

function withoutAddresses(markdown: string) {
  return markdown.replace(/\]\([^)]*\)/g, ' ')
}

function chip(id: string) {
  const data = `gid://campfire/User/${id}?expires_in`
  const sgid = `${btoa(JSON.stringify({ _rails: { data, pur: 'attachable' } }))}--ab`
  return `<action-text-attachment sgid="${sgid}" content-type="application/vnd.campfire.mention" content="Ann"></action-text-attachment>`
}

function chips() {
  const long = 'n'.repeat(5_000)
  const one = chip('7')
  return [
    ...['7', '0', '99999999999999999999', '9'.repeat(400), '-1', '1e5'].map(chip),
    one.replace('content="Ann"', `content="${long}"`),
    one.replace('--ab"', `--${'a'.repeat(2_000)}"`),
    '<span class="mention" sgid="',
    '<action-text-attachment content="&quot;\\ud800&quot;">',
  ]
}

function deep(tag: string, length: number) {
  return tag.repeat(Math.floor(28 / (tag.split('<').length - 1))) + 'a<br>'.repeat(length / 5)
}

async function msFor(html: string) {
  const start = await now()
  readHtml(html, 3)
  fingerprint(html)
  return (await now()) - start
}

/** In a Worker the clock stands still until something is waited for. */
async function now() {
  await new Promise((resolve) => setTimeout(resolve, 1))
  return performance.now()
}
