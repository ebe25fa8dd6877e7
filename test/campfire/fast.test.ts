import fc from 'fast-check'
import { describe, it } from 'vitest'
import { hasParagraph, hasSentence, heal } from '../../src/campfire/heal.ts'
import { toHtml } from '../../src/campfire/html.ts'
import { split, splitForPush } from '../../src/campfire/markdown.ts'
import { ListedMessage } from '../../src/campfire/message.ts'
import { fingerprint, readHtml } from '../../src/campfire/text.ts'
import { asWords } from '../../src/prompt/tags.ts'
import { extent, half, runs } from '../support/extent.ts'
import { takesAtMost } from '../support/fast.ts'

const MB = 1_000_000
/**
 * On a quiet machine, as for `npm run proof`; beside all other tests five times as much. Whatever goes back and forth
 * over its input takes minutes.
 */
const MOST_MS = extent === 'some' ? 1_000 : 200
/** In real time: beside others one that is quick enough may be measured ten times until that is seen. */
const PATIENCE = 120_000

const HTML: [string, (n: number) => string][] = [
  ['<div in an attribute', (n) => `<a title="${'<div'.repeat(n / 4)}">`],
  ['‹div› in an attribute', (n) => `<a title="${'<div‹div'.repeat(n / 8)}">`],
  ['chips', (n) => '<i class="mention" sgid="a"></i>'.repeat(n / 32)],
  ['chips that hold much', (n) => `<action-text-attachment content="${'<b '.repeat(n / 3)}">`],
  ['sgids', (n) => `<action-text-attachment sgid="${'a'.repeat(900)}"></a>`.repeat(n / 940)],
  ['quotes in quotes', (n) => `${'<blockquote>'.repeat(28)}${'a<br>'.repeat(n / 5)}`],
  ['lists in lists', (n) => `${'<ul><li>'.repeat(14)}${'a<br>'.repeat(n / 5)}`],
  ['bold in bold', (n) => `${'<b>'.repeat(29)}${'a<br>'.repeat(n / 5)}`],
  ['cells', (n) => '<td>a '.repeat(n / 6)],
  ['tabs', (n) => 'a\t'.repeat(n / 2)],
  ['no-break spaces', (n) => '&nbsp; '.repeat(n / 7)],
  ['space', (n) => `<pre>${' '.repeat(n)}x</pre>${'\n'.repeat(n / 2)}`],
  ['joiners', (n) => 'x\u200d'.repeat(n / 2)],
  ['‹div› in many attributes', (n) => '<a title="<div‹div">'.repeat(n / 20)],
  ['links in links', (n) => `${'<a title="‹div"><cite>'.repeat(11)}${'<h1>中'.repeat(n / 5)}`],
  ['spaces in code', (n) => `<code>${' '.repeat(n)}`],
  ['no-break spaces in code', (n) => `<code><code>${'&nbsp;<b>'.repeat(n / 9)}`],
  ['marks in marks', (n) => `${'<a><b><del><s>'.repeat(7)}${'<h1>中'.repeat(n / 5)}`],
  ['a long list', (n) => `<ul>${'<li>x</li>'.repeat(n / 10)}</ul>`],
  ['code in a list', (n) => `${'<ul><li>'.repeat(14)}<pre>${'a\n'.repeat(n / 2)}`],
  ['attributes', (n) => `<a ${Array.from({ length: n / 8 }, (_, i) => `a${i}=1`).join(' ')}>`],
  ['tags that nobody closes', (n) => '<b><i><u><p>a<td> '.repeat(n / 18)],
  ['entities', (n) => '&amp;&#8205;&lt;'.repeat(n / 16)],
  ['selectors', (n) => '中\u{E0100}'.repeat(n / 3)],
  ['signs', (n) => '<'.repeat(n)],
  ['comments', (n) => '<!--'.repeat(n / 4)],
  ['fences of ours', (n) => '< /message'.repeat(n / 10)],
]

describe('a megabyte that people wrote is read in no time', () => {
  it.each(half(HTML))('%s', async (_, of) => await isReadInNoTime(of(MB)), PATIENCE)

  it(
    'whatever is mixed of it',
    async () => {
      const some = fc.array(fc.constantFrom(...HTML), { minLength: 1, maxLength: 4 })
      const property = fc.asyncProperty(some, async (all) => {
        await isReadInNoTime(all.map(([, of]) => of(MB / all.length)).join(''))
      })
      await fc.assert(property, runs(10))
    },
    PATIENCE,
  )
})

async function isReadInNoTime(html: string) {
  await takesNoTime(() => readHtml(html, 3))
  await takesNoTime(() => fingerprint(html))
  await takesNoTime(() => ListedMessage.safeParse(listed(html)))
  await takesNoTime(() => asWords(html, 400_000))
}

const PIECES = [
  ...[
    '[',
    '*',
    '_',
    '`',
    '~~',
    '<',
    '&',
    '|',
    '\\',
    '!',
    '@A',
    '> ',
    '- ',
    '1. ',
    '# ',
    '\n',
    '\t',
  ],
  ...[
    '**',
    '***',
    '*a_',
    '_a',
    'a*',
    '**`[',
    '[a](',
    '[a][',
    '![a](<',
    '![](',
    '<!--',
    '<a ',
    '\n|',
  ],
  ...['https://', 'a@b.c ', 'C:\\', '\\*', '[a]: b\n', '- a\n', '> a\n', 'a\n\n', '```\n', '~~~\n'],
  ...[
    '===\n',
    '* * *\n',
    '<div>\n',
    '| a |\n|-|\n',
    '**a** ',
    '`a`',
    '古',
    '🙂',
    '```md\n',
    'a  \n',
    '```a\n```a\n```\n',
    '> ```a\n> ```b\n> ```\n',
    '@**A** ',
    '@A/',
    '/_a_',
    '**a:**b',
    '**/a*',
    'x[a](b)',
    '[^\\]]',
    'a\\*',
  ],
]

/** In `npm test` every second one, and what is mixed of all. */
describe('a megabyte that a model wrote is shown in no time', () => {
  it.each(half(PIECES))('%j', async (piece) => await isShownInNoTime(piece), PATIENCE)

  it(
    'whatever is mixed of it',
    async () => {
      const some = fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 4 })
      const property = fc.asyncProperty(some, async (all) => await isShownInNoTime(all.join('')))
      await fc.assert(property, runs(30))
    },
    PATIENCE,
  )
})

async function isShownInNoTime(piece: string) {
  const markdown = piece.repeat(MB / piece.length)
  const people = new Map([['A', 'eyJ9--ab']])
  await takesNoTime(() => toHtml(markdown, people))
  await takesNoTime(() => toHtml(markdown.slice(0, 30_000), people))
  await takesNoTime(() => heal(markdown))
  await takesNoTime(() => hasParagraph(markdown))
  await takesNoTime(() => hasSentence(markdown))
  await takesNoTime(() => split(markdown))
  await takesNoTime(() => splitForPush(markdown.slice(0, 30_000)))
}

async function takesNoTime(work: () => unknown) {
  await takesAtMost(MOST_MS, work)
}

function listed(html: string) {
  const creator = { id: 1, name: html, role: 'member' }
  return { id: 1, created_at: '2026-11-20T12:00:00Z', body: { html, plain_text: html }, creator }
}
