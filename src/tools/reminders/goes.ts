import { isToCome } from '../../tables/room/reminders/to-come.ts'
import type { ToolContext } from '../context.ts'
import type { RemindersInput } from './input.ts'
import { timesOf } from './when.ts'

/** One that would not come any more, or not as it was set. */
export function goes({ action, number }: RemindersInput, { reminders }: ToolContext) {
  if (action !== 'cancel' && action !== 'change') return null
  const reminder = number === undefined ? null : reminders.find(number)
  if (!reminder || !isToCome(reminder)) return null
  const times = timesOf(reminder)
  return ['next' in times ? `${reminder.text} (${times.next})` : reminder.text]
}
