import { describe, expect, it } from 'vitest'
import { toHtml } from '../../src/campfire/html.ts'

const people = new Map([
  ['Ann', 'eyJ1--01'],
  ['Ann Lee', 'eyJ2--02'],
  ['Zoë Müller', 'eyJ3--03'],
  ['Łukasz 🌻 (IT)', 'eyJ4--04'],
  ['李雷', 'eyJ5--05'],
  ['J. R. (Bob) O’Neil', 'eyJ6--06'],
  ['Tim Able', 'eyJ7--07'],
  ['Tim Baker', 'eyJ8--08'],
  ['Eve', ''],
  ['Αθηνά', 'eyJ9--09'],
  ['Сергей Ещё', 'eyJ10--10'],
  ['İpek Işık', 'eyJ11--11'],
  ['Đặng Phở', 'eyJ12--12'],
  ['Søren Weiß', 'eyJ13--13'],
  ['مُحَمَّد', 'eyJ14--14'],
  ['שָׂרָה', 'eyJ15--15'],
  ['김한', 'eyJ16--16'],
  ['カ\u3099ク', 'eyJ17--17'],
  ['Room ４２', 'eyJ18--18'],
  ['Ann\u00ad\u{e0041}e', 'eyJ19--19'],
  ['<b>Bob</b>', 'eyJ20--20'],
  ['J.R. Smith', 'eyJ21--21'],
])
const mentioned = (html: string) =>
  Array.from(html.matchAll(/ sgid="[^"-]*--(\d\d)"/g), ([, sgid]) => sgid)

describe('people are found', () => {
  it.each([
    ['in any case', '@ann', ['01']],
    ['in full, in capitals', '@ANN LEE', ['02']],
    ['without the space', '@AnnLee', ['02']],
    ['by the first of several names', '@Zoë', ['03']],
    ['without accents', '@zoe muller', ['03']],
    ['without the picture and the department', '@Lukasz', ['04']],
    ['between characters', '请@李雷看，@Ann看', ['05', '01']],
    ['with another apostrophe', "@J. R. (Bob) O'Neil’s", ['06']],
    ['behind an address', 'https://e.com/docs（说明）。@Ann', ['01']],
    ['of Greece', '@ΑΘΗΝΑ', ['09']],
    ['of Russia', '@сергей еще', ['10']],
    ['of Russia, decomposed', '@Сергеи\u0306', ['10']],
    ['of Turkey', '@ipek isik @IPEK IŞIK', ['11', '11']],
    ['of Vietnam, decomposed', '@Đa\u0323\u0306ng', ['12']],
    ['of Denmark and Germany', '@Soren Weiss', ['13']],
    ['without vowel points', '@محمد @שרה', ['14', '15']],
    ['of Korea, decomposed', '@\u1100\u1175\u11b7\u1112\u1161\u11ab', ['16']],
    ['of Japan, composed or narrow', '@ガク @ｶﾞｸ', ['17', '17']],
    ['with other digits', '@room 42 @Room ٤٢', ['18', '18']],
    ['with signs that nobody sees', '@Anne', ['19']],
    ['but not where two are called so', '@Tim', []],
    ['nor by a part of a name', '@Zo', []],
    ['nor in an address', 'x@Ann @Ann.com @Ann/x @Ann-Marie', []],
    [
      'with the sign before the marks',
      '@**Zoë Müller**, @*Ann*: ask 请@**李雷**看',
      ['03', '01', '05'],
    ],
    ['but nobody else so', '@**Susan** and x@**Ann**', []],
    ['as in an address', '@ann.lee @ann-lee @ann_lee', ['02', '02', '02']],
    ['with umlauts spelled out', '@Zoe Mueller and @mueller', ['03', '03']],
    ['by a last name that nobody shares', '@Müller, @Able', ['03', '07']],
    ['without dots and apostrophes', '@J R Bob ONeil', []],
    ['without apostrophes', '@j r oneil', ['06']],
    ['with the sign of another keyboard', '＠Ann', ['01']],
    ['one after the other', '@Ann/@Ann Lee', ['01', '02']],
    ['behind the letter that is a word', 'ל@שרה و@محمد', ['15', '14']],
    ['without the tags of a name', '@Bob and @<b>Bob</b>', ['20', '20']],
    ['with initials apart', '@J. R. Smith, @J.R. Smith', ['21', '21']],
  ])('%s', (_, text, sgids) => {
    expect(mentioned(toHtml(text, people))).toEqual(sgids)
  })
})

describe('an @ that tells nobody is left out', () => {
  it.each([
    ['where two are called so', 'hi @Tim', 'hi Tim'],
    ['in a link', '[@Ann](https://x.io)', '<a href="https://x.io">Ann</a>'],
    ['in a table', '| @ann |\n|-|', '<pre class="language-plaintext">ann\n-</pre>'],
    ['in an image', '![@Ann](https://x.io)', '<a href="https://x.io">Ann</a>'],
    ['for somebody who cannot be mentioned', '@eve', 'eve'],
  ])('%s', (_, markdown, html) => {
    expect(toHtml(markdown, people).replace(/^<p>|<\/p>$/g, '')).toBe(html)
  })

  it('but not in code', () => {
    expect(toHtml('`@Ann`', people)).toBe('<p><code>@Ann</code></p>')
  })
})

describe('a wide table', () => {
  it('is a short block for each row, under its first cell, with mentions that live', () => {
    const note = 'long '.repeat(12).trim()
    const html = toHtml(
      `| Area | Owner | Note |\n|--|--|--|\n| API | @Ann | ${note} |\n| | | [x](https://x.io) |`,
      people,
    )
    expect(mentioned(html)).toEqual(['01'])
    expect(html.replace(/<action.*?<\/action-text-attachment>/, 'ANN')).toBe(
      `<div><strong>API</strong><br>Owner: ANN<br>Note: ${note}</div><br>` +
        '<p>Note: <a href="https://x.io">x</a></p>',
    )
  })

  it.each([
    ['x'.repeat(60), true],
    ['x'.repeat(61), false],
    ['字'.repeat(30), true],
    ['字'.repeat(31), false],
  ])('is what is wider than sixty columns, as the eye sees them: %s', (cell, fits) => {
    expect(toHtml(`| ${cell} |\n|-|\n| a |`).startsWith('<pre')).toBe(fits)
  })
})
