import { keptName } from '../../tables/room/lists/titles.ts'
import { Pins } from '../../tables/room/pins.ts'
import { isToCome } from '../../tables/room/reminders/to-come.ts'
import type { Tables } from '../../tables.ts'
import { itemAt, listAt } from './lists.ts'
import { dropReminders } from './remove.ts'
import { whenIn } from './when.ts'
import type { Changed, Changes, OfList, Which } from './which.ts'

/** `gone`: there is no such thing. Refused: why nothing was changed. */
export function change(tables: Tables, which: Which, changes: Changes): Changed {
  switch (which.kind) {
    case 'reminder':
      return changeReminder(tables, which.number, changes)
    case 'fact':
      return changeFact(tables, which.number, changes)
    case 'list':
      return renameList(tables, which.number, changes)
    case 'file':
      return { refused: 'file: a file stays as it is; it can be deleted' }
    case 'item':
      return changeItem(tables, which, changes)
  }
}

function changeReminder(
  { reminders, now }: Tables,
  number: number,
  { text, ...when }: Changes,
): Changed {
  const reminder = reminders.find(number)
  if (!reminder || !isToCome(reminder)) return 'gone'
  const times = whenIn(reminder, when, now())
  if (typeof times === 'string') return { refused: times }
  reminders.change(reminder, {
    at: now(),
    ...(times && { ...times, state: 'open' as const, snoozed: null }),
    ...(text !== undefined && { text }),
  })
  return 'changed'
}

/** Other words are another fact, with a number of its own: the old one may stand in a conversation still. */
function changeFact({ sql }: Tables, number: number, { text, always }: Changes): Changed {
  const pins = new Pins(sql)
  const before = pins.find(number)
  if (!before) return 'gone'
  const isAlways = always ?? before.always
  if (isAlways && !before.always && !pins.mayBeAlways())
    return { refused: 'always: no more facts can be said in every conversation' }
  if (text === undefined || text === before.fact) {
    pins.sayAlways(number, isAlways)
    return 'changed'
  }
  const { author, at, message } = before
  pins.remove(number)
  pins.add({ author, at, message, fact: text, always: isAlways })
  return 'changed'
}

function renameList(tables: Tables, number: number, { text }: Changes): Changed {
  const found = listAt(tables, number)
  if (!found) return 'gone'
  if (text === undefined) return 'changed'
  const { lists, list } = found
  const name = keptName(text)
  const taken = lists.find(name)
  if (taken && taken.id !== number) return { refused: 'name: there is a list of that name already' }
  lists.rename(list, name)
  return 'changed'
}

function changeItem(tables: Tables, which: OfList, { text, notes, due, done }: Changes): Changed {
  const found = itemAt(tables, which)
  if (!found) return 'gone'
  const { lists, list, item } = found
  const isDone = item.done_at !== null
  lists.change(list, item, {
    ...(text !== undefined && { text }),
    ...(notes !== undefined && { notes }),
    ...(due !== undefined && { due }),
    ...(done !== undefined &&
      done !== isDone && { done_by: null, done_at: done ? tables.now() : null }),
  })
  // Of what is done, or due on another day, nobody is reminded any more.
  if ((done && !isDone) || (due !== undefined && due !== item.due)) dropReminders(tables, [item])
  return 'changed'
}
