import { fenced, inlineCode } from './code.ts'
import { isMention, mentionOf } from './mention.ts'
import { type Element, isElement, type Node, rawText } from './node.ts'
import { Writer } from './writer.ts'

type Render = (element: Element, writer: Writer, reader: Reader) => void

interface Reader {
  /** Our own user: mentions of us are left out. */
  self: number
  depth?: number
  /** The marks that it stands in: within itself none means anything, and costs as much again. */
  marks?: string[]
}

/** What stands within more lists, quotes and marks than this is read as the text that it is. */
const DEEPEST = 6

/** Nodes as Markdown, near enough for a model to see what a person saw. */
export function renderText(nodes: Node[], reader: Reader): string {
  const writer = new Writer()
  for (const node of nodes) render(node, writer, reader)
  return writer.toString()
}

function render(node: Node, writer: Writer, reader: Reader) {
  if (!isElement(node)) writer.write(node)
  else if (isMention(node)) renderMention(node, writer, reader)
  else if ((reader.depth ?? 0) > DEEPEST) renderOther(node, writer, reader)
  else (RENDERS.get(node.tag) ?? renderOther)(node, writer, reader)
}

function below({ depth = 0, ...reader }: Reader): Reader {
  return { ...reader, depth: depth + 1 }
}

function within(marker: string, reader: Reader): Reader | null {
  const { marks = [] } = reader
  return marks.includes(marker) ? null : { ...below(reader), marks: [...marks, marker] }
}

const RENDERS = new Map<string, Render>([
  ['br', (_, writer) => writer.newLine()],
  ['hr', (_, writer) => writer.block('---', 2)],
  ['strong', marked('**')],
  ['b', marked('**')],
  ['del', marked('~~')],
  ['s', marked('~~')],
  ['code', renderCode],
  ['sup', (node, writer, reader) => renderSmall(node, SUPERSCRIPT, writer, reader)],
  ['sub', (node, writer, reader) => renderSmall(node, SUBSCRIPT, writer, reader)],
  ['a', renderLink],
  ['img', ({ attributes }, writer) => writer.write(pictured(attributes.alt ?? ''))],
  ['action-text-attachment', renderAttachment],
  ['pre', (node, writer) => writer.block(fenced(node), 2)],
  ['blockquote', renderBlockquote],
  ['ul', renderList],
  ['ol', renderList],
  ['tr', renderRow],
  ['td', renderCell],
  ['th', renderCell],
  // What no browser shows as text, or Campfire takes out with all that is in it.
  ...['script', 'style', 'template', 'title', 'iframe', 'object', 'svg', 'noscript'].map(
    (tag): [string, Render] => [tag, () => {}],
  ),
])

function renderMention(node: Element, writer: Writer, reader: Reader) {
  const { userId, name } = mentionOf(node)
  if (userId === reader.self) writer.leaveOut()
  else writer.write(`@${name ?? 'someone'}`)
}

const APART = /^(?:p|h[1-6]|table|dl)$/
const LINES = /^(?:div|li|dt|dd|figure|figcaption|section|article|details|summary|address)$/

function renderOther(node: Element, writer: Writer, reader: Reader) {
  const lines = APART.test(node.tag) ? 2 : LINES.test(node.tag) ? 1 : null

  if (lines) writer.gap(lines)
  for (const child of node.children) render(child, writer, reader)
  if (lines) writer.gap(lines)
}

function renderBlockquote(node: Element, writer: Writer, reader: Reader) {
  writer.block(renderText(node.children, below(reader)).replace(/^/gm, '> '), 2)
}

function renderRow(node: Element, writer: Writer, reader: Reader) {
  writer.gap(1)
  writer.put('|')
  const cells = node.children.filter((child) => isElement(child) || child.trim())
  for (const cell of cells) render(cell, writer, reader)
  writer.gap(1)
}

/** In one line, with its breaks; a bar in it is no edge of it. */
function renderCell(node: Element, writer: Writer, reader: Reader) {
  const text = renderText(node.children, below(reader)).trim()
  writer.put(` ${text.replaceAll('|', '\\|').replace(/\n+/g, '<br>')}${text && ' '}|`)
}

function renderCode(node: Element, writer: Writer) {
  const line = inlineCode(node)
  if (line === null) writer.block(fenced(node), 1)
  else mark('', node, line, writer)
}

/** H₂O is no H2O, nor is x² an x2. Letters have no such form, and stay. */
function renderSmall(node: Element, forms: Record<string, string>, writer: Writer, reader: Reader) {
  const signs = [...rawText(node)]
  if (signs.every((sign) => forms[sign])) writer.write(signs.map((sign) => forms[sign]).join(''))
  else renderOther(node, writer, reader)
}

const SIGNS = '0123456789+-=()'
const SUPERSCRIPT = formsOf('⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾')
const SUBSCRIPT = formsOf('₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎')

function formsOf(forms: string) {
  return Object.fromEntries([...forms].map((form, index) => [SIGNS[index] ?? '', form]))
}

/** Told apart from words. Smileys are pictures too, and what they say is all there is to see. */
function pictured(alt: string) {
  const isSmiley = /^:[\w+-]+:$/.test(alt) || !/[\p{L}\p{N}]/u.test(alt)
  return isSmiley ? alt : `[image: ${alt}]`
}

function renderLink(node: Element, writer: Writer, reader: Reader) {
  const inside = within('', reader)
  if (!inside) return renderOther(node, writer, reader)
  mark('', node, linkTo(node.attributes.href, renderText(node.children, inside)), writer)
}

function renderAttachment(node: Element, writer: Writer, reader: Reader) {
  const { href, url, filename, caption } = node.attributes
  const address = href || url
  if (address) {
    writer.block(linkTo(address, filename || caption || address), 1)
    if (filename && caption) writer.block(caption, 1)
  } else {
    renderOther(node, writer, reader)
  }
}

function marked(marker: string): Render {
  return (node, writer, reader) => {
    const inside = within(marker, reader)
    if (inside) mark(marker, node, renderText(node.children, inside), writer)
    else renderOther(node, writer, reader)
  }
}

/** Spaces at the edges of an element stay outside its marks. */
function mark(marker: string, node: Element, inner: string, writer: Writer) {
  const raw = rawText(node)
  const text = raw.trim()
  const at = raw.indexOf(text)
  writer.write(raw.slice(0, at))
  if (inner.trim()) writer.put(marker + inner.trim() + marker)
  writer.write(raw.slice(at + text.length))
}

function linkTo(href: string | undefined, label: string) {
  const line = label.replace(/\s+/g, ' ').trim()
  if (!href || href === `mailto:${line}`) return line

  const same = ['', 'https://', 'http://'].some((start) => start + line === href)
  return same || !line ? href : `[${line}](${href})`
}

function renderList(list: Element, writer: Writer, reader: Reader) {
  let number = numberIn(list.attributes.start) ?? 1
  writer.gap(1)
  for (const child of list.children) {
    if (isElement(child) && child.tag === 'li' && !holdsOnlyList(child)) {
      number = numberIn(child.attributes.value) ?? number
      const marker = list.tag === 'ol' ? `${number++}. ` : '- '
      renderItem(child, marker, writer, reader)
    } else {
      writer.block(indented(renderText([child], below(reader)), '  '), 1)
    }
  }
  writer.gap(1)
}

function numberIn(attribute = '') {
  return /^-?\d{1,6}$/.test(attribute) ? Number(attribute) : null
}

function renderItem(item: Element, marker: string, writer: Writer, reader: Reader) {
  const text = renderText(item.children, below(reader))
  writer.block(marker + indented(text, ' '.repeat(marker.length)).trimStart(), 1)
}

// How Lexxy nests lists: in an item that has no marker of its own.
function holdsOnlyList(item: Element) {
  const children = item.children.filter((node) => isElement(node) || node.trim())
  return (
    children.every((node) => isElement(node) && /^[uo]l$/.test(node.tag)) && children.length > 0
  )
}

function indented(text: string, indent: string) {
  return text.replace(/^(?=.)/gm, indent)
}
