import { timeOf } from '../../clock.ts'
import type { Item } from '../../tables/room/lists.ts'
import type { ToolContext } from '../context.ts'

/** An item as the model reads it. */
export function told(item: Item, context: ToolContext) {
  const { nameOf, linkTo, timeZone } = context
  const name = (id: number) => nameOf(id) ?? 'somebody'
  return {
    number: item.number,
    text: item.text,
    ...(item.notes && { notes: item.notes }),
    ...(item.assignee !== null && { assignee: name(item.assignee) }),
    ...(item.due !== null && { due: dueIn(item.due, context) }),
    ...(item.done_at !== null && { done: timeOf(item.done_at, timeZone) }),
    ...(item.done_by !== null && { done_by: name(item.done_by) }),
    added_by: name(item.author),
    ...(item.message !== null && { link: linkTo(item.message) }),
  }
}

/** With its weekday, which a model gets wrong, and whether it is over. */
function dueIn(due: string, context: ToolContext) {
  const isOver = due < today(context)
  return `${weekday(due)}, ${due}${isOver ? ' (over)' : ''}`
}

export function weekday(day: string) {
  const name = new Intl.DateTimeFormat('en', { weekday: 'long', timeZone: 'UTC' })
  return name.format(Date.parse(`${day}T00:00:00Z`))
}

export function today({ now, timeZone }: Pick<ToolContext, 'now' | 'timeZone'>) {
  return timeOf(now, timeZone).slice(0, 10)
}
