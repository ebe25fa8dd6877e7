import { Id } from '../message.ts'
import { isMention } from './mention.ts'
import { type Element, find, isElement, type Node, textIn } from './node.ts'

interface Quote {
  author: string
  messageId: number | null
  nodes: Node[]
}

const PERMALINK = /\/rooms\/\d+\/@(\d+)$/

/** Takes the quote that "Reply" puts at the start off the message: a blockquote and its source. */
export function takeQuote(parent: Element): Quote | null {
  const at = parent.children.findIndex((node) => !isBlank(node))
  const quoted = parent.children[at]
  if (!isElement(quoted)) return null
  if (['div', 'section', 'p'].includes(quoted.tag)) return takeQuote(quoted)
  if (quoted.tag !== 'blockquote') return null

  const source = takeSource(parent, at + 1)
  if (!source) return null

  parent.children.splice(at, 1)
  return { ...source, nodes: quoted.children }
}

function takeSource(parent: Element, from: number): Omit<Quote, 'nodes'> | null {
  const at = parent.children.findIndex((node, index) => index >= from && !isSpace(node))
  const node = parent.children[at]
  if (!isElement(node)) return null
  if (node.tag === 'cite') {
    parent.children.splice(at, 1)
    return sourceOf([node])
  }
  if (!['div', 'p'].includes(node.tag)) return null

  return takeSource(node, 0) ?? takeBareSource(node)
}

/** A composer that knows no cite keeps the author and the link, in a line of their own. */
function takeBareSource(line: Element) {
  const end = line.children.findIndex(isPermalink)
  if (end === -1 || line.children.slice(0, end).some((node) => isElement(node) && isSpace(node))) {
    return null
  }
  return sourceOf(line.children.splice(0, end + 1))
}

function sourceOf(nodes: Node[]) {
  const source = { tag: 'cite', attributes: {}, children: nodes }
  const href = find(source, isPermalink)?.attributes.href ?? ''
  const id = PERMALINK.exec(href)?.[1]
  return {
    author: textIn(source).replace(/\s*#$/, ''),
    messageId: Id.safeParse(Number(id)).data ?? null,
  }
}

function isPermalink(node: Node) {
  if (!isElement(node) || node.tag !== 'a') return false
  return PERMALINK.test(node.attributes.href ?? '') && textIn(node) === '#'
}

function isSpace(node: Node) {
  return isElement(node) ? node.tag === 'br' : !node.trim()
}

/** What may stand before the quote: space and mentions, in elements of their own or not. */
function isBlank(node: Node): boolean {
  if (isSpace(node) || isMention(node)) return true
  if (!isElement(node)) return false

  return ['div', 'p', 'span'].includes(node.tag) && node.children.every(isBlank)
}
