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
    const whom = item.assignee ?? context.asker.id
    const reminder = addReminder({ action: 'add', text: item.text, at, zone }, context, whom)
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

/** Whoever it is for now is told; of what is nobody's, whoever asked to be. Says what came of it. */
export function redirect(items: Item[], assignee: number | null, context: ToolContext): string[] {
  const reminders = items.flatMap((item) => reminderOf(item, context) ?? [])
  return reminders.map((reminder) => {
    const whom = assignee ?? reminder.asker
    context.reminders.change(reminder, { whom })
    return `${context.nameOf(whom) ?? 'Somebody'} is reminded of it (${reminder.number}).`
  })
}

/** A reminder that says what the item said says what it says now, and one with words of its own keeps them. */
export function reword(item: Item, text: string, context: ToolContext): string[] {
  const reminder = reminderOf(item, context)
  if (reminder?.text !== item.text) return []
  context.reminders.change(reminder, { text, isTainted: context.isWary() })
  return [`Its reminder says so as well (${reminder.number}).`]
}

/** What is to be done again has lost the reminder that it had. */
export function missing(items: Item[], { reminders }: ToolContext): string[] {
  const isGone = ({ reminder }: Item) =>
    reminder !== null && reminders.find(reminder)?.state === 'cancelled'
  return items.some(isGone)
    ? ['Its reminder was cancelled and does not come back: ask whether they want another.']
    : []
}

/** That of an item, where it is still to come. */
export function reminderOf({ reminder }: Item, { reminders }: ToolContext) {
  const found = reminder === null ? null : reminders.find(reminder)
  return found && isToCome(found) ? found : null
}
