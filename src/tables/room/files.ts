import { KINDS, type Kind, kindOf, pageCountOf, type Source } from '../../files.ts'
import { oneOf, readOnce } from '../../storage.ts'
import { CHUNK, Chunks, inChunks } from './files/chunks.ts'
import { dropPrinted } from './files/printed.ts'
import { safeName } from './files/safe-name.ts'
import { dropTold } from './files/told.ts'
import { Uploads } from './files/uploads.ts'
import { FileWords } from './files/words.ts'

export { CHUNK } from './files/chunks.ts'

export const MOST_BYTES = 25_000_000
export const MOST_BYTES_OF_A_ROOM = 200_000_000
export const MOST_FILES = 100
/** Whoever has sent nothing for so long sends nothing any more. */
const LONGEST_UPLOAD = 15 * 60_000

export interface StoredFile {
  /** Nobody else's, when it is deleted neither. */
  number: number
  name: string
  kind: Kind
  /** What it is in English, where we cannot read it. */
  what: string | null
  bytes: number
  sha256: string
  /** Of images, as their header says. */
  width: number | null
  height: number | null
  /** Of a PDF that can be opened here. */
  pages: number | null
  /** Through whose link it came, or who pasted its link. */
  author: number
  /** Anybody who reads the room can follow a link to drop a file. */
  origin: 'dropped' | 'linked'
  at: number
  message: number | null
  turn: number | null
}

/** What is known of a file once all of it has come. */
export type Content = Pick<StoredFile, 'kind' | 'what' | 'sha256' | 'width' | 'height' | 'pages'>
export type Fresh = Pick<StoredFile, 'name' | 'author' | 'origin' | 'at' | 'message' | 'turn'>
/** What there may not be more of. */
export type Full = 'file' | 'room' | 'files'
type Row = Omit<StoredFile, 'kind' | 'sha256' | 'origin'> & {
  kind: string
  sha256: string | null
  origin: string
  state: string
}

/** What people gave to the bot in this room, until somebody deletes it. What is in it is nobody's word. */
export class Files {
  /** Those that were handed to the API. */
  readonly uploads: Uploads
  /** What stands in them, for whoever searches. */
  readonly words: FileWords
  #sql: SqlStorage
  #chunks: Chunks

  constructor(sql: SqlStorage) {
    this.#sql = sql
    this.#chunks = new Chunks(sql)
    this.uploads = new Uploads(sql)
    this.words = new FileWords(sql)
  }

  /** The newest first. */
  list(): StoredFile[] {
    return this.#rows().flatMap((row) => (row.state === 'here' ? [fileIn(row)] : []))
  }

  find(number: number): StoredFile | null {
    const [row] = this.#sql
      .exec<Row>("SELECT * FROM files WHERE number = ? AND state = 'here'", number)
      .toArray()
    return row ? fileIn(row) : null
  }

  /** Only these bytes are read, and not the whole of a large file. */
  read(number: number, from = 0, to = Number.POSITIVE_INFINITY): Uint8Array {
    const file = this.find(number)
    if (!file) throw new Error(`There is no file ${number}`)
    return this.#chunks.read(number, Math.max(0, from), Math.min(to, file.bytes))
  }

  /** The same for whoever reads it bit by bit. */
  source({ number, bytes }: StoredFile): Source {
    return inChunks(bytes, (from, to) => this.read(number, from, to))
  }

  /** One that is to come in chunks. It counts as if it were here, and nobody sees it before `keep`. */
  begin(file: Fresh, bytes: number): number | { full: Full } {
    this.#dropLeft(file.at)
    const full = this.#isFull(bytes)
    if (full) return { full }
    const { number } = this.#sql
      .exec<{ number: number }>(
        `INSERT INTO files (name, kind, bytes, author, origin, at, message, turn, state)
         VALUES (?, 'other', ?, ?, ?, ?, ?, ?, 'coming') RETURNING number`,
        safeName(file.name),
        bytes,
        file.author,
        file.origin,
        file.at,
        file.message,
        file.turn,
      )
      .one()
    this.#sql.exec("DELETE FROM files WHERE state = 'gone' AND number < ?", number)
    return number
  }

  /** There is to be so much of one that is coming. Null: there is room for it. */
  grow(number: number, bytes: number): Full | null {
    const row = this.#coming(number)
    const full = row ? this.#isFull(bytes, row.bytes) : 'file'
    if (!full) this.#sql.exec('UPDATE files SET bytes = ? WHERE number = ?', bytes, number)
    return full
  }

  /** The same chunk may come twice. False: it is not waited for, or too much. */
  append(number: number, index: number, bytes: Uint8Array): boolean {
    const row = this.#coming(number)
    if (!row || bytes.length > CHUNK || index * CHUNK + bytes.length > row.bytes) return false
    this.#chunks.write(number, index, bytes)
    return true
  }

  /** Nobody has taken it away: whoever begins anew, or forgets, may have done so meanwhile. */
  isComing(number: number): boolean {
    return this.#coming(number) !== undefined
  }

  /** What it is, once all of it has come; null where something is missing. */
  async contentOf(number: number): Promise<Content | null> {
    const row = this.#coming(number)
    if (!row || this.#chunks.size(number) !== row.bytes) return null
    const source = inChunks(row.bytes, (from, to) => this.#chunks.read(number, from, to))
    const sort = kindOf(source)
    const sha256 = await this.#chunks.sha256(number)
    const pages = sort.kind === 'pdf' ? await pageCountOf(source) : null
    return { ...sort, sha256, pages }
  }

  /** From here on it is there. */
  keep(number: number, { kind, what, sha256, width, height, pages }: Content) {
    this.#sql.exec(
      `UPDATE files SET kind = ?, what = ?, sha256 = ?, width = ?, height = ?, pages = ?,
         state = 'here'
       WHERE number = ? AND state = 'coming'`,
      kind,
      what,
      sha256,
      width,
      height,
      pages,
      number,
    )
  }

  /** The whole of a small file at once. */
  async add(file: Fresh, bytes: Uint8Array): Promise<StoredFile | { full: Full }> {
    const number = this.begin(file, bytes.length)
    if (typeof number !== 'number') return number
    for (let index = 0; index * CHUNK < bytes.length; index++) {
      this.append(number, index, bytes.subarray(index * CHUNK, (index + 1) * CHUNK))
    }
    const content = await this.contentOf(number)
    if (content) this.keep(number, content)
    const added = this.find(number)
    if (!added) throw new Error('A file was lost on the way')
    return added
  }

  /** What was begun through the link of this turn and never came: whoever sends it again begins anew. */
  dropComing(turn: number) {
    for (const row of this.#rows()) {
      if (row.state === 'coming' && row.turn === turn) this.remove(row.number)
    }
  }

  remove(number: number): boolean {
    const file = this.find(number)
    if (file) this.#dropWords([file])
    return this.#remove(number)
  }

  #remove(number: number) {
    const [last] = this.#sql
      .exec<{ number: number }>('SELECT number FROM files ORDER BY number DESC LIMIT 1')
      .toArray()
    this.#chunks.remove(number)
    this.uploads.leave(number)
    this.words.remove(number)
    const { rowsWritten } =
      last?.number === number
        ? this.#sql.exec(
            `UPDATE files SET state = 'gone', name = '', what = NULL, sha256 = NULL, bytes = 0
             WHERE number = ? AND state <> 'gone'`,
            number,
          )
        : this.#sql.exec('DELETE FROM files WHERE number = ?', number)
    return rowsWritten > 0
  }

  #removeAll(rows: Row[]) {
    this.#dropWords(rows.filter(({ state }) => state === 'here'))
    for (const { number } of rows) this.#remove(number)
  }

  /** Whatever was read in them in the meantime. */
  #dropWords(files: Pick<StoredFile, 'at' | 'number'>[]) {
    if (!files.length) return
    const since = Math.min(...files.map(({ at }) => at))
    dropTold(this.#sql, new Set(files.map(({ number }) => number)), since)
    if (!files.some(({ number }) => this.uploads.isKnown(number))) return
    for (const place of dropPrinted(this.#sql, since)) this.uploads.placesLeft.add(place)
  }

  /** When the oldest came, in ms since 1970; those on their way count. Numbers are in the order of time. */
  oldest(): number | null {
    const oldest = "SELECT at FROM files WHERE state <> 'gone' ORDER BY number LIMIT 1"
    return readOnce(this.#sql, ['files'], 'oldest file', () => {
      const [row] = this.#sql.exec<{ at: number }>(oldest).toArray()
      return row?.at ?? null
    })
  }

  /** Drops what came before. */
  prune(before: number) {
    this.#removeAll(this.#rows().filter(({ state, at }) => state !== 'gone' && at <= before))
  }

  /** Of one person, or all. */
  forget(author: number | null) {
    this.#removeAll(this.#rows().filter((row) => author === null || row.author === author))
  }

  #rows() {
    return this.#sql.exec<Row>('SELECT * FROM files ORDER BY number DESC').toArray()
  }

  #coming(number: number) {
    const [row] = this.#sql
      .exec<{ bytes: number }>(
        "SELECT bytes FROM files WHERE number = ? AND state = 'coming'",
        number,
      )
      .toArray()
    return row
  }

  /** `known`: so much of it is counted already, if it is. */
  #isFull(bytes: number, known: number | null = null): Full | null {
    if (bytes > MOST_BYTES) return 'file'
    const rows = this.#rows().filter(({ state }) => state !== 'gone')
    if (known === null && rows.length >= MOST_FILES) return 'files'
    const sum = rows.reduce((all, row) => all + row.bytes, bytes - (known ?? 0))
    return sum > MOST_BYTES_OF_A_ROOM ? 'room' : null
  }

  /** What was begun and never came. */
  #dropLeft(now: number) {
    for (const { number, state, at } of this.#rows()) {
      if (state === 'coming' && at < now - LONGEST_UPLOAD) this.remove(number)
    }
  }
}

function fileIn({ state: _, ...row }: Row): StoredFile {
  return {
    ...row,
    kind: oneOf(row.kind, KINDS, 'other'),
    origin: row.origin === 'linked' ? 'linked' : 'dropped',
    sha256: row.sha256 ?? '',
  }
}
