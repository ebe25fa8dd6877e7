import { avatarOf } from './avatar.ts'
import { element, escaped, parse, write } from './markup.ts'
import type { Content, Message, StoredFile } from './messages.ts'
import type { People, Person } from './people.ts'
import { screen } from './screen.ts'
import { sgidOf } from './sgid.ts'

type Composer = 'trix' | 'lexxy'

/** What a person says; `composer` is the editor it was typed in. */
export type Said =
  | { html: string; replyTo?: number; composer?: Composer }
  | { text: string; mentions?: Someone[]; replyTo?: number; composer?: Composer }
  | { file: StoredFile }

export type Someone = number | { id: number }

interface Desk {
  people: People
  origin: string
  replyTo: Message | undefined
}

export function compose(said: Said, desk: Desk): Content {
  if ('file' in said) return { html: null, file: said.file }
  const composer = said.composer ?? 'trix'
  const body = 'html' in said ? said.html : typed(said, desk.people)
  if (desk.replyTo) return { html: quoteOf(desk.replyTo, desk) + body, file: null }
  if ('html' in said) return { html: body, file: null }
  return { html: composer === 'trix' ? `<div>${body}</div>` : `<p>${body}</p>`, file: null }
}

/** The chip that a composer puts in for a person, picked from its list. */
export function chipOf(person: Person, composer: Composer = 'trix'): string {
  const sgid = sgidOf(person.id)
  const type = 'application/vnd.campfire.mention'
  const name = escaped(person.name)
  if (composer === 'lexxy') {
    const content = JSON.stringify(`<span class="mention" sgid="${sgid}">${name}</span>`)
    return element('action-text-attachment', { sgid, content, 'content-type': type }, '')
  }
  const picture = element('img', { src: avatarOf(person), class: 'avatar', alt: person.name }, '')
  const content = `
      <span class="mention" sgid=${sgid}>
        ${picture}
        ${name}
      </span>
    `
  return element('action-text-attachment', { sgid, 'content-type': type, content }, '')
}

/** A chip stands where its @Name was typed, or else in front. */
function typed({ text, mentions = [], composer = 'trix' }: Typed, people: People) {
  const space = composer === 'trix' ? '&nbsp;' : ' '
  let body = escaped(text).replaceAll('\n', '<br>')
  let front = ''
  for (const someone of mentions) {
    const person = people.get(typeof someone === 'number' ? someone : someone.id)
    const name = escaped(`@${person.name}`)
    if (body.includes(name)) body = body.replace(name, () => chipOf(person, composer))
    else front += chipOf(person, composer) + space
  }
  return front + body
}

type Typed = Extract<Said, { text: string }>

// Mentions inside the quote become plain names, so that a reply wakes nobody it does not mention.
function quoteOf(message: Message, { people, origin }: Desk) {
  const quote = write(parse(screen(message, people)), (node) =>
    node.attribs.class === 'mention' ? write(node.children, () => null) : null,
  )
  const author = escaped(people.find(message.creator)?.name ?? '')
  const link = element('a', { href: `${origin}/rooms/${message.room}/@${message.id}` }, '#')
  return `<blockquote>${quote}</blockquote><cite>${author} ${link}</cite><br>`
}
