import type { Item } from '../../tables/room/lists.ts'
import { Pins } from '../../tables/room/pins.ts'
import { isToCome } from '../../tables/room/reminders/to-come.ts'
import type { Tables } from '../../tables.ts'
import { itemAt, listAt } from './lists.ts'
import type { OfList, Which } from './which.ts'

/** For good, and nothing beside it. False: there is no such thing. */
export function remove(tables: Tables, which: Which): boolean {
  switch (which.kind) {
    case 'reminder':
      return cancel(tables, which.number)
    case 'fact':
      return removeFact(tables, which.number)
    case 'list':
      return removeList(tables, which.number)
    case 'file':
      return tables.files.find(which.number) !== null && tables.files.remove(which.number)
    case 'item':
      return removeItem(tables, which)
  }
}

function cancel({ reminders }: Tables, number: number) {
  const reminder = reminders.find(number)
  if (!reminder || !isToCome(reminder)) return false
  reminders.cancel(reminder)
  return true
}

function removeFact({ sql }: Tables, number: number) {
  const pins = new Pins(sql)
  if (!pins.find(number)) return false
  pins.remove(number)
  return true
}

function removeList(tables: Tables, number: number) {
  const found = listAt(tables, number)
  if (!found) return false
  const { lists, list } = found
  dropReminders(tables, lists.items(list))
  lists.remove(list)
  return true
}

function removeItem(tables: Tables, which: OfList) {
  const found = itemAt(tables, which)
  if (!found) return false
  const { lists, list, item } = found
  dropReminders(tables, [item])
  lists.removeItem(list, item)
  return true
}

/** Of what is not to be done any more nobody is reminded. */
export function dropReminders(tables: Tables, items: Item[]) {
  for (const { reminder } of items) if (reminder !== null) cancel(tables, reminder)
}
