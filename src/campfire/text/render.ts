import { isMention, mentionOf } from './mention.ts'
import { type Element, isElement, type Node, rawText, textIn } from './node.ts'
import { Writer } from './writer.ts'

type Render = (element: Element, writer: Writer, self: number) => void

/** Nodes as Markdown, near enough for a model to see what a person saw. */
export function renderText(nodes: Node[], self: number): string {
  const writer = new Writer()
  for (const node of nodes) render(node, writer, self)
  return writer.toString()
}

function render(node: Node, writer: Writer, self: number) {
  if (!isElement(node)) writer.write(node)
  else if (isMention(node)) renderMention(node, writer, self)
  else (RENDERS.get(node.tag) ?? renderOther)(node, writer, self)
}

const RENDERS = new Map<string, Render>([
  ['br', (_, writer) => writer.newLine()],
  ['hr', (_, writer) => writer.block('---', 2)],
  ['strong', marked('**')],
  ['b', marked('**')],
  ['del', marked('~~')],
  ['s', marked('~~')],
  ['code', (node, writer) => mark('`', node, textIn(node), writer)],
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

function renderMention(node: Element, writer: Writer, self: number) {
  const { userId, name } = mentionOf(node)
  if (userId !== self) writer.write(`@${name ?? 'someone'}`)
}

const APART = /^(?:p|h[1-6]|table|dl)$/
const LINES = /^(?:div|li|tr|dt|dd|figure|figcaption|section|article|details|summary|address)$/

function renderOther(node: Element, writer: Writer, self: number) {
  const lines = APART.test(node.tag) ? 2 : LINES.test(node.tag) ? 1 : null

  if (lines) writer.gap(lines)
  for (const child of node.children) render(child, writer, self)
  if (lines) writer.gap(lines)
}

function renderBlockquote(node: Element, writer: Writer, self: number) {
  writer.block(renderText(node.children, self).replace(/^/gm, '> '), 2)
}

function renderCell(node: Element, writer: Writer, self: number) {
  writer.put(`${renderText(node.children, self).replace(/\s+/g, ' ')} | `)
}

function renderLink(node: Element, writer: Writer, self: number) {
  mark('', node, linkTo(node.attributes.href, renderText(node.children, self)), writer)
}

function renderAttachment(node: Element, writer: Writer, self: number) {
  const { href, url, filename, caption } = node.attributes
  const address = href || url
  if (address) {
    writer.block(linkTo(address, filename || caption || address), 1)
    if (filename && caption) writer.block(caption, 1)
  } else {
    renderOther(node, writer, self)
  }
}

function marked(marker: string): Render {
  return (node, writer, self) => mark(marker, node, renderText(node.children, self), writer)
}

/** Spaces at the edges of an element stay outside its marks. */
function mark(marker: string, node: Element, inner: string, writer: Writer) {
  const raw = rawText(node)
  if (/^\s/.test(raw)) writer.write(' ')
  if (inner) writer.put(marker + inner + marker)
  if (/\s$/.test(raw)) writer.write(' ')
}

function linkTo(href: string | undefined, label: string) {
  const line = label.replace(/\s+/g, ' ')
  if (!href || href === `mailto:${line}`) return line

  const same = ['', 'https://', 'http://'].some((start) => start + line === href)
  return same || !line ? href : `[${line}](${href})`
}

function fenced(node: Element) {
  const text = rawText(node).replace(/^\n/, '').trimEnd()
  const longest = (text.match(/`{3,}/g) ?? []).reduce((a, b) => (a.length > b.length ? a : b), '``')
  const fence = `${longest}\``
  const named = /language-([\w+#-]+)/.exec(node.attributes.class ?? '')?.[1]
  const language = named ?? node.attributes['data-language'] ?? ''

  return `${fence}${language === 'plain' ? '' : language}\n${text}\n${fence}`
}

function renderList(list: Element, writer: Writer, self: number) {
  let number = Number.parseInt(list.attributes.start ?? '1', 10) || 1
  writer.gap(1)
  for (const child of list.children) {
    if (isElement(child) && child.tag === 'li' && !holdsOnlyList(child)) {
      const marker = list.tag === 'ol' ? `${number++}. ` : '- '
      renderItem(child, marker, writer, self)
    } else {
      writer.block(indented(renderText([child], self), '  '), 1)
    }
  }
  writer.gap(1)
}

function renderItem(item: Element, marker: string, writer: Writer, self: number) {
  const text = renderText(item.children, self)
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
