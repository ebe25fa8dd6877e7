import type { Item, List } from '../../tables/room/lists.ts'
import type { ToolContext } from '../context.ts'
import { titleOf } from './find.ts'
import { isShownLately, SHOW_AGAIN } from './shown.ts'
import { told } from './told.ts'

/** What became of these items, as they are now. */
export function result(
  list: List,
  items: Pick<Item, 'number'>[],
  context: ToolContext,
  words: string[],
) {
  const numbers = items.map(({ number }) => number)
  const changed = context.lists.items(list).filter(({ number }) => numbers.includes(number))
  return {
    told: [...new Set([...words, ...again(list, context)])].join(' '),
    list: titleOf(list, context),
    items: changed.map((item) => told(item, context)),
  }
}

export function again(list: List, context: ToolContext) {
  return isShownLately(list, context) ? [SHOW_AGAIN] : []
}

/** Of several lines, the next could pass for an item of somebody else. */
export function oneLine(text: string) {
  return text.replace(/\s+/g, ' ').trim()
}
