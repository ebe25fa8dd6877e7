import type { Messages } from '../messages.ts'
import type { People } from '../people.ts'
import type { Rooms } from '../rooms.ts'
import { type Saved, type SavedMessage, savedMessage } from '../saved.ts'

// A value may take 2 MB, a character three bytes.
const PART = 500_000

/**
 * parts  one row for each part of a document: the town itself, or one message
 */
export class Shelf {
  #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
    sql.exec(`CREATE TABLE IF NOT EXISTS parts (
      message INTEGER, part INTEGER, json TEXT, PRIMARY KEY (message, part)
    ) WITHOUT ROWID`)
  }

  read(): Saved | null {
    const documents = new Map<number, string>()
    const rows = this.#sql.exec<{ message: number; json: string }>(
      'SELECT message, json FROM parts ORDER BY message, part',
    )
    for (const { message, json } of rows) {
      documents.set(message, (documents.get(message) ?? '') + json)
    }

    const [town, ...messages] = documents.values()
    if (town === undefined) return null
    const saved: Omit<Saved, 'messages'> = JSON.parse(town)
    return { ...saved, messages: messages.map((json): SavedMessage => JSON.parse(json)) }
  }

  /** The town, and of its messages the one that changed. */
  save({ people, rooms, messages }: Contents, id?: number) {
    this.#write(TOWN, { people: people.all, rooms: rooms.all, ...messages.lastIds })
    if (id === undefined) return
    const message = messages.find(id)
    this.#write(id, message && savedMessage(message))
  }

  #write(message: number, document: unknown) {
    this.#sql.exec('DELETE FROM parts WHERE message = ?', message)
    if (document === undefined) return
    const json = JSON.stringify(document)
    for (let part = 0; part * PART < json.length; part++) {
      const text = json.slice(part * PART, (part + 1) * PART)
      this.#sql.exec('INSERT INTO parts VALUES (?, ?, ?)', message, part, text)
    }
  }
}

interface Contents {
  people: People
  rooms: Rooms
  messages: Messages
}

// Messages count from 1, so the town is the first document.
const TOWN = 0
