import { ATTACHMENT, attachmentOf } from './attachment.ts'
import { type Element, element, escaped, parse, write } from './markup.ts'
import type { Content } from './messages.ts'
import type { People } from './people.ts'
import { plainText } from './plain.ts'
import { soundIn } from './sound.ts'

const ALLOWED = new Set(
  `a abbr acronym address b big blockquote br cite code dd del dfn div dl dt em h1 h2 h3 h4 h5 h6 hr
  i ins kbd li ol p pre samp small span strong sub sup time tt ul var`.split(/\s+/),
)
const KEPT = new Set(
  'href src width height alt cite datetime title class name abbr lang'.split(' '),
)
const LINK = /\b(?:https?:\/\/|www\.)[^\s<>"']*[^\s<>"'.,;:!?)\]}]|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g

/** What people see of a message. Whatever Campfire does not know is gone, with all that was in it. */
export function screen({ html, file }: Content, people: People): string {
  if (file) return escaped(file.name)
  if (html === null) return ''

  const sound = soundIn(plainText(html, people))
  return sound ? `<span class="sound">🔊 ${sound}</span>` : linked(sanitized(html, people))
}

function sanitized(html: string, people: People) {
  return write(parse(html), (node, inner) => {
    if (node.name === ATTACHMENT) return shown(node, people)
    if (node.name === 'figure' || node.name === 'figcaption') return inner()
    return ALLOWED.has(node.name) ? element(node.name, safe(node.attribs), inner()) : ''
  })
}

// A mention is shown as a div: inside a paragraph it tears the paragraph apart, here as there.
function shown(node: Element, people: People) {
  const attachment = attachmentOf(node, people)
  switch (attachment.kind) {
    case 'person':
      return element('div', { class: 'mention' }, escaped(`@${attachment.person.name}`))
    case 'card':
      return element('a', safe({ href: attachment.href }), escaped(attachment.title))
    case 'image':
      return escaped(`[${attachment.caption || 'Image'}]`)
    default:
      return '☒'
  }
}

/** Without what could run, and what Campfire does not know. */
export function safe(attributes: Record<string, string>) {
  const kept = Object.entries(attributes).filter(
    ([name, value]) => (KEPT.has(name) || name === 'xml:lang') && !isScript(name, value),
  )
  return Object.fromEntries(kept)
}

function isScript(name: string, value: string) {
  const bare = value.replace(/[\s\p{Cc}]/gu, '')
  return /^(href|src|cite)$/.test(name) && /^(javascript|data|vbscript|file|blob):/i.test(bare)
}

function linked(html: string) {
  const asIs = (node: Element) => (node.name === 'a' ? write([node], () => null) : null)
  return write(parse(html), asIs, withLinks)
}

function withLinks(text: string) {
  let written = ''
  let end = 0
  for (const { 0: address, index } of text.matchAll(LINK)) {
    written += escaped(text.slice(end, index)) + linkTo(address)
    end = index + address.length
  }
  return written + escaped(text.slice(end))
}

function linkTo(address: string) {
  const scheme = /^https?:/.test(address) ? '' : address.startsWith('www.') ? 'http://' : 'mailto:'
  return element('a', { href: scheme + address, target: '_blank' }, escaped(address))
}
