import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toHtml } from '../../src/campfire/html.ts'
import { fingerprint, readHtml } from '../../src/campfire/text.ts'

const ROBO = 3
const sgidOf = (userId: number) => {
  const data = `gid://campfire/User/${userId}?expires_in`
  return `${btoa(JSON.stringify({ _rails: { data, pur: 'attachable' } }))}--eda587c1`
}
const escaped = (html: string) => html.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
const node = (sgid: string, content: string) =>
  `<action-text-attachment sgid="${sgid}" content="${escaped(content)}" content-type="application/vnd.campfire.mention"></action-text-attachment>`

const chip = (id: number, name: string) =>
  `\n <span class="mention" sgid="${sgidOf(id)}">\n <img src="/a" alt="${name}">\n ${name}\n </span>\n`
const trix = (id: number, name: string) => node(sgidOf(id), chip(id, name))
const lexxy = (id: number, name: string) => node(sgidOf(id), JSON.stringify(chip(id, name)))
const listed = (id: number, name: string) =>
  `<action-text-attachment sgid="stale--00" content-type="application/vnd.campfire.mention"><div class="mention" sgid="${sgidOf(id)}">\n  <img alt="" src="/a">${name}\n</div></action-text-attachment>`

const read = (html: string) => readHtml(html, ROBO)

describe('what people write', () => {
  it.each([
    ['lines', '<div>one<br>two</div><div>three</div>', 'one\ntwo\nthree'],
    ['paragraphs', '<p>one</p><p>two</p>', 'one\n\ntwo'],
    ['empty lines', '<div>one<br><br>two</div>', 'one\n\ntwo'],
    ['source formatting', '<div>\n  one\n  two </div>\n', 'one two'],
    ['headings', '<h1>A</h1>b<h3>C</h3>d', 'A\n\nb\n\nC\n\nd'],
    ['bold and code', '<div>a <strong>b </strong>c <b></b><code>d</code></div>', 'a **b** c `d`'],
    ['strike', '<div><del>a</del> <s>b</s> <em>c</em></div>', '~~a~~ ~~b~~ c'],
    ['lists', 'a<ul><li>b</li><li>c<br>d</li></ul>e', 'a\n- b\n- c\n  d\ne'],
    ['nested lists', '<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>', '1. a\n   - b\n2. c'],
    ['nested lists of Lexxy', '<ul><li>a</li><li><ul><li>b</li></ul></li></ul>', '- a\n  - b'],
    ['lists that start later', '<ol start="4"><li>a</li><li>b</li></ol>', '4. a\n5. b'],
    ['quotes', '<blockquote>a<br>b</blockquote>c', '> a\n> b\n\nc'],
    ['code', '<pre>a\n\n\n  b</pre>c', '```\na\n\n\n  b\n```\n\nc'],
    ['code of Lexxy', '<pre data-language="ruby">a<br>  b</pre>', '```ruby\na\n  b\n```'],
    ['code with fences', '<pre class="language-xml">```</pre>', '````xml\n```\n````'],
    [
      'tables',
      '<table><tr><th>a</th><th>b</th></tr><tr><td>c</td><td>d</td></tr></table>',
      '| a | b |\n| c | d |',
    ],
    [
      'links',
      '<a href="https://x.io/?a=1&amp;b=2">see\n this</a>',
      '[see this](https://x.io/?a=1&b=2)',
    ],
    ['bare links', '<a href="https://x.io">https://x.io</a>', 'https://x.io'],
    ['links without words', 'a <a href="https://x.io"></a>', 'a https://x.io'],
    ['mail', '<a href="mailto:a@x.io">a@x.io</a>', 'a@x.io'],
    ['entities', '<div>a &lt;b&gt; &amp;amp; &nbsp;c&#0;</div>', 'a <b> &amp;  c\ufffd'],
    ['wide space', '\u3000<div>&nbsp;a\u0000b&nbsp;</div>\ufeff', 'ab'],
    [
      'YAML without a code block, as the composer sends it',
      '<div>services:<br>&nbsp; web:<br>&nbsp; &nbsp; image: x</div>',
      'services:\n  web:\n    image: x',
    ],
    ['a first line that is indented', '<div>&nbsp; a: 1<br>&nbsp; b: 2</div>', '  a: 1\n  b: 2'],
    ['Python of Lexxy', '<p>def f():<br>    return 1</p>', 'def f():\n    return 1'],
    ['columns', '<div>a   b\tc\t\td &nbsp; e</div>', 'a   b\tc\t\td   e'],
    ['columns in bold', '<div><b>a</b>&nbsp;&nbsp;<i>b</i></div>', '**a**  b'],
    ['columns in code', '<div><code>a  b&nbsp; c</code></div>', '`a  b  c`'],
    [
      'columns in a quote',
      '<blockquote>&nbsp; a<br>&nbsp; &nbsp; b</blockquote>',
      '>   a\n>     b',
    ],
    ['the layout of HTML', '<div>\n    a\n    <b>b</b>\n  </div>\n  <div> </div>', 'a **b**'],
    [
      'what nobody can see',
      'say \u{e0048}\u{e0041}\u{e0043}\u{e004b}&#x200b;h&#8238;i&shy;',
      'say hi',
    ],
    [
      'joined pictures and flags',
      '👩‍👩‍👧 🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f} ❤️ 1️⃣',
      '👩‍👩‍👧 🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f} ❤️ 1️⃣',
    ],
    ['tabs before the first line', '<p>\tif x:</p><p>\t\ty</p>', '\tif x:\n\n\t\ty'],
    [
      'lists in lists in lists',
      '<ul><li>a<ol><li>b<ul><li>c<br>d</li></ul></li></ol></li><li>e</li></ul>',
      '- a\n  1. b\n     - c\n       d\n- e',
    ],
    [
      'lists of paragraphs, code and quotes',
      '<ol><li><p>a</p><p>b</p></li><li><pre>x\n  y</pre></li><li><blockquote>q<br>r</blockquote></li></ol>',
      '1. a\n\n   b\n2. ```\n   x\n     y\n   ```\n3. > q\n   > r',
    ],
    [
      'lists that count otherwise',
      '<ol start="0"><li>a</li><li value="7">b</li><li>c</li></ol>',
      '0. a\n7. b\n8. c',
    ],
    [
      'tables with empty cells, lines and bars',
      '<table><tr><th></th><th>b</th></tr><tr><td>c<br>d</td><td>e | f</td></tr></table>',
      '| | b |\n| c<br>d | e \\| f |',
    ],
    [
      'tables as pages lay them out',
      '<table>\n <caption>T</caption><tbody>\n  <tr>\n   <td><p>a</p><p>b</p></td>\n   <td><ul><li>c</li><li>d</li></ul></td>\n  </tr>\n</tbody></table>e',
      'T\n| a<br>b | - c<br>- d |\n\ne',
    ],
    [
      'lines of code in a sentence',
      '<p>run <code>a<br>&nbsp; b</code> now</p>',
      'run\n```\na\n  b\n```\nnow',
    ],
    ['backticks in code', '<code>`a` b</code> <code>``</code>', '`` `a` b `` ``` `` ```'],
    [
      'coloured code',
      '<pre><span class="k">def</span> f():\n<span>  return</span> 1</pre>',
      '```\ndef f():\n  return 1\n```',
    ],
    [
      'code of other pages',
      '<pre><code class="hljs language-js">a<br>  b</code></pre>',
      '```js\na\n  b\n```',
    ],
    [
      'code with an element for each line',
      '<pre><div>a</div><div>  b</div><div><br></div><div>c</div></pre>',
      '```\na\n  b\n\nc\n```',
    ],
    [
      'code with its lines in a table',
      '<pre><table>\n<tr><td>1</td><td>x = 1</td></tr>\n<tr><td>2</td><td>y</td></tr></table></pre>',
      '```\n1\tx = 1\n2\ty\n```',
    ],
    ['what can be folded', '<details><summary>S</summary>a<p>b</p></details>c', 'S\na\n\nb\n\nc'],
    [
      'pictures',
      '<p>a <img alt="a cat"> <img alt="🙂"><img alt=":tada:"><img src="/x"></p>',
      'a [image: a cat] 🙂:tada:',
    ],
    [
      'pictures with a caption',
      '<figure><img alt="sales"><figcaption>Fig 1</figcaption></figure>',
      '[image: sales]\nFig 1',
    ],
    [
      'quotes in quotes',
      '<blockquote>a<blockquote>b<br>c</blockquote>d</blockquote>e',
      '> a\n> \n> > b\n> > c\n> \n> d\n\ne',
    ],
    [
      'powers and indices',
      'x<sup>2</sup> H<sub>2</sub>O 1<sup>st</sup> 10<sup>-3</sup>',
      'x² H₂O 1st 10⁻³',
    ],
    [
      'what nobody is shown',
      'a<title>b</title><template>c</template><svg><text>d</text></svg><iframe>e</iframe>',
      'a',
    ],
    ['rules', 'a<hr>b', 'a\n\n---\n\nb'],
    ['scripts', 'a<script>b</script><style>c</style>', 'a'],
    ['no HTML at all', 'a & b < c', 'a & b < c'],
    ['broken HTML', '<div><p>a</b></li>b<', 'ab<'],
    ['nothing', '', ''],
    [
      'cards',
      '<div>see <action-text-attachment content-type="application/vnd.actiontext.opengraph-embed" href="https://x.io" filename="X" caption="about X"></action-text-attachment></div>',
      'see\n[X](https://x.io)\nabout X',
    ],
    ['the list of Rails', '<div class="trix-content">\n  <div>a</div>\n</div>\n', 'a'],
    ['the list of the port', '<div class="lexxy-content"><p>a</p><p>b</p></div>', 'a\n\nb'],
  ])('%s', (_, html, text) => {
    expect(read(html)).toEqual({ text, mentions: [], quote: null })
  })

  it('is read however deep it is', () => {
    for (const tag of ['div', 'b', 'blockquote', 'ul><li', 'pre']) {
      expect(read(`${`<${tag}>`.repeat(20_000)}a`).text).toContain('a')
    }
  })
})

describe('mentions', () => {
  it.each([
    ['Trix', trix],
    ['Lexxy', lexxy],
    ['the list', listed],
  ])('of %s have an id, a name and a signed sgid', (_, mention) => {
    expect(
      read(`<div>${mention(42, 'Ann & Co')}&nbsp;and ${mention(ROBO, 'Robo')} too</div>`),
    ).toEqual({
      text: '@Ann & Co and too',
      mentions: [
        { userId: 42, sgid: sgidOf(42), name: 'Ann & Co' },
        { userId: ROBO, sgid: sgidOf(ROBO), name: 'Robo' },
      ],
      quote: null,
    })
  })

  it('are counted once', () => {
    expect(read(trix(5, 'Bo') + trix(5, 'Bo')).mentions).toHaveLength(1)
  })

  it('have no name when Campfire gives none', () => {
    expect(read(`<div>ask ${node(sgidOf(5), '')}</div>`)).toMatchObject({
      text: 'ask @someone',
      mentions: [{ userId: 5, name: null }],
    })
  })

  it.each([
    ['garbage', 'nonsense'],
    ['nothing', ''],
    ['marshalled Ruby', `${btoa('\x04\bI"!gid://campfire/User/7\x06:\x06ET')}--ab`],
    [
      'other things',
      `${btoa('{"_rails":{"data":"gid://campfire/Room/7","pur":"attachable"}}')}--ab`,
    ],
    ['numbers', `${btoa('{"_rails":{"data":7}}')}--ab`],
  ])('with an sgid of %s are names only', (_, sgid) => {
    expect(read(`<p>hi ${node(sgid, '<span>Bo</span>')}</p>`)).toEqual({
      text: 'hi @Bo',
      mentions: [],
      quote: null,
    })
  })
})

describe('a reply made in the UI', () => {
  const cite = '<cite>Ann Lee <a href="https://host/rooms/1/@123">#</a></cite>'
  const quote = { author: 'Ann Lee', messageId: 123, text: 'so\nit is' }

  it.each([
    ['bare', `<blockquote>so<br>it is</blockquote>${cite}<br>yes`],
    [
      'wrapped',
      `<div class="trix-content">\n<blockquote>so<br>it is</blockquote>\n<div>${cite}<br>yes</div></div>`,
    ],
    [
      'after a mention',
      `<div>${trix(ROBO, 'Robo')}&nbsp;</div><blockquote>so<br>it is</blockquote>${cite}<br>yes`,
    ],
    [
      'all in one',
      `<div>${trix(ROBO, 'Robo')} <blockquote>so<br>it is</blockquote>${cite}<br><br>yes</div>`,
    ],
    [
      'without cite',
      `<blockquote><p>so<br>it is</p></blockquote><p>Ann Lee <a href="/rooms/1/@123">#</a></p><p>yes</p>`,
    ],
  ])('%s: its quote is taken off', (_, html) => {
    expect(read(html)).toMatchObject({ text: 'yes', quote })
  })

  it('keeps the lines of what it quotes, and what that quoted', () => {
    const html =
      '<blockquote><blockquote>old<br>er</blockquote><cite>Bo <a href="https://h/rooms/1/@2">#</a></cite><br>' +
      `one<br><br>&nbsp; two<ul><li>a</li></ul><pre>b\n  c</pre></blockquote>${cite}<br>yes`
    expect(read(html).quote?.text).toBe(
      '> old\n> er\n\nBo [#](https://h/rooms/1/@2)\none\n\n  two\n- a\n\n```\nb\n  c\n```',
    )
  })

  it('may have no link', () => {
    expect(read('<blockquote>a</blockquote><cite>Ann</cite> yes')).toMatchObject({
      text: 'yes',
      quote: { author: 'Ann', messageId: null, text: 'a' },
    })
  })

  it('is not any quote', () => {
    for (const html of [
      '<blockquote>a</blockquote><p>b</p>',
      `<p>first</p><blockquote>a</blockquote>${cite}`,
      '<blockquote>a</blockquote><p>Ann<br><a href="/rooms/1/@1">#</a></p>',
    ]) {
      expect(read(html)).toMatchObject({ text: expect.stringContaining('> a'), quote: null })
    }
  })
})

describe('a fingerprint', () => {
  const mention = new Map([['Ann', sgidOf(5)]])

  it('is the visible text without space, mentions and attachments', () => {
    expect(fingerprint(`<div>a &lt;b&gt;<br>\n${listed(5, 'Ann')}&nbsp;c</div><hr>`)).toBe('a<b>c')
    expect(fingerprint('')).toBe('')
  })

  it('is the same for what we post and what Campfire lists', () => {
    const pieces = [
      'a ',
      '@Ann ',
      '**b**',
      '`<c>`',
      '\n\n',
      '\n- ',
      '\n```\n',
      '|d|\n|-|\n',
      '"',
      "'",
      '&',
      '🙂',
      '\t',
      '\u0000',
      '\ud800',
    ]
    const markdowns = fc.array(fc.constantFrom(...pieces)).map((all) => all.join(''))

    fc.assert(
      fc.property(markdowns, (markdown) => {
        const html = toHtml(markdown, mention)
        const chips = html.replace(/<action.*?<\/action-text-attachment>/g, listed(5, 'Ann'))
        const rails = chips
          .replaceAll('&quot;', '"')
          .replaceAll('&#39;', "'")
          .replace(/></g, '>\n  <')

        expect(fingerprint(`<div class="trix-content">\n  ${rails}\n</div>\n`)).toBe(
          fingerprint(html),
        )
        expect(fingerprint(`<div class="lexxy-content">${html}</div>`)).toBe(fingerprint(html))
      }),
    )
  })
})

it('reads back what toHtml writes', () => {
  const markdown = '**a** `b`\n\n- c\n  - d\n\n> e\n\n```python\nf\n```\n\n[g](https://x.io)'
  expect(read(toHtml(markdown)).text).toBe(markdown)
})
