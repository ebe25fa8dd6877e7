import { oneOf } from '../../storage.ts'

/** There is one language, zone and style of a person, and these hold everywhere. */
export type FactKind = 'language' | 'zone' | 'style' | 'fact'
const KINDS: FactKind[] = ['language', 'zone', 'style', 'fact']

/** What somebody asked to be remembered of themselves. */
export interface PersonFact {
  /** Nobody else's, also when it is gone. */
  number: number
  kind: FactKind
  words: string
  /** Where it was told. */
  room: number
  /** It was told in a direct, so it is used in no room. */
  private: boolean
  /** They said that it may be. */
  everywhere: boolean
  at: number
}

export type FreshFact = Omit<PersonFact, 'number'>

export const MOST_FACTS = 100

/** Where somebody is when they tell us something, or ask. */
export interface Whereabouts {
  room: number
  isDirect: boolean
  /** Nobody else reads it. */
  isAlone: boolean
}

export interface ToRemember {
  kind: FactKind
  /** Null: the words stay as they are. */
  words: string | null
  /** The one that it replaces, or that is changed. */
  number: number | null
  /** Null: as it was, or as it is where it is told. */
  everywhere: boolean | null
}

/** The facts of one person. */
export class PersonFacts {
  #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  all(): PersonFact[] {
    return this.#sql
      .exec('SELECT number, kind, words, room, private, everywhere, at FROM facts ORDER BY number')
      .toArray()
      .map(({ kind, private: isPrivate, everywhere, ...row }) => ({
        ...(row as Pick<PersonFact, 'number' | 'words' | 'room' | 'at'>),
        kind: oneOf(kind, KINDS, 'fact'),
        private: isPrivate === 1,
        everywhere: everywhere === 1,
      }))
  }

  add({ kind, words, room, private: isPrivate, everywhere, at }: FreshFact): number {
    return this.#sql
      .exec<{ number: number }>(
        `INSERT INTO facts (kind, words, room, private, everywhere, at)
         VALUES (?, ?, ?, ?, ?, ?) RETURNING number`,
        kind,
        words,
        room,
        Number(isPrivate),
        Number(everywhere),
        at,
      )
      .one().number
  }

  reword(number: number, words: string) {
    this.#sql.exec('UPDATE facts SET words = ? WHERE number = ?', words, number)
  }

  useEverywhere(number: number, everywhere: boolean) {
    this.#sql.exec('UPDATE facts SET everywhere = ? WHERE number = ?', Number(everywhere), number)
  }

  /** It was told in a direct, and then in a room as well. */
  toldInRoom(number: number, room: number) {
    this.#sql.exec('UPDATE facts SET private = 0, room = ? WHERE number = ?', room, number)
  }

  remove(number: number) {
    this.#sql.exec('DELETE FROM facts WHERE number = ?', number)
  }

  removeAll() {
    this.#sql.exec('DELETE FROM facts')
  }
}
