import type { Tables } from '../tables.ts'
import { withoutWords } from './turn-prompt.ts'

/** What somebody has deleted in the room leaves the archive, and the prompts of this session. */
export function dropDeleted({ archive, session }: Tables, deleted: ReadonlySet<number>) {
  const news = archive.drop(deleted)
  const current = session.current()
  if (news.length && current) session.rewrite(current, (prompt) => withoutWords(prompt, news))
}
