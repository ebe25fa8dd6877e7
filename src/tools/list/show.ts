import { startOfDay } from '../../clock.ts'
import type { Item, List } from '../../tables/room/lists.ts'
import { fileName } from '../attach-file.ts'
import type { ToolContext } from '../context.ts'
import { csvOf } from './csv.ts'
import { existingItems, existingList, titleOf } from './find.ts'
import type { ListInput } from './input.ts'
import { asChips, asNames, messageOf } from './message.ts'
import { memberCalled } from './people.ts'
import { standing } from './shown.ts'
import { told } from './told.ts'

/** In the room as it is, or for the model to answer from. */
export async function show(input: ListInput, context: ToolContext) {
  switch (wayOf(input)) {
    case 'answer':
      return answer(input, context)
    case 'message':
      return await inTheRoom(input, context)
    case 'file':
      return await asFile(input, context)
  }
}

/** Whoever sees a list in the room takes it for the whole, and so does whoever shows it again. */
function wayOf(input: ListInput) {
  if (input.as === 'file') return input.as
  return isFiltered(input) ? 'answer' : (input.as ?? (input.which ? 'answer' : 'message'))
}

function isFiltered({ assignee, from, until, numbers }: ListInput) {
  return [assignee, from, until, numbers].some((filter) => filter !== undefined)
}

function answer(input: ListInput, context: ToolContext) {
  const { lists } = context
  const isOfAll = input.list === undefined && !input.numbers
  const asked = isOfAll ? lists.all() : [existingList(input.list, context)]
  const isWhole = !isFiltered(input) && input.which === undefined && input.list === undefined
  if (isWhole) return overview(asked, context)
  const found = asked
    .map((list) => ({ list, items: chosen(meant(list, input, context), input, context) }))
    .filter(({ items }) => items.length)
    .map(({ list, items }) => ({
      list: titleOf(list, context),
      items: items.map((item) => told(item, context)),
    }))
  const isTurned = input.from && input.until && input.from > input.until
  if (isTurned)
    return { told: 'from is after until, so no day lies between them: turn them round.' }
  if (!found.length) return { told: 'Nothing of that is on a list here. Say so.' }
  return input.as === 'message' ? { told: IN_PART, lists: found } : found
}

const IN_PART = 'Only a whole list is put into the room: tell them this in your answer.'

function overview(all: List[], context: ToolContext) {
  if (!all.length) return { told: 'There are no lists here yet. Say so.' }
  return all.map((list) => {
    const items = context.lists.items(list)
    const open = items.filter(isOpen).length
    return { list: titleOf(list, context), open, done: items.length - open }
  })
}

async function inTheRoom(input: ListInput, context: ToolContext) {
  const { beside, lists, linkTo, now } = context
  const list = existingList(input.list, context)
  const items = lists.items(list)
  const shown = chosen(items, input, context)
  const done = input.which ? 0 : items.length - items.filter(isOpen).length
  const whole = { title: titleOf(list, context), items: shown, done }

  const { body, more } = messageOf(whole, context, asChips(context))
  const words = { body, quiet: messageOf(whole, context, asNames(context)).body }
  const { how, id } = await beside.show(words, standing(list, context), (place) =>
    lists.show(list, { ...place, at: now }),
  )
  return {
    told: more ? `${HOW[how]} ${cut(more)}` : HOW[how],
    ...(id !== null && { link: linkTo(id) }),
    list: whole.title,
    items: shown.map((item) => told(item, context)),
  }
}

const HOW = {
  posted:
    'The list stands in the room now, in a message of its own. Do not write it again: a short sentence is enough.',
  edited:
    'The message that showed it some minutes ago shows it as it is now. Campfire tells nobody of that, so say it in a short sentence, with the link, and do not write the list again.',
  unsure:
    'Its message may stand in the room or not, and this Campfire cannot be asked. Say so, and do not show it again by yourself.',
}

function cut(more: number) {
  return `The last ${more} of these items did not fit there, as it says: offer to name them, or all as a file.`
}

async function asFile(input: ListInput, context: ToolContext) {
  const { beside, use } = context
  const list = existingList(input.list, context)
  const wanted = { ...input, which: input.which ?? 'all' }
  const items = chosen(meant(list, input, context), wanted, context)
  if (!items.length) throw new Error('There is nothing of that on the list. Nothing was posted.')
  const name = fileName(titleOf(list, context), 'csv')
  const body = csvOf(items, context)
  const { how } = await beside.attach({ name, type: 'text/csv', body }, use)
  const stands =
    how === 'unsure' ? 'It may be in the room or not. Say so.' : 'It is in the room now.'
  return { file: name, items: items.length, told: stands }
}

function meant(list: List, { numbers }: ListInput, context: ToolContext) {
  return numbers ? existingItems(numbers, list, context) : context.lists.items(list)
}

/** Of "done since Monday" nothing is open; whoever names items means them. */
function chosen(items: Item[], input: ListInput, context: ToolContext) {
  const { from, until } = input
  const { timeZone } = context
  const isOfTime = from !== undefined || until !== undefined
  const which = isOfTime ? 'done' : (input.which ?? (input.numbers ? 'all' : 'open'))
  const after = from ? startOfDay(from, timeZone) : Number.NEGATIVE_INFINITY
  const before = until ? startOfDay(until, timeZone, 1) : Number.POSITIVE_INFINITY
  const isOfWhich = (item: Item) => which === 'all' || isOpen(item) === (which === 'open')
  const isOfDays = ({ done_at: at }: Item) =>
    !isOfTime || (at !== null && at >= after && at < before)
  const isTheirs = theirs(input.assignee, context)
  return items.filter((item) => isOfWhich(item) && isOfDays(item) && isTheirs(item))
}

function theirs(name: string | undefined, context: ToolContext) {
  if (name === undefined) return () => true
  const member = memberCalled(name, context)
  return ({ assignee }: Item) => assignee === member
}

function isOpen({ done_at }: Item) {
  return done_at === null
}
