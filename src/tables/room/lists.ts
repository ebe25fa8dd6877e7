import * as z from 'zod'
import { fold } from '../../campfire.ts'
import { stored } from '../../storage.ts'
import { type Draft, type Item, Items } from './lists/items.ts'

export type { Draft, Item } from './lists/items.ts'

/** The message that showed a list: a note of that turn, by its part, and when it was posted. */
export const Shown = z.object({ turn: z.int(), part: z.int(), at: z.number() })
export type Shown = z.infer<typeof Shown>

export interface List {
  id: number
  /** Empty: the one that is meant where none is named. */
  name: string
  shown: Shown | null
}

export const MOST_LISTS = 20
export const MOST_ITEMS = 200

/** What is to be done here: the team's in a room, one's own in a direct. Whoever forgets leaves it as it is. */
export class Lists {
  #sql: SqlStorage
  #items: Items

  constructor(sql: SqlStorage) {
    this.#sql = sql
    this.#items = new Items(sql)
  }

  all(): List[] {
    return this.#sql
      .exec<{ id: number; name: string; shown: string | null }>(
        'SELECT id, name, shown FROM lists ORDER BY id',
      )
      .toArray()
      .map(({ shown, ...list }) => ({
        ...list,
        shown: shown ? stored(shown, Shown, { table: 'lists', key: list.id }) : null,
      }))
  }

  /** However it is written. */
  find(name: string): List | null {
    return this.all().find((list) => fold(list.name) === fold(name)) ?? null
  }

  /** Null: there are as many as there may be. */
  make(name: string): List | null {
    if (this.all().length >= MOST_LISTS) return null
    const { id } = this.#sql
      .exec<{ id: number }>('INSERT INTO lists (name) VALUES (?) RETURNING id', name)
      .one()
    return { id, name, shown: null }
  }

  rename(list: List, name: string) {
    this.#sql.exec('UPDATE lists SET name = ? WHERE id = ?', name, list.id)
  }

  /** With all that is on it. */
  remove(list: List) {
    this.#items.removeAll(list.id)
    this.#sql.exec('DELETE FROM lists WHERE id = ?', list.id)
  }

  items(list: List): Item[] {
    return this.#items.of(list.id)
  }

  /**
   * As the last one, under a number that nothing on this list ever had. What has been done for longest makes
   * room; null where nothing on a full list is done.
   */
  add(list: List, draft: Draft): { number: number; dropped: Item[] } | null {
    const items = this.items(list)
    const dropped = oldestDone(items, items.length + 1 - MOST_ITEMS)
    if (items.length - dropped.length >= MOST_ITEMS) return null
    for (const item of dropped) this.#items.remove(list.id, item.number)

    const number = this.#nextNumber(list)
    const place = Math.floor(items.at(-1)?.place ?? 0) + 1
    this.#items.insert({ ...draft, list: list.id, number, place })
    return { number, dropped }
  }

  change(list: List, { number }: Item, changes: Partial<Draft>) {
    this.#items.change(list.id, number, changes)
  }

  /** Its number is nobody else's from now on. */
  removeItem(list: List, { number }: Item) {
    this.#items.remove(list.id, number)
  }

  /** It stands right before the other one; where there is none, at the end. */
  putBefore(list: List, item: Item, other: Item | null) {
    const others = this.items(list).filter(({ number }) => number !== item.number)
    const at = others.findIndex(({ number }) => number === other?.number)
    others.splice(at === -1 ? others.length : at, 0, item)
    for (const [index, { number, place }] of others.entries()) {
      if (place !== index + 1) this.#items.put(list.id, number, index + 1)
    }
  }

  show(list: List, shown: Shown) {
    this.#sql.exec('UPDATE lists SET shown = ? WHERE id = ?', JSON.stringify(shown), list.id)
  }

  #nextNumber({ id }: List) {
    const { next } = this.#sql
      .exec<{ next: number }>('UPDATE lists SET next = next + 1 WHERE id = ? RETURNING next', id)
      .one()
    return next - 1
  }
}

function oldestDone(items: Item[], count: number) {
  if (count <= 0) return []
  const done = items.filter(({ done_at }) => done_at !== null)
  return done.toSorted((a, b) => Number(a.done_at) - Number(b.done_at)).slice(0, count)
}
