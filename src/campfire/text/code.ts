import { type Element, find, isElement, type Node, rawText } from './node.ts'

/** A code block, with the language that it names, in a fence that nothing in it can close. */
export function fenced(node: Element) {
  const text = linesIn(node)
    .replace(/^\n/, '')
    .replace(/\u00a0/g, ' ')
    .trimEnd()
  const fence = '`'.repeat(Math.max(3, 1 + longestRun(text, /`{3,}/g)))
  return `${fence}${languageOf(node)}\n${text}\n${fence}`
}

/** Code in a sentence: in one line, with its spaces. Null where its author broke the line. */
export function inlineCode(node: Element) {
  if (find(node, ({ tag }) => tag === 'br')) return null
  const text = rawText(node)
    .replace(/\s+/g, (run) => (run.includes('\n') ? ' ' : run))
    .replace(/\u00a0/g, ' ')
    .trim()
  const mark = '`'.repeat(1 + longestRun(text, /`+/g))
  const space = /^`|`$/.test(text) ? ' ' : ''
  return text && mark + space + text + space + mark
}

function longestRun(text: string, runs: RegExp) {
  return (text.match(runs) ?? []).reduce((longest, { length }) => Math.max(longest, length), 0)
}

function languageOf(node: Element) {
  const named = find(node, ({ attributes }) => NAMED.test(attributes.class ?? ''))
  const language = NAMED.exec(named?.attributes.class ?? '')?.[1]
  const known = language ?? node.attributes['data-language'] ?? ''
  return PLAIN.test(known) ? '' : known
}

const NAMED = /(?:^|\s)lang(?:uage)?-([\w+#-]+)/
const PLAIN = /^(?:plain|plaintext|text|nohighlight)$/

/** Lines as editors and pages set them: of text, each in an element of its own, or in the rows of a table. */
function linesIn(root: Element) {
  let text = ''
  let ends = false
  const put = (more: string) => {
    if (ends && text && !text.endsWith('\n')) text += '\n'
    if (more) ends = false
    text += more
  }
  const walk = (node: Node, parent: Element) => {
    if (!isElement(node)) return LAYOUT.test(parent.tag) && !node.trim() ? undefined : put(node)
    if (node.tag === 'br') return put('\n')
    if (node.tag === 'script' || node.tag === 'style') return
    const isLine = LINE.test(node.tag)
    if (isLine) ends = true
    else if (CELL.test(node.tag) && !ends && text && !text.endsWith('\n')) put('\t')
    for (const child of node.children) walk(child, node)
    if (isLine) ends = true
  }
  for (const child of root.children) walk(child, root)
  return text
}

const LAYOUT = /^(?:table|thead|tbody|tfoot|tr|ul|ol|dl)$/
const LINE = /^(?:div|p|li|tr|dt|dd|section|article|figure|blockquote|pre|h[1-6])$/
const CELL = /^t[dh]$/
