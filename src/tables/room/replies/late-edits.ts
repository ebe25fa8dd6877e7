import * as z from 'zod'
import { Facts } from '../facts.ts'

/**
 * Edits of which no answer came: what they said may stand again, and no person has to have put it there. Few
 * turns ever have one, so a column of its own would cost every room more than these do.
 */
const LateEdit = z.object({ turn: z.int(), message: z.int(), words: z.string() })
type LateEdit = z.infer<typeof LateEdit>

const NAME = 'late edits'
const MOST = 10

export function keepLateEdit(sql: SqlStorage, edit: LateEdit) {
  const known = allIn(sql)
  const isKnown = known.some(
    ({ message, words }) => message === edit.message && words === edit.words,
  )
  if (!isKnown) new Facts(sql).set(NAME, [...known, edit].slice(-MOST))
}

export function lateEdits(sql: SqlStorage, turn: number, message: number) {
  return allIn(sql).filter((edit) => edit.turn === turn && edit.message === message)
}

/** Their words are those of answers. */
export function forgetLateEdits(sql: SqlStorage) {
  sql.exec('DELETE FROM facts WHERE name = ?', NAME)
}

function allIn(sql: SqlStorage) {
  return new Facts(sql).get(NAME, z.array(LateEdit)) ?? []
}
