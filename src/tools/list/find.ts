import { keptName, TITLES } from '../../tables/room/lists/titles.ts'
import type { Item, List } from '../../tables/room/lists.ts'
import type { ToolContext } from '../context.ts'

/** As people read it, in the language of whoever asks. */
export function titleOf({ name }: Pick<List, 'name'>, { asker }: Pick<ToolContext, 'asker'>) {
  return name || TITLES[asker.language]
}

/** Throws where there is none, and says which there are. */
export function existingList(name: string | undefined, context: ToolContext): List {
  const { lists } = context
  const kept = keptName(name)
  const list = lists.find(kept)
  if (list) return list
  const names = lists.all().map((one) => `“${titleOf(one, context)}”`)
  const others = names.length ? `There are: ${names.join(', ')}.` : 'There are no lists here yet.'
  const wanted = titleOf({ name: kept }, context)
  throw new Error(`There is no list “${wanted}” here. ${others} Nothing was done.`)
}

/** All of them, or none: where one is missing, nothing is changed. */
export function existingItems(
  numbers: number[] | undefined,
  list: List,
  context: ToolContext,
): Item[] {
  if (!numbers)
    throw new Error('Say which: give its number, as show tells it. Nothing was changed.')
  const items = context.lists.items(list)
  return [...new Set(numbers)].map((number) => {
    const item = items.find((one) => one.number === number)
    if (!item) throw new Error(noSuch(number, items, titleOf(list, context)))
    return item
  })
}

function noSuch(number: number, items: Item[], title: string) {
  const known = items.map((item) => item.number).sort((a, b) => a - b)
  const numbers = known.length
    ? `Its numbers are ${known.slice(0, 60).join(', ')}.`
    : 'It is empty.'
  return `There is no number ${number} on the list “${title}”. ${numbers} Nothing was changed. Say so.`
}
