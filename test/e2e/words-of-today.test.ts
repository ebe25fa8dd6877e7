import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Node, SyntaxKind } from 'typescript/unstable/ast'
import { expect, it } from 'vitest'
import { OLD_WORDS } from '../support/old-words.ts'
import { found, readSources } from './support/sources.ts'

const ROOT = resolve(import.meta.dirname, '../..')

/** Where words stand that people see, beside `src/sentences`; whatever else speaks there speaks to a model or to a log. */
const SEEN = [
  /^src\/(operator|upload)\//,
  /^src\/.*\/(words|wording)(\.|\/)/,
  /^setup\//,
  /^test\/(start|rehearsal)(\.|\/)/,
]
const PAGES = ['README.md', 'setup/README.md', 'setup/operating.md']

const TEXTS = [
  SyntaxKind.StringLiteral,
  SyntaxKind.NoSubstitutionTemplateLiteral,
  SyntaxKind.TemplateHead,
  SyntaxKind.TemplateMiddle,
  SyntaxKind.TemplateTail,
  SyntaxKind.JsxText,
]

const written = readSources(ROOT, (sources) =>
  sources
    .filter(({ file }) => !file.endsWith('.test.ts'))
    .filter(({ file }) => SEEN.some((place) => place.test(file)))
    .map(({ file, source }) => [file, found(source, isText).map(({ text }) => text)] as const),
)
const pages = PAGES.map(
  (page) => [page, readFileSync(join(ROOT, page), 'utf8').split('\n')] as const,
)

it.each([...written, ...pages])('%s is in the English of today', (_, words) => {
  expect(words.filter((said) => OLD_WORDS.test(said))).toEqual([])
})

it('and that of each place was read', () => {
  for (const place of SEEN) expect(written.filter(([file]) => place.test(file))).not.toEqual([])
  const said = new Set(written.flatMap(([, words]) => words.map((word) => word.trim())))

  expect(said).toContain("I don't know that version of this bot, or it is gone.")
  expect(said).toContain('Where should it run: on cloudflare, or here on this machine?')
})

/** What is said, be it in a template or on a page. */
function isText(node: Node): node is Node & { text: string } {
  return TEXTS.includes(node.kind)
}
