import { ATTACHMENT, attachmentOf, attachmentsIn } from '../attachment.ts'
import { avatarOf } from '../avatar.ts'
import { traitsOf } from '../dialect.ts'
import { type Element, element, escaped, parse, write } from '../markup.ts'
import type { Boost, Message } from '../messages.ts'
import type { People, Person } from '../people.ts'
import { plainOf } from '../plain.ts'
import { safe } from '../screen.ts'
import { sgidOf } from '../sgid.ts'
import type { Town } from './town.ts'

// Rendered for bots, not for screens: here unknown elements are unwrapped, and img and mark survive.
const KNOWN = new Set(
  `strong em b i p code pre tt samp kbd var sub sup dfn cite big small address hr br div span h1 h2
  h3 h4 h5 h6 ul ol li dl dt dd abbr acronym a img blockquote del ins mark time`.split(/\s+/),
)

/** Rendered once for each wording: names that change later stay as they were. */
export function messageAsJson(message: Message, town: Town, origin: string) {
  const known = fragments.get(message)
  if (known?.edits === message.edits && town.dialect !== 'port') return known.json
  const json = render(message, town, origin)
  fragments.set(message, { edits: message.edits, json })
  return json
}

const fragments = new WeakMap<Message, { edits: number; json: ReturnType<typeof render> }>()

function render(message: Message, town: Town, origin: string) {
  // The host in the links, too, is that of whoever read first.
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

function personAsJson(person: Person, origin: string) {
  const { id, name, role } = person
  return { id, name, role, avatar_url: `${origin}${avatarOf(person)}` }
}

function urlOf({ linkedFrom, room, id }: Message) {
  return `${linkedFrom}/rooms/${room}/messages/${id}`
}

function rendered({ html }: Message, { dialect, people }: Town) {
  if (dialect === 'port') return `<div class="lexxy-content">${html ?? ''}</div>`
  if (html === null) return ''
  const body = write(parse(html), (node, inner) => {
    if (node.name === ATTACHMENT) return renderedAttachment(node, people)
    return KNOWN.has(node.name) ? element(node.name, safe(node.attribs), inner()) : inner()
  })
  return `<div class="trix-content">\n  ${body}\n</div>\n`
}

// The signature that came in does not matter: the mention inside is signed. It goes by a type that
// says nothing.
function renderedAttachment(node: Element, people: People) {
  const attachment = attachmentOf(node, people)
  if (attachment.kind === 'missing') return element(node.name, node.attribs, '☒')
  if (attachment.kind !== 'person') return element(node.name, node.attribs, '')

  const { id, name } = attachment.person
  const picture = element(
    'img',
    { src: avatarOf(attachment.person), width: '48', height: '48' },
    '',
  )
  const link = element('a', { title: name, class: 'btn avatar', href: `/users/${id}` }, picture)
  const sgid = sgidOf(id)
  const mention = element('div', { class: 'mention', sgid }, `\n  ${link}\n  ${escaped(name)}\n`)
  const { content, ...others } = node.attribs
  const attributes = { ...others, 'content-type': UNKNOWN_TYPE }
  return element(
    ATTACHMENT,
    content ? { ...attributes, content: tidy(content) } : attributes,
    mention,
  )
}

const UNKNOWN_TYPE = 'application/octet-stream'

function tidy(content: string) {
  return write(parse(content), () => null)
}
