import { type Element, elementsIn, parse } from './markup.ts'
import type { People, Person } from './people.ts'
import { personIn } from './sgid.ts'

export const ATTACHMENT = 'action-text-attachment'

/** What a node in a message stands for. A broken one is saved, and fails every page that holds it. */
type Attachment =
  | { kind: 'person'; person: Person; signed: boolean }
  | { kind: 'missing' }
  | { kind: 'card'; href: string; title: string }
  | { kind: 'image'; url: string; caption: string }
  | { kind: 'broken'; refused: boolean }

export function attachmentOf({ attribs }: Element, people: People): Attachment {
  const { sgid, url = '', href = '', filename = '', caption = '' } = attribs
  const type = attribs['content-type'] ?? ''

  if (sgid !== undefined) return named(sgid, people)
  if (type === 'application/vnd.actiontext.opengraph-embed' && href) {
    return { kind: 'card', href, title: filename }
  }
  if (url && type.startsWith('image/')) return { kind: 'image', url, caption }
  return { kind: 'broken', refused: false }
}

export function attachmentsIn(html: string, people: People): Attachment[] {
  return elementsIn(parse(html))
    .filter(({ name }) => name === ATTACHMENT)
    .map((node) => attachmentOf(node, people))
}

/** Only a signed chip notifies; the rendering forgets to check that. */
export function mentionedIn(html: string, people: People): Person[] {
  const named = attachmentsIn(html, people).flatMap((attachment) =>
    attachment.kind === 'person' && attachment.signed ? [attachment.person] : [],
  )
  return [...new Set(named)]
}

function named(sgid: string, people: People): Attachment {
  const found = personIn(sgid)
  if (!found) return { kind: 'broken', refused: true }
  const person = people.find(found.id)
  return person ? { kind: 'person', person, signed: found.signed } : { kind: 'missing' }
}
