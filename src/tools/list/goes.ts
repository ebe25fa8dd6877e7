import type { Item } from '../../tables/room/lists.ts'
import type { ToolContext } from '../context.ts'
import { existingItems, existingList, titleOf } from './find.ts'
import type { ListInput } from './input.ts'
import { reminderOf } from './remind.ts'

/** Items that would be gone, or their words; and what nobody would be reminded of any more. */
export function goes(input: ListInput, context: ToolContext): string[] | null {
  const { action, numbers, to, notes, undo } = input
  switch (action) {
    case 'remove': {
      const list = existingList(input.list, context)
      if (numbers) return existingItems(numbers, list, context).map(({ text }) => text)
      const items = context.lists.items(list).map(({ text }) => text)
      return input.list === undefined ? null : [titleOf(list, context), ...items]
    }
    case 'rename':
      return numbers ? overwritten(meant(input, context), { to, notes }) : null
    case 'done':
      return undo ? null : reminded(meant(input, context), context)
    case 'due':
      return reminded(meant(input, context), context)
    default:
      return null
  }
}

function meant(input: ListInput, context: ToolContext) {
  return existingItems(input.numbers, existingList(input.list, context), context)
}

function overwritten(items: Item[], { to, notes }: Pick<ListInput, 'to' | 'notes'>) {
  const words = items.flatMap((item) => [
    ...(to === undefined ? [] : [item.text]),
    ...(notes === undefined || !item.notes ? [] : [item.notes]),
  ])
  return words.length ? words : null
}

function reminded(items: Item[], context: ToolContext) {
  const reminders = items.flatMap((item) => reminderOf(item, context)?.text ?? [])
  return reminders.length ? reminders : null
}
