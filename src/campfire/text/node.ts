import { type Handler, Parser } from 'htmlparser2'

export type Node = string | Element

export interface Element {
  tag: string
  attributes: Record<string, string>
  children: Node[]
}

/** No reply to a reply to a reply nests deeper; every level is gone through once for each above it. */
const DEEPEST = 30

/**
 * Looks no deeper than it is told: a tag below that is left out, what stands in it is not. The
 * library looks through all open elements at every tag: 1 MB of `<b>` would take it half a minute.
 */
export class ShallowParser extends Parser {
  #open = 0
  #deepest: number

  constructor(deepest: number, handler: Pick<Handler, 'onopentag' | 'onclosetag' | 'ontext'>) {
    super({
      ...handler,
      onopentag: (...opened) => {
        this.#open++
        handler.onopentag?.(...opened)
      },
      onclosetag: (...closed) => {
        this.#open--
        handler.onclosetag?.(...closed)
      },
    })
    this.#deepest = deepest
  }

  override onopentagname(start: number, end: number) {
    if (this.#open < this.#deepest) super.onopentagname(start, end)
  }
}

/** A tree that is safe to walk. */
export function parse(html: string): Element {
  const root: Element = { tag: '', attributes: {}, children: [] }
  const open = [root]
  const parent = () => open.at(-1) ?? root

  const parser = new ShallowParser(DEEPEST, {
    onopentag: (tag, attributes) => {
      const element = { tag, attributes, children: [] }
      parent().children.push(element)
      open.push(element)
    },
    onclosetag: () => void open.pop(),
    ontext: (text) => addText(parent(), text.replaceAll('\0', '')),
  })
  parser.end(html)

  return root
}

/** The library gives a text in pieces, one for each character reference. */
function addText({ children }: Element, text: string) {
  const last = children.at(-1)
  if (typeof last === 'string') children[children.length - 1] = last + text
  else children.push(text)
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
