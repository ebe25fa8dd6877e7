import * as z from 'zod'
import type { Tables } from '../tables.ts'
import { withoutWords } from './turn-prompt.ts'

const DROPPED = 'dropped'
const Ids = z.array(z.int())
/** More than pages can show at once: what is dropped is looked for once, in whatever life. */
const MOST_IDS = 300

/** What somebody has deleted in the room leaves the archive, and the prompts of this session. */
export function dropDeleted({ archive, session, facts }: Tables, deleted: ReadonlySet<number>) {
  if (!deleted.size) return
  const known = facts.get(DROPPED, Ids) ?? []
  const news = [...deleted].filter((id) => !known.includes(id))
  if (!news.length) return

  archive.drop(new Set(news))
  const current = session.current()
  if (current) session.rewrite(current, (prompt) => withoutWords(prompt, news))
  facts.set(DROPPED, [...known, ...news].slice(-MOST_IDS))
}
