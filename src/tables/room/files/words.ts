import * as z from 'zod'
import { asQuery, asWords } from '../archive/words.ts'

/**
 * reading  somebody has begun: found so by a later life, the object has died over it, and it is left alone
 * more     it is read up to `through`, and goes on there
 * whole    all of it that is searched has been read, up to `through`
 * part     the same, and there is more in it than is searched
 * none     nothing of it can be read
 */
const STATES = ['reading', 'more', 'whole', 'part', 'none'] as const
export type ReadState = (typeof STATES)[number]

const Read = z.object({ state: z.enum(STATES).catch('none'), through: z.int() })
export type Read = z.infer<typeof Read>

/** A page of a PDF, or a part of a document as `read_file` counts them. */
export interface Piece {
  number: number
  text: string
}

export interface FoundPiece extends Piece {
  file: number
}

/** More than a file is read of, so that one number tells both. */
const MOST = 1_024
/** Characters of a piece: a row of SQLite takes 2 MB, and no more. */
const LONGEST = 20_000
/** At most so many pieces are looked through for one search. */
const LOOKS_AT = 50

/**
 * The words of files that people gave, for whoever searches the room. Written by the first search that comes by: a room
 * in which nobody searches pays nothing for it. Gone with the file.
 */
export class FileWords {
  #sql: SqlStorage
  /** Those that this life is reading. */
  #now = new Set<number>()

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  /** How far it was read. Null: nobody has begun. */
  read(file: number): Read | null {
    const [row] = this.#sql
      .exec('SELECT state, through FROM file_reads WHERE file = ?', file)
      .toArray()
    return row ? Read.parse(row) : null
  }

  /** Another search of this life is at it. */
  isBeingRead(file: number) {
    return this.#now.has(file)
  }

  /** The intent. Reading takes long, and a file may be made to kill who reads it: nobody tries that twice. */
  begin(file: number) {
    this.#now.add(file)
    this.#sql.exec(
      `INSERT INTO file_reads (file, state, through) VALUES (?, 'reading', 0)
       ON CONFLICT (file) DO UPDATE SET state = 'reading'`,
      file,
    )
  }

  /** What came of it. Where the file was deleted meanwhile, nothing is kept. */
  end(file: number, pieces: Piece[], { state, through }: Read) {
    this.#now.delete(file)
    const { rowsWritten } = this.#sql.exec(
      "UPDATE file_reads SET state = ?, through = ? WHERE file = ? AND state = 'reading'",
      state,
      through,
      file,
    )
    if (!rowsWritten) return
    for (const { number, text } of pieces) {
      const kept = text.slice(0, LONGEST).toWellFormed()
      if (number >= MOST || !kept.trim()) continue
      this.#sql.exec(
        'INSERT OR REPLACE INTO file_words (rowid, words, text) VALUES (?, ?, ?)',
        file * MOST + number,
        asWords(kept).slice(0, 2 * LONGEST),
        kept,
      )
    }
  }

  /** The best first. */
  search(words: string): FoundPiece[] {
    const query = asQuery(words)
    if (!query) return []
    return this.#sql
      .exec<{ id: number; text: string }>(
        `SELECT rowid AS id, text FROM file_words WHERE file_words MATCH ? ORDER BY rank LIMIT ${LOOKS_AT}`,
        query,
      )
      .toArray()
      .map(({ id, text }) => ({ file: Math.floor(id / MOST), number: id % MOST, text }))
  }

  /** It is gone. A row that is deleted leaves its words in the index until that is written anew. */
  remove(file: number) {
    this.#sql.exec('DELETE FROM file_reads WHERE file = ?', file)
    const { rowsWritten } = this.#sql.exec(
      `DELETE FROM file_words WHERE rowid BETWEEN ${file * MOST} AND ${file * MOST + MOST - 1}`,
    )
    if (rowsWritten) this.#sql.exec("INSERT INTO file_words (file_words) VALUES ('optimize')")
  }
}
