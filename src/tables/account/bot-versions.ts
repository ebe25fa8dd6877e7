import { stored } from '../../storage.ts'
import { StoredWords } from '../bot-words.ts'

/** What an operator has saved of a bot, and what its file said then. */
export interface SavedVersion {
  bot: string
  number: number
  /** Null: it goes by its file. */
  words: StoredWords | null
  file: StoredWords
  who: string
  /** In ms since 1970. */
  at: number
  /** The version whose words these are once more. */
  again: number | null
}

/** Of each bot the newest: so long one may go back. */
const KEPT = 200

export class BotVersionTable {
  #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  add({ bot, number, words, file, who, at, again }: SavedVersion) {
    this.#sql.exec(
      `INSERT INTO bot_versions (bot, number, words, file, who, at, again)
       VALUES (?, ?, ?, ?, ?, ?, ?)`,
      bot,
      number,
      words && JSON.stringify(words),
      JSON.stringify(file),
      who.slice(0, 200),
      at,
      again,
    )
    this.#sql.exec('DELETE FROM bot_versions WHERE bot = ? AND number <= ?', bot, number - KEPT)
  }

  newest(bot: string): SavedVersion | null {
    return this.list(bot, { limit: 1 })[0] ?? null
  }

  find(bot: string, number: number): SavedVersion | null {
    return this.#read('bot = ? AND number = ?', bot, number)[0] ?? null
  }

  list(bot: string, { limit, before }: { limit: number; before?: number }): SavedVersion[] {
    const below = before ?? Number.MAX_SAFE_INTEGER
    return this.#read('bot = ? AND number < ? ORDER BY number DESC LIMIT ?', bot, below, limit)
  }

  /** Rooms of this user that are not known to go by it, by their names, from after a name. */
  untold({ user, mark, after, limit }: Untold): string[] {
    return this.#sql
      .exec<{ name: string }>(
        `SELECT name FROM rooms WHERE name > ? AND bot = ? AND coalesce(told_version, '') <> ?
         ORDER BY name LIMIT ?`,
        after,
        user,
        mark,
        limit,
      )
      .toArray()
      .map(({ name }) => name)
  }

  told(room: string, mark: string) {
    this.#sql.exec(
      "UPDATE rooms SET told_version = ?2 WHERE name = ?1 AND coalesce(told_version, '') <> ?2",
      room,
      mark,
    )
  }

  /** How many rooms of this user there are, and how many go by it. */
  reached(user: number, mark: string) {
    return this.#sql
      .exec<{ rooms: number; told: number }>(
        `SELECT count(*) AS rooms, count(CASE WHEN told_version = ? THEN 1 END) AS told
         FROM rooms WHERE bot = ?`,
        mark,
        user,
      )
      .one()
  }

  #read(which: string, ...bindings: SqlStorageValue[]): SavedVersion[] {
    return this.#sql
      .exec(`SELECT * FROM bot_versions WHERE ${which}`, ...bindings)
      .toArray()
      .map((row) => {
        const { words, file, ...rest } = row as unknown as StoredVersion
        const name = { table: 'bot_versions', key: `${rest.bot} ${rest.number}` }
        return {
          ...rest,
          words: words === null ? null : stored(words, StoredWords, name),
          file: stored(file, StoredWords, name) ?? {},
        }
      })
  }
}

interface Untold {
  user: number
  mark: string
  after: string
  limit: number
}

type StoredVersion = Omit<SavedVersion, 'words' | 'file'> & { words: string | null; file: string }
