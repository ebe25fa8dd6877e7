import type { Item, List } from '../../tables/room/lists.ts'
import { isToCome } from '../../tables/room/reminders/to-come.ts'
import type { ToolContext } from '../context.ts'
import { addReminder } from '../reminders.ts'
import type { ListInput } from './input.ts'

type Wanted = Pick<ListInput, 'remind' | 'zone'>

/** Made with the change of the item, or neither is; told as reminders tell of it. */
export function remindOf(
  list: List,
  items: Item[],
  { remind: at, zone }: Wanted,
  context: ToolContext,
) {
  if (at === undefined) return []
  return items.map((item) => {
    const whom = whomOf(item, context)
    const reminder = addReminder({ action: 'add', text: item.text, at, zone, whom }, context)
    context.lists.change(list, item, { reminder: reminder.number })
    return reminder
  })
}

/** What is done, or is not to be done any more, nobody is reminded of. Says what came of it. */
export function dropReminders(items: Item[], context: ToolContext): string[] {
  const dropped = items.flatMap((item) => {
    const reminder = reminderOf(item, context)
    if (!reminder) return []
    context.reminders.cancel(reminder)
    return [reminder.number]
  })
  return dropped.length ? [`Nobody is reminded of it any more (${dropped.join(', ')}).`] : []
}

/** Whoever it is for now is told. */
export function redirect(items: Item[], assignee: number | null, context: ToolContext) {
  for (const item of items) {
    const reminder = reminderOf(item, context)
    if (reminder) context.reminders.change(reminder, { whom: assignee ?? context.asker.id })
  }
}

/** That of an item, where it is still to come. */
export function reminderOf({ reminder }: Item, { reminders }: ToolContext) {
  const found = reminder === null ? null : reminders.find(reminder)
  return found && isToCome(found) ? found : null
}

function whomOf({ assignee }: Item, { asker, nameOf }: ToolContext) {
  return assignee === null || assignee === asker.id ? 'me' : (nameOf(assignee) ?? 'me')
}
