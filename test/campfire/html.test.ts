import fc from 'fast-check'
import { Parser } from 'htmlparser2'
import { describe, expect, it } from 'vitest'
import { escapeHtml, toHtml } from '../../src/campfire/html.ts'
import { fingerprint } from '../../src/campfire/text.ts'
import { runs } from '../support/extent.ts'

const ann = 'eyJfcmFpbHMiOnt9fQ==--ab12'
const annLee = 'eyJfcmFpbHMiOnsxfX0=--cd34'
const people = new Map([
  ['Ann', ann],
  ['Ann Lee', annLee],
  ['J. R. (Bob) O’Neil', ann],
  ['Eve', 'nonsense'],
])

const WORDS = ['ant', 'bee', 'cat', 'dog', 'elk', 'div', 'script', 'www', 'lt']
const MARKUP = [
  ...['*', '**', '_', '~~', '`', '[', ']', '](', '(', ')', '![', '<', '>', '</', '|', '|-|\n'],
  ...[' ', ' ', '\n', '\n', '\n\n', '    ', '\t', '\\', '&', '!', '=', '---', '- [ ] '],
  ...['\n- ', '\n1. ', '\n7) ', '\n# ', '\n> ', '<!--', '-->', '&amp;', '🙂', '古'],
]
const of = (...pieces: string[]) =>
  fc.array(fc.constantFrom(...pieces), { maxLength: 40, size: 'max' }).map((all) => all.join(''))

const chip = (sgid: string) =>
  `<action-text-attachment sgid="${sgid}" content-type="application/vnd.campfire.mention"></action-text-attachment>`

describe('every row of Markdown', () => {
  it.each([
    ['paragraphs', 'a\n\nb', '<p>a</p><br><p>b</p>'],
    ['a list between paragraphs', 'a\n\n- b\n\nc', '<p>a</p><ul><li>b</li></ul><br><p>c</p>'],
    [
      'code between paragraphs',
      'a\n\n```\nb\n```\nc',
      '<p>a</p><pre class="language-plaintext">b</pre><br><p>c</p>',
    ],
    [
      'a quote between paragraphs',
      'a\n\n> b\n\nc',
      '<p>a</p><br><blockquote><p>b</p></blockquote><br><p>c</p>',
    ],
    ['a line of dashes', 'a\nb\n---\nc', '<p>a<br>b</p><hr><p>c</p>'],
    [
      'Markdown that shows code',
      '```markdown\n# A\n```js\nb\n```\nc\n```\n\nd',
      '<pre class="language-plaintext"># A\n```js\nb\n```\nc</pre><br><p>d</p>',
    ],
    ['a command of Campfire’s', '/play nyan', '<p>/play&nbsp;nyan</p>'],
    ['a command in marks', '/pl**ay** nyan', '<p>/pl<strong>ay</strong>&nbsp;nyan</p>'],
    ['a command in code', '`/play nyan`', '<p><code>/play&nbsp;nyan</code></p>'],
    [
      'a command in a long link',
      `[/play](https://x.io/${'a'.repeat(300)}) nyan`,
      `<p><a href="https://x.io/${'a'.repeat(300)}">/play</a>&nbsp;nyan</p>`,
    ],
    ['a command in a sentence', 'type /play nyan', '<p>type /play nyan</p>'],
    ['a break as HTML', 'a<br>b<br/>c', '<p>a<br>b<br>c</p>'],
    ['a single newline is a line break', 'a\nb  \nc\\\nd', '<p>a<br>b<br>c<br>d</p>'],
    [
      'bold, italic, code',
      '**b** *i* _i_ `c<d>&amp;`',
      '<p><strong>b</strong> <em>i</em> <em>i</em> <code>c&lt;d&gt;&amp;amp;</code></p>',
    ],
    ['strike', '~~gone~~', '<p><del>gone</del></p>'],
    ['one tilde is a range', '3~5 and 6~8', '<p>3~5 and 6~8</p>'],
    ['headings', '# A\n\nx\n\n### B\n\ny', '<h1>A</h1><p>x</p><br><h3>B<br></h3><p>y</p>'],
    ['a heading at the end', 'x\n## A', '<p>x</p><br><h2>A</h2>'],
    ['lists', '- a\n- b', '<ul><li>a</li><li>b</li></ul>'],
    ['nested lists', '1. a\n   - b\n2. c', '<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>'],
    ['loose lists', '- a\n\n- b', '<ul><li>a</li><li>b</li></ul>'],
    [
      'items of several blocks',
      '- a\n\n  b\n\n  ```\n  c\n  ```',
      '<ul><li><p>a</p><br><p>b</p><pre class="language-plaintext">c</pre></li></ul>',
    ],
    ['numbers that go on', '3. a\n4. b\n\nc', '<div>3. a</div><div>4. b</div><br><p>c</p>'],
    ['numbers with holes', '1. a\n3. b', '<div>1. a</div><div>3. b</div>'],
    ['numbers that are all one', '1. a\n1. b', '<ol><li>a</li><li>b</li></ol>'],
    ['tasks', '- [x] a\n- [ ] b', '<ul><li>☑ a</li><li>☐ b</li></ul>'],
    [
      'quotes',
      '> a\n>\n> > b',
      '<blockquote><p>a</p><br><blockquote><p>b</p></blockquote></blockquote>',
    ],
    ['code', '```python\na < b\n\n  c\n```', '<pre class="language-python">a &lt; b\n\n  c</pre>'],
    ['code with another name', '```TSX\na\n```', '<pre class="language-javascript">a</pre>'],
    [
      'code in no known language',
      '```cobol\na\n```\nb',
      '<pre class="language-plaintext">a</pre><br><p>b</p>',
    ],
    [
      'code with a caption',
      '```ts a<b.ts\na\n```',
      '<p>a&lt;b.ts</p><pre class="language-javascript">a</pre>',
    ],
    ['code that has not ended', '```js\na', '<pre class="language-javascript">a</pre>'],
    ['a rule', 'a\n\n---\n\nb', '<p>a</p><hr><p>b</p>'],
    [
      'a link',
      '[a *b*](https://x.io/?a=1&b=2)',
      '<p><a href="https://x.io/?a=1&amp;b=2">a <em>b</em></a></p>',
    ],
    [
      'a link with a title',
      '[a](https://x.io "T<")',
      '<p><a href="https://x.io" title="T&lt;">a</a></p>',
    ],
    [
      'bare addresses',
      'https://x.io/a_b_c ann@x.io',
      '<p><a href="https://x.io/a_b_c">https://x.io/a_b_c</a> <a href="mailto:ann@x.io">ann@x.io</a></p>',
    ],
    [
      'links by reference',
      '[a][1] [c]\n\n[1]: https://x.io\n[2]: https://y.io',
      '<p><a href="https://x.io">a</a> [c]</p><br><p>[2]: https://y.io</p>',
    ],
    [
      'a footnote of one word',
      'a[^1]\n\n[^1]: So.\n    On.',
      '<p>a[^1]</p><br><p>[^1]: So.<br>On.</p>',
    ],
    [
      'bullets below a number, indented by two',
      '1. a\n  - b\n    - c\n2. d',
      '<ol><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ol>',
    ],
    [
      'code below a number, indented by two',
      '1. a\n  ```\n  b\n    c\n  ```\n\n2. d\n\ne',
      '<ol><li><p>a</p><pre class="language-plaintext">b\n  c</pre></li><li>d</li></ol><br><p>e</p>',
    ],
    ['a footnote', 'a[^1]\n\n[^1]: so it is', '<p>a[^1]</p><br><p>[^1]: so it is</p>'],
    ['an image', '![a *b*](https://x.io/p.png)', '<p><a href="https://x.io/p.png">a b</a></p>'],
    [
      'an image without words',
      '![](https://x.io/p.png)',
      '<p><a href="https://x.io/p.png">https://x.io/p.png</a></p>',
    ],
    [
      'an image in a link',
      '[![build](https://x.io/b.svg)](https://x.io)',
      '<p><a href="https://x.io">build</a></p>',
    ],
    [
      'raw HTML',
      'a <T> b <img src=x>\n\n<div>\n*c*\n</div>',
      '<p>a &lt;T&gt; b &lt;img src=x&gt;</p><br><p>&lt;div&gt;<br>*c*<br>&lt;/div&gt;</p>',
    ],
    [
      'entities',
      '&lt;b&gt; &amp; AT&T &copy; &nope; \\&lt; &#1;',
      '<p>&lt;b&gt; &amp; AT&amp;T © &amp;nope; &amp;lt; </p>',
    ],
    ['nothing', ' \n\t\u0000 ', ''],
    ['markup and nothing else', '---', '<p>---</p>'],
    ['what nobody can see', 'a\u0000\u0007b\ud800c', '<p>ab\ufffdc</p>'],
  ])('%s', (_, markdown, html) => {
    expect(toHtml(markdown)).toBe(html)
  })

  it.each([
    ['javascript:alert(1)', 'x (javascript:alert(1))'],
    ['java&#115;cript:alert(1)', 'x (javascript:alert(1))'],
    ['JAVASCRIPT&colon;a', 'x (JAVASCRIPT:a)'],
    ['data:text/html,a', 'x (data:text/html,a)'],
    ['/rooms/1', 'x (/rooms/1)'],
    ['https://', 'x (https://)'],
    ['', 'x'],
  ])('does not link to %s', (address, text) => {
    expect(toHtml(`[x](${address})`)).toBe(`<p>${text}</p>`)
    expect(toHtml(`![x](${address})`)).toBe(`<p>${text}</p>`)
  })
})

describe('tables', () => {
  const text = (markdown: string) =>
    toHtml(markdown)
      .replace(/<pre class="language-plaintext">|<\/pre>/g, '')
      .split('\n')

  it('are aligned text, by what the eye sees', () => {
    const table = '| Name | Qty |\n|:--|--:|\n| 古い **x** | 1 |\n| 🙂 [l](https://x.io) | 10 |'
    expect(text(table)).toEqual([
      'Name                 Qty',
      '-                      -',
      '古い x                 1',
      '🙂 l (https://x.io)   10',
    ])
  })

  it('center, and keep escaped pipes', () => {
    expect(text('|abcde|\n|:-:|\n|a\\||\n|`<b>`|')).toEqual(['abcde', '  -', ' a|', ' &lt;b&gt;'])
  })

  it('keep cells that have no column', () => {
    expect(text('|a|b|\n|-|-|\n|c|d|e|')).toEqual(['a  b', '-  -  -', 'c  d  e'])
  })
})

describe('mentions', () => {
  it.each([
    ['ask @Ann.', `<div>ask ${chip(ann)}.</div>`],
    ['ask @Ann Lee', `<div>ask ${chip(annLee)}</div>`],
    ['**@Ann**’s', `<div><strong>${chip(ann)}</strong>’s</div>`],
    ['@J. R. (Bob) O’Neil!', `<div>${chip(ann)}!</div>`],
    ['@Ann\n\nyes', `<div>${chip(ann)}</div><br><p>yes</p>`],
    ['- @Ann\n\n  yes', `<ul><li><div>${chip(ann)}</div><br><p>yes</p></li></ul>`],
  ])('%s', (markdown, html) => {
    expect(toHtml(markdown, people)).toBe(html)
  })

  it.each([
    '@Anna',
    '@Ann-Marie',
    'x@Ann',
    '@Ann.com',
    '@Ann/x',
    '@Eve',
    '`@Ann`',
    '[@Ann](https://x.io)',
    '```\n@Ann\n```',
    '| @Ann |\n|-|',
    '![@Ann](https://x.io)',
    '<b title="@Ann">',
    '<action-text-attachment sgid="a--b">',
  ])('leaves %s alone', (markdown) => {
    expect(toHtml(markdown, people)).not.toContain('<action-text-attachment')
  })

  it('are text when nobody is known', () => {
    expect(toHtml('@Ann')).toBe('<p>@Ann</p>')
  })
})

describe('whatever a model writes', () => {
  const more = ['```', '~~~', '[a]: b', '@Ann', 'https://', '&#0;', '\ud800', '"', '@', '.io']
  const anything = fc.oneof(fc.string({ unit: 'binary' }), of(...MARKUP, ...WORDS, ...more))

  it('becomes whole elements that Campfire keeps', () => {
    fc.assert(
      fc.property(anything, (markdown) => {
        checkElements(toHtml(markdown, people))
      }),
      runs(3_000),
    )
  })

  it('is all shown', () => {
    fc.assert(
      fc.property(of(...MARKUP, ...WORDS), (text) => {
        // What follows a fence names its language, which is not shown.
        const markdown = text.replace(/`{3,}/g, '``').replace(/~{3,}/g, '~~')
        const shown = fingerprint(toHtml(markdown))
        const words = markdown.replace(/&amp;/g, ' ').match(/[a-z]{3,}/g) ?? []

        expect(shown).toMatch(new RegExp(words.join('.*'), 's'))
      }),
      runs(3_000),
    )
  })

  it.each([
    '[',
    '*',
    '>',
    '> ',
    '`',
    '_',
    '~',
    '<',
    '!',
    '- ',
    '1. ',
    '*a_',
    'a*',
    '**a ',
    '![a](<',
    '| a |\n|-|\n',
    '&amp;',
    '🙂',
  ])('does not hang or fall on 100 KB of %j', (piece) => {
    const markdown = piece.repeat(100_000 / piece.length)
    expect(toHtml(markdown)).not.toBe('')
  })

  it.each([
    ['- a\n', '  '],
    ['> ', ''],
  ])('keeps Campfire’s limit of nesting with %j', (piece, indent) => {
    let markdown = ''
    for (let depth = 0; depth < 300; depth++) markdown += indent.repeat(depth) + piece
    const html = toHtml(`${markdown}end`)

    expect(checkElements(html)).toBeLessThan(100)
    expect(fingerprint(html)).toContain('end')
  })

  it('reads links in links in links', () => {
    const html = toHtml(`${'['.repeat(30)}x${'](https://x.io)'.repeat(30)}`)
    expect(fingerprint(html)).toContain('x')
  })
})

it('escapes for text and for attributes', () => {
  expect(escapeHtml(`<a b="c" d='e'>&amp;\u0000`)).toBe(
    '&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;amp;',
  )
})

const ATTRIBUTES: Record<string, string[]> = {
  a: ['href', 'title'],
  pre: ['class'],
  'action-text-attachment': ['sgid', 'content-type'],
}

const ALLOWED =
  /^(?:a|blockquote|br|code|del|div|em|h[1-6]|hr|li|ol|p|pre|strong|ul|action-text-attachment)$/

/** Fails on elements and attributes that Campfire would drop; gives the depth of the deepest. */
function checkElements(html: string) {
  let depth = 0
  let deepest = 0
  const parser = new Parser({
    onopentag: (tag, attributes) => {
      deepest = Math.max(deepest, ++depth)
      expect(tag).toMatch(ALLOWED)
      for (const name of Object.keys(attributes)) expect(ATTRIBUTES[tag] ?? []).toContain(name)
      if (tag === 'action-text-attachment') expect(attributes.sgid).toBe(ann)
      if (tag === 'a') expect(attributes.href).toMatch(/^(?:https?:\/\/|mailto:)/i)
    },
    onclosetag: (tag, implied) => {
      depth--
      if (implied) expect(tag).toMatch(/^[bh]r$/)
    },
  })
  parser.end(html)

  expect(html.isWellFormed()).toBe(true)
  return deepest
}
