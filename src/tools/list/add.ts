import { keptName } from '../../tables/room/lists/titles.ts'
import {
  type Draft,
  type Item,
  type List,
  MOST_ITEMS,
  MOST_LISTS,
} from '../../tables/room/lists.ts'
import type { ToolContext } from '../context.ts'
import { dueOf, NO_REMINDER } from './due.ts'
import { existingItems, existingList, titleOf } from './find.ts'
import type { ListInput } from './input.ts'
import { memberCalled, ringing } from './people.ts'
import { remindOf } from './remind.ts'
import { again, oneLine, result } from './result.ts'

export function add(input: ListInput, context: ToolContext) {
  const { texts, notes, assignee, due } = input
  if (!texts) throw new Error('Give in texts what is to be done. Nothing was added.')
  const draft = {
    ...newItem(context),
    notes: notes || null,
    assignee: assignee === undefined ? null : memberCalled(assignee, context),
    due: due === undefined ? null : dueOf(due, context),
  }
  const list = listCalled(input.list, context)
  const added = texts.map((text) => addTo(list, { ...draft, text: oneLine(text) }, context))
  const dropped = added.flatMap((one) => one.dropped)
  const numbers = added.map(({ number }) => number)
  const items = context.lists.items(list).filter(({ number }) => numbers.includes(number))
  const reminders = remindOf(list, items, input, context)
  return {
    ...result(list, added, context, [
      'Added.',
      ...madeRoom(dropped),
      ...(draft.due && !reminders.length ? [NO_REMINDER] : []),
      ...ringing(draft.assignee, context),
    ]),
    ...(dropped.length && { dropped: dropped.map(({ text }) => text) }),
    ...(reminders.length && { reminders }),
  }
}

/** To another list, under a new number there; or on its own before another item. */
export function move(input: ListInput, context: ToolContext) {
  const { to, before } = input
  if ((to === undefined) === (before === undefined)) {
    throw new Error('Give either to, the name of the other list, or before. Nothing was moved.')
  }
  const list = existingList(input.list, context)
  const items = existingItems(input.numbers, list, context)
  if (before !== undefined) {
    const [other = null] = before === LAST ? [] : existingItems([before], list, context)
    for (const item of items) {
      if (item.number !== other?.number) context.lists.putBefore(list, item, other)
    }
    return result(list, items, context, ['Moved.'])
  }

  const other = listCalled(to, context)
  if (other.id === list.id) throw new Error('It is on that list already. Nothing was moved.')
  const moved = items.map((item) => {
    const { number: _, place: __, ...draft } = item
    context.lists.removeItem(list, item)
    return addTo(other, draft, context)
  })
  const dropped = moved.flatMap((one) => one.dropped)
  return {
    ...result(other, moved, context, [
      'Moved, and numbered anew there.',
      ...madeRoom(dropped),
      ...again(list, context),
    ]),
    ...(dropped.length && { dropped: dropped.map(({ text }) => text) }),
  }
}

/** Nothing of a list goes without a word. */
function madeRoom(dropped: Item[]) {
  return dropped.length ? ['To make room, what was done longest ago was taken off: say so.'] : []
}

const LAST = 0

/** Made where there is none. */
function listCalled(name: string | undefined, { lists }: ToolContext): List {
  const kept = keptName(name)
  if (kept.length > 60)
    throw new Error('The name is longer than 60 characters. Nothing was changed.')
  const list = lists.find(kept) ?? lists.make(kept)
  if (list) return list
  throw new Error(
    `There are ${MOST_LISTS} lists here already, and no more are kept. Nothing was changed. Ask which is to go.`,
  )
}

function addTo(list: List, draft: Draft, context: ToolContext) {
  const added = context.lists.add(list, draft)
  if (added) return added
  throw new Error(
    `There are ${MOST_ITEMS} open items on the list “${titleOf(list, context)}” already, and no more are ` +
      'kept. Nothing was changed. Ask which are done.',
  )
}

function newItem({ asker, now }: ToolContext): Omit<Draft, 'text' | 'notes' | 'assignee' | 'due'> {
  const message = asker.message()
  return { author: asker.id, at: now, message, done_by: null, done_at: null, reminder: null }
}
