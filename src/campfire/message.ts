import * as z from 'zod'
import { visible } from './visible.ts'

export const Id = z.int().positive()

export const Text = z.string().transform(wellFormed)

export const Name = z
  .string()
  .nullish()
  .transform((name) => (typeof name === 'string' ? shortName(name) : null))

/** A message as the list shows it. Its `plain` keeps mentions of us, a delivery's does not. */
export const ListedMessage = z
  .object({
    id: Id,
    created_at: z
      .string()
      .transform((time) => Date.parse(time))
      .pipe(z.int()),
    body: z.object({ plain_text: Text.nullish(), html: Text.nullish() }),
    creator: z.object({ id: Id, name: Name, role: z.string().catch('unknown') }),
  })
  .transform(({ id, created_at, body, creator }) => {
    const html = body.html ?? ''
    const plain = visible(cutShort(body.plain_text ?? '', MOST_TEXT))
    return {
      id,
      at: created_at,
      html,
      plain,
      author: {
        id: creator.id,
        name: creator.name,
        role: creator.role as 'member' | 'administrator' | 'bot' | (string & {}),
      },
      file: EMPTY.test(html.trim()) && plain !== '' ? plain : null,
    }
  })
export type ListedMessage = z.infer<typeof ListedMessage>

// A message with only a file has no text of its own, at most the wrapper that every text gets.
const EMPTY = /^(<div class="(trix|lexxy)-content">\s*<\/div>)?$/

/** A page of the list; one message of a shape that we do not know does not cost us the others. */
export const Listed = z.array(z.unknown()).transform((all, context) => {
  const messages = all.flatMap((one) => ListedMessage.safeParse(one).data ?? [])
  // Nothing readable at all is no empty room: whoever looks for a lost post would post it again.
  if (all.length > 0 && messages.length === 0) context.addIssue('nothing here is a message')
  return { messages, unreadable: all.length - messages.length }
})

/** What answers a PATCH (a message) and a new boost (a boost): of both only the id matters. */
export const Made = z.object({ id: Id })

/** What SQLite, the model and UTF-8 can all take. */
export function wellFormed(text: string) {
  return text.toWellFormed().replaceAll('\0', '')
}

/** Characters kept of a message. The model reads no more, and a row of SQLite takes 2 MB. */
export const MOST_TEXT = 400_000

/** Where it would cut a character in two it leaves that out: people would see a sign that nobody wrote. */
export function cutShort(text: string, longest: number) {
  if (text.length <= longest) return text
  const kept = text.slice(0, longest).replace(/[\uD800-\uDBFF]$/, '')
  return `${kept.toWellFormed()}…`
}

/** Names are free text, also of 1 MB. */
export function shortName(name: string) {
  return visible(wellFormed(name.slice(0, 2 * LONGEST_NAME)))
    .slice(0, LONGEST_NAME)
    .toWellFormed()
}

const LONGEST_NAME = 200
