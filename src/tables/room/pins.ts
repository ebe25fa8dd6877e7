import { isSpelledAlike } from '../spelling.ts'

/** A fact of the room that somebody asked the bot to remember. */
export interface Pin {
  number: number
  /** Whoever said so. */
  author: number
  fact: string
  at: number
  /** The message in which it was said. Null: not known, as of what was pinned long ago. */
  message: number | null
  /** Said whenever a session starts or is compacted; else only where it is asked for. */
  always: boolean
}

type Fresh = Pick<Pin, 'author' | 'fact' | 'at' | 'message' | 'always'>

interface Full {
  most: number
  which: 'always' | 'kept'
}

const MOST = 200
/** These are read with every question of every session. */
const MOST_ALWAYS = 40

/** What is remembered of a room, whoever asks, until somebody takes it off. */
export class Pins {
  #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  all(): Pin[] {
    return this.#sql
      .exec<Omit<Pin, 'always'> & { always: number }>(
        `SELECT id AS number, author, fact, at, message, always FROM pins
         WHERE fact <> '' ORDER BY id`,
      )
      .toArray()
      .map(({ always, ...pin }) => ({ ...pin, always: always === 1 }))
  }

  find(number: number): Pin | null {
    return this.all().find((pin) => pin.number === number) ?? null
  }

  /**
   * Its number; or how many there may be, where there are that many. What is there already stays as it is, and in
   * other letters it is written as it was said last.
   */
  add({ author, fact: words, at, message, always }: Fresh): number | Full {
    // Of several lines, the next could pass for a fact of somebody else.
    const fact = words.replace(/\s+/g, ' ')
    const all = this.all()
    const known = this.alike(fact)
    if (always && !known?.always && !this.mayBeAlways())
      return { most: MOST_ALWAYS, which: 'always' }
    if (known && known.fact !== fact) this.#reword(known, { author, fact, at, message })
    if (known) return known.number
    if (all.length >= MOST) return { most: MOST, which: 'kept' }

    const { id } = this.#sql
      .exec<{ id: number }>(
        'INSERT INTO pins (author, fact, at, message, always) VALUES (?, ?, ?, ?, ?) RETURNING id',
        author,
        fact,
        at,
        message,
        always ? 1 : 0,
      )
      .one()
    this.#dropEmpty()
    return id
  }

  /** What is remembered in these words, whatever their case. */
  alike(fact: string): Pin | null {
    return this.all().find((pin) => isSpelledAlike(pin.fact, fact)) ?? null
  }

  /** The same in other letters, which are lost when it is remembered in these. */
  spelledOther(fact: string): Pin | null {
    const known = this.alike(fact)
    return known && known.fact !== fact ? known : null
  }

  /** One more. */
  mayBeAlways() {
    return this.all().filter(({ always }) => always).length < MOST_ALWAYS
  }

  sayAlways(number: number, always: boolean) {
    this.#sql.exec('UPDATE pins SET always = ? WHERE id = ?', always ? 1 : 0, number)
  }

  /** Its number stands in sessions still, so it is nobody else's: the last one leaves its row. */
  remove(number: number) {
    this.#sql.exec("UPDATE pins SET fact = '' WHERE id = ?", number)
    this.#dropEmpty()
  }

  /** Of one person, or all. */
  forget(author: number | null) {
    if (author === null) this.#sql.exec('DELETE FROM pins')
    else this.#sql.exec('DELETE FROM pins WHERE author = ?', author)
  }

  #reword({ number }: Pin, { author, fact, at, message }: Omit<Fresh, 'always'>) {
    this.#sql.exec(
      'UPDATE pins SET author = ?, fact = ?, at = ?, message = ? WHERE id = ?',
      author,
      fact,
      at,
      message,
      number,
    )
  }

  #dropEmpty() {
    this.#sql.exec("DELETE FROM pins WHERE fact = '' AND id < (SELECT max(id) FROM pins)")
  }
}
