import { lastNaming, namingOnly, notifiedBy, splitForPush } from '../campfire.ts'
import type { Part } from '../tables/room/reply-states.ts'

/** More posts than that, each of one paragraph, and they are put together. */
const MOST_ALONE = 3

interface Telling {
  /** What the first part was created with, if it grew. */
  began: string | null
  people: ReadonlyMap<string, string>
}

/**
 * Campfire tells people of a message when it is created, never of an edit. Whoever is named only in what
 * comes by edit, or stands in the file alone, gets the last paragraph that names them as a post of its
 * own. Nobody is told twice: in it others are named without being mentioned.
 */
export function tellings(parts: Part[], { began, people }: Telling): Part[] {
  const first = began ?? parts[0]?.body ?? ''
  const created = parts.map(({ body, file, began }, index) => {
    if (file) return ''
    return index === 0 ? first : (began ?? body)
  })
  const told = new Set(created.flatMap((text) => [...notifiedBy(text, people)]))
  const named = new Set(parts.flatMap(({ body }) => [...notifiedBy(body, people)]))
  const untold = [...named].filter((sgid) => !told.has(sgid))

  const text = parts.find(({ file }) => file)?.body ?? parts.map(({ body }) => body).join('\n\n')
  const paragraphs = Map.groupBy(untold, (sgid) => lastNaming(text, sgid, people))
  const bodies = [...paragraphs].map(([words, sgids]) => namingOnly(words, new Set(sgids), people))
  const posts = bodies.length > MOST_ALONE ? splitForPush(bodies.join('\n\n')) : bodies
  return posts.map((body) => ({ body, file: null }))
}

/** Whether it says again, so that somebody is told, what stands in these words. */
export function isTelling(text: string, body: string) {
  return body.includes('@') && bare(text).includes(bare(body))
}

function bare(text: string) {
  return text.replace(/[@\s]+/g, '')
}
