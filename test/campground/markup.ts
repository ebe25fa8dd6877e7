import { parseDocument } from 'htmlparser2'

export type Node = ReturnType<typeof parseDocument>['children'][number]
export type Element = Extract<Node, { name: string; attribs: object }>
type Inner = () => string

const VOID = /^(area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/
const RAW = /^(script|style|xmp|iframe|noembed|noframes)$/

export function parse(html: string): Node[] {
  return parseDocument(html).children
}

type Rule = (element: Element, inner: Inner) => string | null

/** Writes nodes as HTML. `rule` may write an element its own way; null leaves it as it is. */
export function write(nodes: Node[], rule: Rule, text: (data: string) => string = escaped) {
  const writeAll = (some: Node[]): string => some.map(writeOne).join('')

  return writeAll(nodes)

  function writeOne(node: Node): string {
    if (isText(node)) return isRaw(node.parent) ? node.data : text(node.data)
    if (!isElement(node)) return ''
    const inner = () => writeAll(node.children)
    return rule(node, inner) ?? element(node.name, node.attribs, inner())
  }
}

export function element(name: string, attributes: Record<string, string>, inner: string) {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${quote(value)}"`)
  const open = `<${name}${written.join('')}>`
  return VOID.test(name) ? open : `${open}${inner}</${name}>`
}

export function elementsIn(nodes: Node[]): Element[] {
  return nodes.filter(isElement).flatMap((node) => [node, ...elementsIn(node.children)])
}

export function depthOf(nodes: Node[]): number {
  let depth = 0
  let level = nodes
  while (level.length > 0) {
    level = level.filter(isElement).flatMap((node) => node.children)
    depth++
  }
  return depth
}

export function isElement(node: Node): node is Element {
  return 'attribs' in node
}

export function isText(node: Node): node is Extract<Node, { type: 'text' }> {
  return node.type === 'text'
}

/** As Nokogiri writes text: a no-break space is the one character that gets a name. */
export function escaped(text: string) {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\u00a0', '&nbsp;')
}

function quote(value: string) {
  return value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('\u00a0', '&nbsp;')
}

function isRaw(parent: { type: string } | null) {
  return parent !== null && 'name' in parent && RAW.test(String(parent.name))
}
