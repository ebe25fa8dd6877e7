import { fingerprint, fingerprintOfOurs } from '../../../campfire.ts'
import { wordsHash } from '../messages/words-hash.ts'

/** Whom words may mention, and by what. */
export type Names = ReadonlyMap<string, string>

/**
 * Before the words of turns that are over are erased: an answer in doubt may stand twice, or come late, and is to be
 * known then by what nobody can read.
 */
export function keepPrints(
  sql: SqlStorage,
  { after, through, names }: { after: number; through: number; names: Names },
) {
  const doubted = sql.exec<{ turn: number; part: number; body: string; began: string | null }>(
    `SELECT turn, part, body, began FROM replies WHERE body <> '' AND file IS NULL AND turn IN
       (SELECT id FROM turns WHERE id > ? AND id <= ? AND ended IS NOT NULL AND doubt IN (1, 3))`,
    after,
    through,
  )
  for (const { turn, part, body, began } of doubted.toArray()) {
    const words = began === null ? [body] : [body, began]
    const prints = JSON.stringify(words.map((one) => printOf(fingerprintOfOurs(one, names))))
    sql.exec('UPDATE replies SET prints = ? WHERE turn = ? AND part = ?', prints, turn, part)
  }
}

/** Whether these name what is listed. */
export function isNamedBy(prints: number[], { html }: { html: string }) {
  return prints.includes(printOf(fingerprint(html)))
}

function printOf(text: string) {
  return wordsHash({ text, file: null })
}
