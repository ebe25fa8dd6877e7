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
  ['code', (node, writer) => mark('`', node, lineIn(node), writer)],
  ['a', renderLink],
  ['img', ({ attributes }, writer) => writer.write(attributes.alt ?? '')],
  ['action-text-attachment', renderAttachment],
  ['pre', (node, writer) => writer.block(fenced(node), 2)],
  ['blockquote', renderBlockquote],
  ['ul', renderList],
  ['ol', renderList],
  ['td', renderCell],
  ['th', renderCell],
  ['script', () => {}],
  ['style', () => {}],
])

function renderMention(node: Element, writer: Writer, reader: Reader) {
  const { userId, name } = mentionOf(node)
  if (userId === reader.self) writer.leaveOut()
  else writer.write(`@${name ?? 'someone'}`)
}

const APART = /^(?:p|h[1-6]|table|dl)$/
const LINES = /^(?:div|li|tr|dt|dd|figure|figcaption|section|article|details|summary|address)$/

function renderOther(node: Element, writer: Writer, reader: Reader) {
  const lines = APART.test(node.tag) ? 2 : LINES.test(node.tag) ? 1 : null

  if (lines) writer.gap(lines)
  for (const child of node.children) render(child, writer, reader)
  if (lines) writer.gap(lines)
}

function renderBlockquote(node: Element, writer: Writer, reader: Reader) {
  writer.block(renderText(node.children, below(reader)).replace(/^/gm, '> '), 2)
}

function renderCell(node: Element, writer: Writer, reader: Reader) {
  writer.put(`${renderText(node.children, below(reader)).replace(/\s+/g, ' ').trim()} | `)
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

/** Code as it stands in a sentence: in one line, with its spaces. */
function lineIn(node: Element) {
  return rawText(node)
    .replace(/\s+/g, (run) => (run.includes('\n') ? ' ' : run))
    .replace(/\u00a0/g, ' ')
}

function linkTo(href: string | undefined, label: string) {
  const line = label.replace(/\s+/g, ' ').trim()
  if (!href || href === `mailto:${line}`) return line

  const same = ['', 'https://', 'http://'].some((start) => start + line === href)
  return same || !line ? href : `[${line}](${href})`
}

function fenced(node: Element) {
  const text = rawText(node)
    .replace(/^\n/, '')
    .replace(/\u00a0/g, ' ')
    .trimEnd()
  const longest = (text.match(/`{3,}/g) ?? []).reduce((a, b) => (a.length > b.length ? a : b), '``')
  const fence = `${longest}\``
  const named = /language-([\w+#-]+)/.exec(node.attributes.class ?? '')?.[1]
  const language = named ?? node.attributes['data-language'] ?? ''

  return `${fence}${PLAIN.test(language) ? '' : language}\n${text}\n${fence}`
}

const PLAIN = /^(?:plain|plaintext|text|nohighlight)$/

function renderList(list: Element, writer: Writer, reader: Reader) {
  let number = Number.parseInt(list.attributes.start ?? '1', 10) || 1
  writer.gap(1)
  for (const child of list.children) {
    if (isElement(child) && child.tag === 'li' && !holdsOnlyList(child)) {
      const marker = list.tag === 'ol' ? `${number++}. ` : '- '
      renderItem(child, marker, writer, reader)
    } else {
      writer.block(indented(renderText([child], below(reader)), '  '), 1)
    }
  }
  writer.gap(1)
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
