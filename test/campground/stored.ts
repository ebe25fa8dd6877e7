import { type Dialect, traitsOf } from './dialect.ts'
import { type Element, element, isElement, parse, write } from './markup.ts'

/** Action Text parses what it gets and keeps what it understood; the port has a cleaner of its own. */
export function asStored(html: string, dialect: Dialect): string {
  const { cleans } = traitsOf(dialect)
  // An HTML parser drops what is no character, and takes every line break for the same.
  const read = html.replaceAll('\0', '').replace(/\r\n?/g, '\n').trim()
  return write(parse(read), (node, inner) => {
    if (cleans && (node.name === 'script' || node.name === 'style')) return ''
    if (cleans && node.name === 'br') return '<br />'
    if (node.attribs['data-trix-attachment']) return attachmentIn(node)
    if (node.name === 'table' && node.children.some(isRow))
      return element('table', node.attribs, `<tbody>${inner()}</tbody>`)
    return null
  })
}

function isRow(node: Element['children'][number]) {
  return isElement(node) && node.name === 'tr'
}

/** What a person's composer sends for a chip is a figure; it is kept as a node of Campfire's own. */
function attachmentIn({ attribs }: Element) {
  const { sgid, contentType, content } = JSON.parse(attribs['data-trix-attachment'] ?? '{}')
  const attributes = { sgid, 'content-type': contentType, content }
  return element('action-text-attachment', attributes, '')
}
