import { forgetLateEdits } from '../replies/late-edits.ts'

/**
 * The words that the model reads of turns that are over, which stand in four tables: they are changed, or
 * erased, in all of them.
 */

/** How words are changed: those of people, and those of tools, in JSON. */
export interface Rewriting {
  text(words: string): string
  result(json: string): string
}

/**
 * Changes what the model reads of the turns that are over, from this one on. The prompt cache starts anew
 * from there; and what was thought behind it is sent no more, since its fingerprint is another.
 */
export function rewriteWords(sql: SqlStorage, from: number, { text, result }: Rewriting) {
  const over = 'turn IN (SELECT id FROM turns WHERE id >= ? AND ended IS NOT NULL)'
  const prompts = sql
    .exec<{ id: number; words: string }>(
      `SELECT id, prompt AS words FROM turns
       WHERE id >= ? AND prompt IS NOT NULL AND ended IS NOT NULL`,
      from,
    )
    .toArray()
  const notices = sql
    .exec<{ turn: number; number: number; words: string }>(
      `SELECT turn, number, notice AS words FROM steps WHERE notice IS NOT NULL AND ${over}`,
      from,
    )
    .toArray()
  const results = sql
    .exec<{ turn: number; step: number; number: number; words: string }>(
      `SELECT turn, step, number, result AS words FROM tool_uses
       WHERE result IS NOT NULL AND ${over}`,
      from,
    )
    .toArray()
  for (const { id, words } of changedBy(text, prompts)) {
    sql.exec('UPDATE turns SET prompt = ? WHERE id = ?', words, id)
  }
  for (const { turn, number, words } of changedBy(text, notices)) {
    sql.exec('UPDATE steps SET notice = ? WHERE turn = ? AND number = ?', words, turn, number)
  }
  for (const { turn, step, number, words } of changedBy(result, results)) {
    sql.exec(
      'UPDATE tool_uses SET result = ? WHERE turn = ? AND step = ? AND number = ?',
      words,
      turn,
      step,
      number,
    )
  }
}

function changedBy<Row extends { words: string }>(change: (words: string) => string, rows: Row[]) {
  return rows
    .map((row) => ({ ...row, words: change(row.words), before: row.words }))
    .filter(({ words, before }) => words !== before)
}

/** What was said and done in this turn goes, with what it had asked a yes for; what it read stays. */
export function dropAnswer(sql: SqlStorage, turn: number, inItsPlace: string) {
  const said = JSON.stringify([{ type: 'text', text: inItsPlace }])
  sql.exec('UPDATE tool_uses SET result = NULL WHERE turn = ?', turn)
  sql.exec(
    `UPDATE steps SET notice = NULL, content = iif(content IS NULL OR content = '[]', content,
       iif(number = (SELECT max(number) FROM steps WHERE turn = ?1 AND state = 'answered'), ?2, '[]'))
     WHERE turn = ?1`,
    turn,
    said,
  )
  // One in doubt is known by its words until the room was looked at: two of them must not stand.
  sql.exec(
    `UPDATE replies SET body = '', began = NULL, file = iif(file IS NULL, NULL, '')
     WHERE turn = ? AND turn NOT IN (SELECT id FROM turns WHERE doubt IN (1, 3))`,
    turn,
  )
  sql.exec(
    'UPDATE turns SET sentence = iif(sentence IS NULL, NULL, ?), made = NULL WHERE id = ?',
    inItsPlace,
    turn,
  )
  sql.exec(`${WITHDRAWN} turn = ?`, turn)
  forgetLateEdits(sql)
}

/**
 * Erases the words of the turns in between that are over; what remains is the receipts. What they had
 * asked a yes for is withdrawn: nobody could say any more what it was.
 */
export function eraseWords(sql: SqlStorage, after: number, through: number) {
  const over = 'IN (SELECT id FROM turns WHERE id > ? AND id <= ? AND ended IS NOT NULL)'
  for (const erasure of [
    `UPDATE tool_uses SET result = NULL WHERE result IS NOT NULL AND turn ${over}`,
    `UPDATE steps SET content = NULL, notice = NULL
     WHERE (content IS NOT NULL OR notice IS NOT NULL) AND turn ${over}`,
    // The name of a file is as good as words.
    `UPDATE replies SET body = '', began = NULL, file = iif(file IS NULL, NULL, '')
     WHERE (body <> '' OR began IS NOT NULL OR file <> '') AND turn ${over}`,
    `UPDATE turns SET prompt = NULL, sentence = NULL, made = NULL
     WHERE (prompt IS NOT NULL OR sentence IS NOT NULL OR made IS NOT NULL) AND id ${over}`,
    `${WITHDRAWN} turn ${over}`,
  ]) {
    sql.exec(erasure, after, through)
  }
  forgetLateEdits(sql)
  sql.exec(
    `UPDATE sessions SET summary = '', pins = NULL
     WHERE ended IS NOT NULL AND (summary <> '' OR pins IS NOT NULL)`,
  )
}

/** What a request was about is gone; one that waits cannot be granted any more. */
const WITHDRAWN = `UPDATE approvals SET input = '{}', goes = NULL, state = iif(state = 'waiting', 'withdrawn', state)
  WHERE (input <> '{}' OR state = 'waiting') AND`
