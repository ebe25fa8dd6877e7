import type { ToolContext } from '../context.ts'
import { NONE } from './input.ts'
import { today, weekday } from './told.ts'

/** A day that is not over where the clock is. Null: none. */
export function dueOf(due: string, context: ToolContext): string | null {
  if (due === NONE) return null
  const now = today(context)
  if (due < now) {
    throw new Error(
      `${due} is over: today is ${weekday(now)}, ${now}. Nothing was changed. Ask which day is meant.`,
    )
  }
  return due
}

export const NO_REMINDER =
  'The day alone reminds nobody: only where that was asked for, give remind as well.'
