import * as z from 'zod'
import { fold } from '../../campfire.ts'
import { setAside } from '../../storage/json-column.ts'

const Remark = z.object({
  message: z.number().nullable(),
  author: z.number(),
  name: z.string(),
  at: z.number(),
  text: z.string(),
})
type Remark = z.infer<typeof Remark>

export interface Search {
  /** In any order; all must be there. Signs alone are taken as they are. Empty: the newest. */
  words: string
  /** Part of a name. */
  person?: string | undefined
  /** From and before, in ms since 1970. */
  from?: number | undefined
  before?: number | undefined
  limit: number
}

interface Answers {
  /** The bot's own number, under which its answers are kept. */
  bot: number
  isMeant(answer: { message: number | null; at: number }): boolean
}

/** At most so many remarks are looked through for one search. */
const LOOKS_BACK = 2_000
const NEWEST = `rowid > (SELECT max(rowid) FROM archive) - ${LOOKS_BACK}`
const PRUNES_AT_ONCE = 500
/** A full-text table keeps whatever it is given; to SQLite every text is more than any number. */
const DATED = 'at BETWEEN 0 AND 8640000000000000'
/** Characters kept of a remark: a row of SQLite takes 2 MB, and no more. */
const MOST_KEPT = 100_000

/** What was said to and by the bot in this room. Outlives the session. */
export class Archive {
  #sql: SqlStorage
  /** Only spares us looking again. */
  #dropped = new Set<number>()

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
    const [row] = this.#sql
      .exec<{ at: number }>(`SELECT at FROM archive WHERE ${DATED} ORDER BY rowid LIMIT 1`)
      .toArray()
    return row?.at ?? null
  }

  /** Everything; or what one person said, also as others claimed it, and what they were answered. */
  forget(author: number | null, answers?: Answers) {
    if (author === null) this.#sql.exec('DELETE FROM archive')
    else this.#sql.exec('DELETE FROM archive WHERE author IN (?, ?)', author, -author)
    this.tidyIndex()
    if (answers) this.dropAnswers(answers, 'true')
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
    this.#sql.exec(
      'DELETE FROM archive WHERE rowid IN (SELECT value FROM json_each(?))',
      JSON.stringify(answers.map(({ id }) => id)),
    )
    this.tidyIndex()
  }

  /**
   * A row that is deleted leaves its words in the index, marked as left out, until the index is written
   * anew: some milliseconds for thousands of remarks, and three rows read for each.
   */
  tidyIndex() {
    this.#sql.exec("INSERT INTO archive (archive) VALUES ('optimize')")
  }

  /** Drops what somebody has deleted in the room, and says what of it is news to this life of ours. */
  drop(messages: ReadonlySet<number>): number[] {
    const news = [...messages].filter((message) => !this.#dropped.has(message))
    if (!news.length) return news

    const { rowsWritten } = this.#sql.exec(
      `DELETE FROM archive WHERE ${NEWEST} AND message IN (SELECT value FROM json_each(?))`,
      JSON.stringify(news),
    )
    if (rowsWritten) this.tidyIndex()
    for (const message of news) this.#dropped.add(message)
    return news
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

  /** Drops what is older, a bounded piece at a time. Rows are in the order of time. */
  prune(before: number) {
    const oldest = this.#sql
      .exec<{ id: number; at: number }>(
        `SELECT rowid AS id, at FROM archive WHERE ${DATED} ORDER BY rowid LIMIT ?`,
        PRUNES_AT_ONCE,
      )
      .toArray()
    const last = oldest.findLast(({ at }) => at <= before)
    if (last) this.#sql.exec('DELETE FROM archive WHERE rowid <= ?', last.id)
  }
}

// Chinese, Japanese, Thai … are written without spaces, and FTS5 knows no words but those between
// spaces. So each of their characters is a word of its own, and a search for several is a phrase.
const UNSPACED =
  /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]/gu

function asWords(text: string) {
  return fold(text).replace(UNSPACED, ' $& ')
}

/** As words were kept before they were folded here: SQLite folds the letters of Latin alone. */
function asWordsOnce(text: string) {
  return text.normalize('NFKC').replace(UNSPACED, ' $& ')
}

function asQuery(words: string) {
  return words
    .normalize('NFKC')
    .replace(/\p{DI}+/gu, '')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .map((word) => `("${asWords(word)}" OR "${asWordsOnce(word)}")`)
    .join(' AND ')
}
