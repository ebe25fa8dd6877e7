/** One thing to do. Its number is its own within the list, and stays so. */
export type Item = {
  number: number
  /** What stands before what. */
  place: number
  text: string
  notes: string | null
  /** Whose it is, by their number in Campfire. */
  assignee: number | null
  /** A day, as 2026-12-04. */
  due: string | null
  /** Who asked for it, when, and in which message. */
  author: number
  at: number
  message: number | null
  done_by: number | null
  done_at: number | null
  /** What reminds of it, by its number. */
  reminder: number | null
}

export type Draft = Omit<Item, 'number' | 'place'>

/** All items of all lists, by the list that they are on. */
export class Items {
  #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  of(list: number): Item[] {
    return this.#sql
      .exec<Item>(
        `SELECT number, place, text, notes, assignee, due, author, at, message, done_by, done_at,
           reminder
         FROM list_items WHERE list = ? ORDER BY place, number`,
        list,
      )
      .toArray()
  }

  insert({
    list,
    number,
    place,
    ...item
  }: Draft & { list: number; number: number; place: number }) {
    this.#sql.exec(
      `INSERT INTO list_items (list, number, place, text, notes, assignee, due, author, at, message,
         done_by, done_at, reminder) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      list,
      number,
      place,
      item.text,
      item.notes,
      item.assignee,
      item.due,
      item.author,
      item.at,
      item.message,
      item.done_by,
      item.done_at,
      item.reminder,
    )
  }

  change(list: number, number: number, changes: Partial<Draft>) {
    const names = Object.keys(changes)
    if (!names.length) return
    this.#sql.exec(
      `UPDATE list_items SET ${names.map((name) => `${name} = ?`).join(', ')}
       WHERE list = ? AND number = ?`,
      ...Object.values(changes),
      list,
      number,
    )
  }

  put(list: number, number: number, place: number) {
    this.#sql.exec(
      'UPDATE list_items SET place = ? WHERE list = ? AND number = ?',
      place,
      list,
      number,
    )
  }

  remove(list: number, number: number) {
    this.#sql.exec('DELETE FROM list_items WHERE list = ? AND number = ?', list, number)
  }

  removeAll(list: number) {
    this.#sql.exec('DELETE FROM list_items WHERE list = ?', list)
  }
}
