import { fold } from '../../../campfire.ts'
import { readOnce, setAside } from '../../../storage.ts'
import {
  type Answers,
  LOOKS_BACK,
  MOST_KEPT,
  PRUNES_AT_ONCE,
  Remark,
  type Search,
} from './remark.ts'
import { asQuery, asWords } from './words.ts'

const NEWEST = `rowid > (SELECT max(rowid) FROM archive) - ${LOOKS_BACK}`
/** A full-text table keeps whatever it is given; to SQLite every text is more than any number. */
const DATED = 'at BETWEEN 0 AND 8640000000000000'

/** What has no number of Campfire's, and all that was kept before the index was there: in the order in which it came. */
export class Unnumbered {
  #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  add({ message, author, name, at, text }: Remark) {
    const kept = text.slice(0, MOST_KEPT)
    this.#sql.exec(
      'INSERT INTO archive (words, text, message, author, name, at) VALUES (?, ?, ?, ?, ?, ?)',
      asWords(kept).slice(0, 2 * MOST_KEPT),
      kept,
      message,
      author,
      name,
      at,
    )
  }

  /** Newest first. Rows are in the order of time, so what is too old or too new is not even read. */
  search({ words, person = '', from = 0, before = Number.MAX_SAFE_INTEGER, limit }: Search) {
    const query = asQuery(words)
    const first = from > 0 ? this.#firstSince(from) : 0
    const end = before < Number.MAX_SAFE_INTEGER ? this.#firstSince(before) : this.#newest() + 1
    const where = query
      ? `archive MATCH ? AND rowid >= ${first}`
      : `instr(text, ?) > 0 AND rowid >= ${Math.max(first, end - LOOKS_BACK)}`
    const remarks = this.#sql.exec(
      `SELECT rowid AS id, message, author, name, at, text FROM archive
       WHERE ${where} AND rowid < ${end} ORDER BY rowid DESC LIMIT ${LOOKS_BACK}`,
      query || words.trim(),
    )
    const found: Remark[] = []
    for (const { id, ...row } of remarks) {
      const remark = Remark.safeParse(row)
      if (!remark.success) setAside({ table: 'archive', key: Number(id) })
      else if (isMeant(remark.data)) found.push(remark.data)
      if (found.length >= limit) break
    }
    return found

    function isMeant({ name, at }: Remark) {
      return at >= from && at < before && fold(name).includes(fold(person))
    }
  }

  /** So many as were kept last, newest first. */
  newest(count: number) {
    return this.#sql
      .exec(
        'SELECT message, author, name, at, text FROM archive ORDER BY rowid DESC LIMIT ?',
        count,
      )
      .toArray()
      .flatMap((row) => Remark.safeParse(row).data ?? [])
  }

  /** The first row of that time or later, or the one after the last: found in some twenty steps. */
  #firstSince(time: number) {
    let [low, high] = [1, this.#newest() + 1]
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      // Written out: a number that is bound is a float to SQLite, and FTS5 goes by whole ones alone.
      const [row] = this.#sql
        .exec<{ id: number; at: number }>(
          `SELECT rowid AS id, at FROM archive WHERE rowid >= ${middle} AND ${DATED}
           ORDER BY rowid LIMIT 1`,
        )
        .toArray()
      if (!row || row.id >= high || row.at >= time) high = middle
      else low = row.id + 1
    }
    return low
  }

  #newest() {
    return (
      this.#sql.exec<{ id: number | null }>('SELECT max(rowid) AS id FROM archive').one().id ?? 0
    )
  }

  /** When the oldest remark was made, in ms since 1970. */
  oldest(): number | null {
    const oldest = `SELECT at FROM archive WHERE ${DATED} ORDER BY rowid LIMIT 1`
    return readOnce(this.#sql, ['archive'], 'oldest in the archive', () => {
      const [row] = this.#sql.exec<{ at: number }>(oldest).toArray()
      return row?.at ?? null
    })
  }

  forget(author: number | null) {
    if (author === null) this.#delete('true')
    else this.#delete('author IN (?, ?)', author, -author)
  }

  /** What the bot said to these. */
  dropAnswers({ bot, isMeant }: Answers, rows = NEWEST) {
    const answers = this.#sql
      .exec<{ id: number; message: number | null; at: number }>(
        `SELECT rowid AS id, message, at FROM archive WHERE ${rows} AND author = ?`,
        bot,
      )
      .toArray()
      .filter(isMeant)
    if (!answers.length) return
    this.#delete(
      'rowid IN (SELECT value FROM json_each(?))',
      JSON.stringify(answers.map(({ id }) => id)),
    )
  }

  drop(messages: number[]) {
    this.#delete(
      `${NEWEST} AND message IN (SELECT value FROM json_each(?))`,
      JSON.stringify(messages),
    )
  }

  /** What somebody has edited reads as it does now. */
  reword(texts: ReadonlyMap<number, string>) {
    if (!texts.size) return
    const rows = this.#sql
      .exec<{ id: number; message: number }>(
        `SELECT rowid AS id, message FROM archive
         WHERE ${NEWEST} AND message IN (SELECT value FROM json_each(?))`,
        JSON.stringify([...texts.keys()]),
      )
      .toArray()
    for (const { id, message } of rows) {
      const kept = (texts.get(message) ?? '').slice(0, MOST_KEPT)
      this.#sql.exec(
        'UPDATE archive SET words = ?, text = ? WHERE rowid = ?',
        asWords(kept).slice(0, 2 * MOST_KEPT),
        kept,
        id,
      )
    }
  }

  /** Drops what is older, a bounded piece at a time. Rows are in the order of time. False: there may be more. */
  prune(before: number) {
    const oldest = this.#sql
      .exec<{ id: number; at: number }>(
        `SELECT rowid AS id, at FROM archive WHERE ${DATED} ORDER BY rowid LIMIT ?`,
        PRUNES_AT_ONCE,
      )
      .toArray()
    const last = oldest.findLast(({ at }) => at <= before)
    if (last) this.#delete('rowid <= ?', last.id)
    return oldest.length < PRUNES_AT_ONCE || last?.id !== oldest.at(-1)?.id
  }

  /** The index is written anew as that of `said` is. */
  #delete(where: string, ...bindings: (number | string)[]) {
    const { rowsWritten } = this.#sql.exec(`DELETE FROM archive WHERE ${where}`, ...bindings)
    if (rowsWritten) this.#sql.exec("INSERT INTO archive (archive) VALUES ('optimize')")
  }
}
