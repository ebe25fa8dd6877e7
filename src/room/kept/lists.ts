import { Lists } from '../../tables/room/lists.ts'
import type { Tables } from '../../tables.ts'
import type { OfList } from './which.ts'

/** Null: there is none of this number. */
export function listAt({ sql }: Pick<Tables, 'sql'>, number: number) {
  const lists = new Lists(sql)
  const list = lists.all().find(({ id }) => id === number)
  return list ? { lists, list } : null
}

export function itemAt(tables: Pick<Tables, 'sql'>, { list, number }: OfList) {
  const found = listAt(tables, list)
  const item = found?.lists.items(found.list).find((one) => one.number === number)
  return found && item ? { ...found, item } : null
}
