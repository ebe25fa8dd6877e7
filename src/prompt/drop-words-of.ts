import { Steps } from '../tables/room/steps.ts'
import type { TurnRow } from '../tables/room/turns.ts'
import type { Tables } from '../tables.ts'
import { withoutMessages } from './deleted-words.ts'
import { askedIn, wordsRead } from './read-back.ts'

/**
 * A turn that was set aside goes on with what it has read. What somebody said is taken out of that when they have
 * had us forget it, but for what the turn itself was asked. Null: what anybody said.
 */
export function dropWordsOf({ turns, sql }: Tables, row: TurnRow, author: number | null) {
  const steps = new Steps(sql, row.id)
  const told = [row.prompt, ...steps.all.map(({ notice }) => notice)]
  const results = steps.all.flatMap(({ uses }) => uses.flatMap(({ result }) => result ?? []))
  const asked = askedIn(told)
  const theirs = [...wordsRead(told), ...results.flatMap(foundIn)].filter((one) => {
    return !asked.has(one.id) && (author === null || one.author === author)
  })
  if (!theirs.length) return
  const without = withoutMessages([...new Set(theirs.map(({ id }) => id))])
  turns.change(row, { prompt: row.prompt && without.text(row.prompt) })
  steps.rewrite(without)
}

/** As tools give messages. */
function foundIn(json: string) {
  const found: { id: number; author: number }[] = []
  try {
    JSON.parse(json, (_, value) => {
      const { id, author_id: author } = Object(value) as { id?: unknown; author_id?: unknown }
      if (typeof id === 'number' && typeof author === 'number') found.push({ id, author })
      return value
    })
  } catch {
    return []
  }
  return found
}
