import { keptName } from '../../tables/room/lists/titles.ts'
import type { List } from '../../tables/room/lists.ts'
import { isClaimed } from '../../tables/room/message.ts'
import type { ToolContext } from '../context.ts'
import { dueOf, NO_REMINDER } from './due.ts'
import { existingItems, existingList, titleOf } from './find.ts'
import type { ListInput } from './input.ts'
import { memberCalled, ringing } from './people.ts'
import { dropReminders, missing, redirect, remindOf, reword } from './remind.ts'
import { again, oneLine, result } from './result.ts'
import { told } from './told.ts'

export function done(input: ListInput, context: ToolContext) {
  const { asker, now } = context
  const list = existingList(input.list, context)
  const items = existingItems(input.numbers, list, context)
  const isDone = !input.undo
  const already = items.filter(({ done_at }) => (done_at !== null) === isDone)
  const by = isClaimed(asker.id) ? null : asker.id
  for (const item of items) {
    if (already.includes(item)) continue
    context.lists.change(list, item, {
      done_by: isDone ? by : null,
      done_at: isDone ? now : null,
    })
  }
  const was = already.map(({ number }) => number).join(', ')
  return result(list, items, context, [
    isDone ? 'Done.' : 'Open again.',
    ...(isDone ? dropReminders(items, context) : missing(items, context)),
    ...(was ? [`Nothing changed for ${was}: ${isDone ? 'done' : 'open'} already. Say so.`] : []),
  ])
}

export function assign(input: ListInput, context: ToolContext) {
  if (input.assignee === undefined)
    throw new Error('Give the assignee: a name, "me" or "nobody". Nothing was changed.')
  const assignee = memberCalled(input.assignee, context)
  const list = existingList(input.list, context)
  const items = existingItems(input.numbers, list, context)
  for (const item of items) context.lists.change(list, item, { assignee })
  const reminded = redirect(items, assignee, context)
  return result(list, items, context, ['Changed.', ...reminded, ...ringing(assignee, context)])
}

export function due(input: ListInput, context: ToolContext) {
  if (input.due === undefined)
    throw new Error('Give due: a day as 2026-12-04, or "none". Nothing was changed.')
  const day = dueOf(input.due, context)
  const list = existingList(input.list, context)
  const items = existingItems(input.numbers, list, context)
  for (const item of items) context.lists.change(list, item, { due: day })
  // What was to be reminded of was that day.
  const dropped = dropReminders(items, context)
  const reminders = day ? remindOf(list, items, input, context) : []
  const words = ['Changed.', ...dropped, ...(day && !reminders.length ? [NO_REMINDER] : [])]
  return { ...result(list, items, context, words), ...(reminders.length && { reminders }) }
}

/** Of items whatever is given; without a number, the list itself. */
export function rename(input: ListInput, context: ToolContext) {
  const { to, notes, numbers } = input
  const list = existingList(input.list, context)
  if (!numbers) return renameList(list, to, context)
  if (to === undefined && notes === undefined)
    throw new Error('Give to, the new words, or notes. Nothing was changed.')
  const items = existingItems(numbers, list, context)
  if (to !== undefined && items.length > 1)
    throw new Error('One at a time: give a single number. Nothing was changed.')
  const text = to === undefined ? null : oneLine(to)
  const reworded = items.flatMap((item) => {
    context.lists.change(list, item, {
      ...(text !== null && { text }),
      ...(notes !== undefined && { notes: notes || null }),
    })
    return text === null ? [] : reword(item, text, context)
  })
  const before = text === null ? {} : { before: items[0]?.text }
  return { ...result(list, items, context, ['Changed.', ...reworded]), ...before }
}

function renameList(list: List, to: string | undefined, context: ToolContext) {
  if (to === undefined) throw new Error('Give to, the new name of the list. Nothing was changed.')
  const name = keptName(to)
  if (name.length > 60)
    throw new Error('The name is longer than 60 characters. Nothing was changed.')
  const taken = context.lists.find(name)
  if (taken && taken.id !== list.id) {
    const title = titleOf(taken, context)
    throw new Error(`There is a list “${title}” already. Nothing was changed. Say so.`)
  }
  const before = titleOf(list, context)
  context.lists.rename(list, name)
  const now = titleOf({ name }, context)
  const words = [`The list “${before}” is called “${now}” now.`, ...again(list, context)]
  return { told: words.join(' '), list: now }
}

/** For good. The whole list only where it is named. */
export function remove(input: ListInput, context: ToolContext) {
  const { lists } = context
  const list = existingList(input.list, context)
  if (!input.numbers && input.list === undefined)
    throw new Error('Give numbers, or the name of the list that is to go. Nothing was removed.')
  const items = input.numbers ? existingItems(input.numbers, list, context) : lists.items(list)
  const removed = items.map((item) => told(item, context))
  const dropped = dropReminders(items, context)
  if (!input.numbers) lists.remove(list)
  for (const item of input.numbers ? items : []) lists.removeItem(list, item)
  const words = input.numbers
    ? ['Removed.', ...dropped, ...again(list, context)]
    : ['The list is gone with all that was on it.', ...dropped]
  return { told: words.join(' '), list: titleOf(list, context), removed }
}
