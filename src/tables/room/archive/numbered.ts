import * as z from 'zod'
import { fold } from '../../../campfire.ts'
import { HOUR } from '../../../clock.ts'
import { readOnce, setAside } from '../../../storage.ts'
import { LOOKS_BACK, MOST_KEPT, PRUNES_AT_ONCE, Remark, type Search } from './remark.ts'
import { asQuery, asWords, wordsIn } from './words.ts'

/** The number is the one that it is stored under: see numbers.ts. */
export const Kept = Remark.omit({ message: true }).extend({ id: z.number() })
export type Kept = z.infer<typeof Kept>

export interface ToKeep extends Kept {
  /** Nobody said it to us, and we did not say it: it stands here because the room is indexed. */
  overheard: boolean
}

/** Through which number it was looked whether something is old enough, and whether that is all. */
export interface Pruned {
  through: number
  isDone: boolean
}

/** A full-text table keeps whatever it is given; to SQLite every text is more than any number. */
const DATED = 'at BETWEEN 0 AND 8640000000000000'
const COLUMNS = 'rowid AS id, author, name, at, text'
/** Who said it is no part of what was said, so it makes no hit a better one. */
const BEST = 'bm25(said, 1.0, 0.0)'

/**
 * What was said in the room, by the numbers of the messages, which are in the order of time. Whoever said it
 * is a word of its own, so that words and a person together read nothing but hits.
 */
export class Numbered {
  #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  /** What is kept under this number already is replaced. */
  add({ id, author, name, at, text, overheard }: ToKeep) {
    const kept = text.slice(0, MOST_KEPT)
    this.#sql.exec(
      `INSERT OR REPLACE INTO said (rowid, words, who, text, author, name, at, overheard)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      id,
      asWords(kept).slice(0, 2 * MOST_KEPT),
      `${tokenOf(author)} ${asWords(name)}`,
      kept,
      author,
      name,
      at,
      Number(overheard),
    )
  }

  /** `authors` bear the name that is asked for today; others did when they said it. */
  search({ words, person = '', from = 0, before = Number.MAX_SAFE_INTEGER, ...how }: Wanted) {
    const { authors, order = 'newest', limit } = how
    const query = queryOf(words, person, authors)
    if (query === null) return []
    // What was found later than it was said has the time at which it was found.
    const first = from > 0 ? this.#firstSince(from - HOUR) : 0
    const end = before < Number.MAX_SAFE_INTEGER ? this.#firstSince(before + HOUR) : null
    const range = `rowid >= ${first}${end === null ? '' : ` AND rowid < ${end}`}`
    const by = query && order === 'best' ? BEST : 'rowid DESC'
    const rows = this.#sql.exec(
      `SELECT ${COLUMNS} FROM said WHERE ${query && 'said MATCH ? AND '}${range} ORDER BY ${by} LIMIT ${LOOKS_BACK}`,
      ...(query ? [query] : []),
    )
    const signs = wordsIn(words).length ? '' : bare(words)
    const found: Kept[] = []
    for (const row of rows) {
      const kept = this.#read(row)
      if (kept && isMeant(kept)) found.push(kept)
      if (found.length >= limit) break
    }
    return found

    function isMeant({ author, name, at, text }: Kept) {
      const isTheirs = authors.has(author) || fold(name).includes(fold(person))
      return isTheirs && at >= from && at < before && (!signs || bare(text).includes(signs))
    }
  }

  newest(count: number) {
    return this.#sql
      .exec(`SELECT ${COLUMNS} FROM said ORDER BY rowid DESC LIMIT ?`, count)
      .toArray()
      .flatMap((row) => Kept.safeParse(row).data ?? [])
  }

  /** Which numbers between these two are kept, both ends included. */
  between(from: number, to: number) {
    const rows = this.#sql.exec<{ id: number }>(
      `SELECT rowid AS id FROM said WHERE rowid BETWEEN ${from} AND ${to}`,
    )
    return new Set(rows.toArray().map(({ id }) => id))
  }

  /** The next numbers that are kept, above this one or below it. */
  next(id: number, side: 'above' | 'below', count: number) {
    const [sign, order] = side === 'above' ? ['>', 'ASC'] : ['<', 'DESC']
    return this.#sql
      .exec<{ id: number }>(
        `SELECT rowid AS id FROM said WHERE rowid ${sign} ${id} ORDER BY rowid ${order} LIMIT ?`,
        count,
      )
      .toArray()
      .map(({ id }) => id)
  }

  oldest(): number | null {
    const oldest = `SELECT at FROM said WHERE ${DATED} ORDER BY rowid LIMIT 1`
    return readOnce(this.#sql, ['said'], 'oldest said', () => {
      const [row] = this.#sql.exec<{ at: number }>(oldest).toArray()
      return row?.at ?? null
    })
  }

  reword(texts: ReadonlyMap<number, string>) {
    const known = this.#sql
      .exec<{ id: number }>(
        'SELECT rowid AS id FROM said WHERE rowid IN (SELECT value FROM json_each(?))',
        JSON.stringify([...texts.keys()]),
      )
      .toArray()
    for (const { id } of known) {
      const kept = (texts.get(id) ?? '').slice(0, MOST_KEPT)
      this.#sql.exec(
        'UPDATE said SET words = ?, text = ? WHERE rowid = ?',
        asWords(kept).slice(0, 2 * MOST_KEPT),
        kept,
        id,
      )
    }
  }

  drop(ids: number[]) {
    if (ids.length) this.#delete('rowid IN (SELECT value FROM json_each(?))', JSON.stringify(ids))
  }

  dropAll() {
    this.#delete('true')
  }

  dropOverheard() {
    this.#delete('overheard = 1')
  }

  /** By this author alone, also as others claimed to be. */
  dropBy(author: number) {
    this.drop([...this.by(author), ...this.by(-author)].map(({ id }) => id))
  }

  /** Newest first. */
  by(author: number, most?: number) {
    return this.#sql
      .exec<{ id: number; at: number }>(
        `SELECT rowid AS id, at FROM said WHERE said MATCH ? AND author = ?
         ORDER BY rowid DESC${most === undefined ? '' : ` LIMIT ${most}`}`,
        `who : "${tokenOf(author)}"`,
        author,
      )
      .toArray()
  }

  /** A bounded piece at a time. */
  prune(before: number) {
    const oldest = this.#sql
      .exec<{ id: number; at: number }>(
        `SELECT rowid AS id, at FROM said WHERE ${DATED} ORDER BY rowid LIMIT ?`,
        PRUNES_AT_ONCE,
      )
      .toArray()
    const last = oldest.findLast(({ at }) => at <= before)
    if (last) this.#delete(`rowid <= ${last.id}`)
  }

  /**
   * The same of what was said to us, which no index tells from the rest: so each row is looked at once, from the
   * number on through which others have looked, and of those that are old enough so many at a time.
   */
  pruneSaidToUs(before: number, after: number): Pruned {
    const rows = this.#sql.exec<{ id: number; at: number; overheard: number }>(
      `SELECT rowid AS id, at, overheard FROM said WHERE rowid > ${after} AND ${DATED}
       ORDER BY rowid LIMIT ${LOOKS_BACK}`,
    )
    let [looks, through] = [0, after]
    const [toUs, old]: [number[], number[]] = [[], []]
    for (const { id, at, overheard } of rows) {
      if (at > before + HOUR) break
      looks++
      if (overheard === 0) toUs.push(id)
      if (at > before) continue
      through = id
      old.push(...toUs.splice(0))
    }
    this.drop(old)
    return { through, isDone: looks < LOOKS_BACK || through === after }
  }

  /**
   * A row that is deleted leaves its words in the index, marked as left out, until the index is written anew:
   * some milliseconds for thousands of messages, and three rows read for each.
   */
  #delete(where: string, ...bindings: string[]) {
    const { rowsWritten } = this.#sql.exec(`DELETE FROM said WHERE ${where}`, ...bindings)
    if (rowsWritten) this.#sql.exec("INSERT INTO said (said) VALUES ('optimize')")
  }

  #read(row: Record<string, SqlStorageValue>) {
    const kept = Kept.safeParse(row)
    if (!kept.success) setAside({ table: 'said', key: Number(row.id) })
    return kept.success ? kept.data : null
  }

  /** The first number of that time or later, or the one after the last: found in some twenty steps. */
  #firstSince(time: number) {
    const { newest } = this.#sql
      .exec<{ newest: number | null }>('SELECT max(rowid) AS newest FROM said')
      .one()
    let [low, high] = [1, (newest ?? 0) + 1]
    while (low < high) {
      const middle = Math.floor((low + high) / 2)
      // Written out: a number that is bound is a float to SQLite, and FTS5 goes by whole ones alone.
      const [row] = this.#sql
        .exec<{ id: number; at: number }>(
          `SELECT rowid AS id, at FROM said WHERE rowid >= ${middle} AND ${DATED} ORDER BY rowid LIMIT 1`,
        )
        .toArray()
      if (!row || row.id >= high || row.at >= time) high = middle
      else low = row.id + 1
    }
    return low
  }
}

/** Whether a ❤ is drawn in colours is no matter of what was said. */
function bare(signs: string) {
  return signs.replace(/\p{DI}+/gu, '').trim()
}

type Wanted = Search & { authors: ReadonlySet<number> }

/** Empty: nothing narrows it down. Null: it can be nobody. */
function queryOf(words: string, person: string, authors: ReadonlySet<number>) {
  const parts = [asQuery(words), person && whoIn(person, authors)]
  if (parts[1] === null) return null
  const [said, who] = parts
  return [said && `words : (${said})`, who && `who : (${who})`].filter(Boolean).join(' AND ')
}

function whoIn(person: string, authors: ReadonlySet<number>) {
  const named = wordsIn(person).map((word) => `"${asWords(word)}" *`)
  const bearers = [...authors].map((author) => `"${tokenOf(author)}"`)
  const all = [...bearers, ...(named.length ? [`(${named.join(' AND ')})`] : [])]
  return all.length ? all.join(' OR ') : null
}

/** What others claim to be is nobody's number, and less than nothing. */
function tokenOf(author: number) {
  return author < 0 ? `claimed${-author}` : `author${author}`
}
