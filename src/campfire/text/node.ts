import { Parser } from 'htmlparser2'

export type Node = string | Element

export interface Element {
  tag: string
  attributes: Record<string, string>
  children: Node[]
}

const DEEPEST = 100

/** A tree that is safe to walk: what lies too deep becomes part of the last element above. */
export function parse(html: string): Element {
  const root: Element = { tag: '', attributes: {}, children: [] }
  const open = [root]
  const parent = () => open.at(-1) ?? root

  const parser = new Parser({
    onopentag: (tag, attributes) => {
      const element = { tag, attributes, children: [] }
      if (open.length <= DEEPEST) parent().children.push(element)
      open.push(open.length <= DEEPEST ? element : parent())
    },
    onclosetag: () => void open.pop(),
    ontext: (text) => void parent().children.push(text.replaceAll('\0', '')),
  })
  parser.end(html)

  return root
}

export function isElement(node: Node | undefined): node is Element {
  return typeof node === 'object'
}

/** The bare text, on one line. */
export function textIn(node: Node): string {
  return rawText(node).replace(/\s+/g, ' ').trim()
}

/** The bare text as it is written, with its line breaks. */
export function rawText(node: Node): string {
  if (!isElement(node)) return node
  return node.tag === 'br' ? '\n' : node.children.map(rawText).join('')
}

export function find(node: Node, wanted: (element: Element) => boolean): Element | null {
  if (!isElement(node)) return null
  if (wanted(node)) return node

  for (const child of node.children) {
    const found = find(child, wanted)
    if (found) return found
  }
  return null
}
