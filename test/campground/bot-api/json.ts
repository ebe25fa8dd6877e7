import { ATTACHMENT, attachmentOf, attachmentsIn } from '../attachment.ts'
import { traitsOf } from '../dialect.ts'
import { digest } from '../digest.ts'
import { type Element, element, escaped, parse, write } from '../markup.ts'
import type { Boost, Message } from '../messages.ts'
import type { People, Person } from '../people.ts'
import { plainOf } from '../plain.ts'
import { sgidOf } from '../sgid.ts'
import type { Town } from './town.ts'

// Rendered for bots, not for screens: here unknown elements are unwrapped, and img and mark survive.
const KNOWN = new Set(
  `strong em b i p code pre tt samp kbd var sub sup dfn cite big small address hr br div span h1 h2
  h3 h4 h5 h6 ul ol li dl dt dd abbr acronym a img blockquote del ins mark time`.split(/\s+/),
)

export function messageAsJson(message: Message, town: Town, origin: string) {
  // Fragments are cached: the host in the links is that of whoever read first.
  message.linkedFrom ??= origin
  const creator = town.people.get(message.creator)
  return {
    id: message.id,
    created_at: new Date(message.at).toISOString(),
    body: { plain_text: plainOf(message, town.people), html: rendered(message, town) },
    creator: personAsJson(creator, message.linkedFrom),
    room: { id: message.room },
    url: urlOf(message),
  }
}

export function boostAsJson({ id, content, at }: Boost, { message, bot, origin }: Boosted) {
  message.linkedFrom ??= origin
  return {
    id,
    content,
    created_at: new Date(at).toISOString(),
    booster: personAsJson(bot, message.linkedFrom),
    message: { id: message.id, url: urlOf(message) },
  }
}

interface Boosted {
  message: Message
  bot: Person
  origin: string
}

/** Saved, and yet a 500: the sgid is nonsense. */
export function isRefused({ html }: Message, { dialect, people }: Town) {
  const attachments = traitsOf(dialect).breaks ? attachmentsIn(html ?? '', people) : []
  return attachments.some((attachment) => attachment.kind === 'broken' && attachment.refused)
}

export function isBroken({ html }: Message, { dialect, people }: Town) {
  const attachments = traitsOf(dialect).breaks ? attachmentsIn(html ?? '', people) : []
  return attachments.some(({ kind }) => kind === 'broken')
}

function personAsJson({ id, name, role }: Person, origin: string) {
  const data = btoa(JSON.stringify({ _rails: { data: id, pur: 'user/avatar' } }))
  const avatar = `${origin}/users/${data.replace(/=+$/, '')}--${digest(data)}/avatar`
  return { id, name, role, avatar_url: `${avatar}?v=20261120213200` }
}

function urlOf({ linkedFrom, room, id }: Message) {
  return `${linkedFrom}/rooms/${room}/messages/${id}`
}

function rendered({ html, file }: Message, { dialect, people }: Town) {
  if (dialect === 'port') return `<div class="lexxy-content">${html ?? ''}</div>`
  if (html === null || file) return ''
  const body = write(parse(html), (node, inner) => {
    if (node.name === ATTACHMENT) return renderedAttachment(node, people)
    if (node.name === 'script' || node.name === 'style') return ''
    return KNOWN.has(node.name) ? null : inner()
  })
  return `<div class="trix-content">\n  ${body}\n</div>\n`
}

// The signature that came in does not matter: what goes out is signed.
function renderedAttachment(node: Element, people: People) {
  const attachment = attachmentOf(node, people)
  if (attachment.kind === 'missing') return '☒'
  if (attachment.kind !== 'person') return element(node.name, node.attribs, '')

  const { id, name } = attachment.person
  const sgid = sgidOf(id)
  const chip = element('div', { class: 'mention', sgid }, escaped(name))
  return element(ATTACHMENT, { ...node.attribs, sgid }, chip)
}
