export interface Pin {
  number: number
  fact: string
}

const MOST = 40

/**
 * Facts and promises that somebody asked the bot to keep. They stand before every session, and before
 * what remains of one after a compaction, until they are taken off.
 */
export class Pins {
  #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  all(): Pin[] {
    return this.#sql
      .exec<{ number: number; fact: string }>(
        "SELECT id AS number, fact FROM pins WHERE fact <> '' ORDER BY id",
      )
      .toArray()
  }

  /** False: there are too many. A fact that is there already stays as it is. */
  add(author: number, words: string, now: number): boolean {
    // Of several lines, the next could pass for a pin of somebody else.
    const fact = words.replace(/\s+/g, ' ')
    const all = this.all()
    if (all.some((pin) => pin.fact === fact)) return true
    if (all.length >= MOST) return false

    this.#sql.exec('INSERT INTO pins (author, fact, at) VALUES (?, ?, ?)', author, fact, now)
    this.#dropEmpty()
    return true
  }

  /** Its number stands in sessions still, so it is nobody else's: the last one leaves its row. */
  remove(number: number) {
    this.#sql.exec("UPDATE pins SET fact = '' WHERE id = ?", number)
    this.#dropEmpty()
  }

  /** As the model reads them. Null: there are none. */
  inWords(): string | null {
    const lines = this.all().map(({ number, fact }) => `${number}. ${fact}`)
    return lines.length ? lines.join('\n') : null
  }

  /** Of one person, or all. */
  forget(author: number | null) {
    if (author === null) this.#sql.exec('DELETE FROM pins')
    else this.#sql.exec('DELETE FROM pins WHERE author = ?', author)
  }

  #dropEmpty() {
    this.#sql.exec("DELETE FROM pins WHERE fact = '' AND id < (SELECT max(id) FROM pins)")
  }
}
