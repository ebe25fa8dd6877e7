import type { Source } from '../../../files.ts'

/** How much stands in a row: SQLite in an object takes two million, and a row is held in memory whole. */
export const CHUNK = 1_000_000
/** More than a file can have: so the number of a chunk tells both. */
const MOST = 64

/** The bytes of files, by their numbers. All chunks but the last are full, so that any byte is found at once. */
export class Chunks {
  #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  write(file: number, index: number, bytes: Uint8Array) {
    if (index >= MOST) throw new Error('A file of too many chunks')
    this.#sql.exec(
      'INSERT OR REPLACE INTO file_chunks (id, bytes) VALUES (?, ?)',
      file * MOST + index,
      bytes,
    )
  }

  read(file: number, from: number, to: number): Uint8Array {
    const read = new Uint8Array(Math.max(0, to - from))
    for (let index = Math.floor(from / CHUNK); index * CHUNK < to; index++) {
      const start = index * CHUNK
      const chunk = this.#chunk(file, index).subarray(Math.max(0, from - start), to - start)
      read.set(chunk, Math.max(0, start - from))
    }
    return read
  }

  size(file: number) {
    const { size } = this.#sql
      .exec<{ size: number }>(
        'SELECT coalesce(sum(length(bytes)), 0) AS size FROM file_chunks WHERE id BETWEEN ? AND ?',
        file * MOST,
        file * MOST + MOST - 1,
      )
      .one()
    return size
  }

  async sha256(file: number): Promise<string> {
    const digest = new crypto.DigestStream('SHA-256')
    const writer = digest.getWriter()
    for (let index = 0; ; index++) {
      const chunk = this.#chunk(file, index)
      if (!chunk.length) break
      await writer.write(chunk)
    }
    await writer.close()
    return new Uint8Array(await digest.digest).toHex()
  }

  remove(file: number) {
    this.#sql.exec(
      'DELETE FROM file_chunks WHERE id BETWEEN ? AND ?',
      file * MOST,
      file * MOST + MOST - 1,
    )
  }

  #chunk(file: number, index: number) {
    const [row] = this.#sql
      .exec<{ bytes: ArrayBuffer }>(
        'SELECT bytes FROM file_chunks WHERE id = ?',
        file * MOST + index,
      )
      .toArray()
    return new Uint8Array(row?.bytes ?? new ArrayBuffer(0))
  }
}

/** A row is read as a whole, so what was read last is kept for whatever is wanted next of it. */
export function inChunks(bytes: number, read: Source['read']): Source {
  let [start, chunk] = [0, new Uint8Array() as Uint8Array]
  return {
    bytes,
    read(from, to) {
      const end = Math.min(to, bytes)
      const first = from - (from % CHUNK)
      if (from >= end || end > first + CHUNK) return read(from, Math.max(from, end))
      if (first !== start || !chunk.length) {
        start = first
        chunk = read(first, Math.min(first + CHUNK, bytes))
      }
      return chunk.subarray(from - first, end - first)
    },
  }
}
