import { stored } from '../../../storage.ts'
import { FileNumbers } from '../files/numbers.ts'
import { type Arrival, claimed, type Message, Quote } from '../message.ts'
import { numberOf } from './numbers.ts'

/**
 * In place of `mentions`, where 0 is no and 1 is yes. 2: whoever sent this may say anything of it, its id too,
 * and it counts as a yes. 3 and 4: found in the list, with a mention and without.
 */
export const UNSURE = 2
const FOUND = { mentioned: 3, unmentioned: 4 }

/** A message as it stands in the table, or the beginning of it. */
export type Row = Pick<
  Message,
  'arrival' | 'id' | 'author' | 'name' | 'file' | 'at' | 'due' | 'sign'
> & {
  text: string | null
  quote: string | null
  cut: number | null
  mentions: number
  too_long: number
  schedule: number | null
  again: number | null
  dropped: string | null
}

export function messageIn({
  id,
  text,
  cut,
  quote,
  mentions,
  too_long,
  schedule,
  again,
  dropped,
  ...rest
}: Row): Message {
  return {
    ...rest,
    ...(cut && { isCut: true as const }),
    ...(too_long === 1 && { tooLong: true }),
    ...(schedule !== null && { schedule }),
    ...(again !== null && { again }),
    ...(dropped !== null && { dropped: filesIn(dropped, rest.arrival) }),
    id: numberOf(id),
    author: authorOf({ author: rest.author, mentions, schedule }),
    ...(isFound(mentions) && { found: true as const }),
    mentioned: mentions !== 0 && mentions !== FOUND.unmentioned,
    text: text ?? '',
    quote: quote === null ? null : stored(quote, Quote, { table: 'messages', key: rest.arrival }),
  }
}

function filesIn(dropped: string, arrival: number) {
  return stored(dropped, FileNumbers, { table: 'messages', key: arrival }) ?? []
}

export function mentionsOf({ room, found, mentioned }: Arrival) {
  if (!room) return UNSURE
  if (found) return mentioned ? FOUND.mentioned : FOUND.unmentioned
  return Number(mentioned)
}

function isFound(mentions: number) {
  return Object.values(FOUND).includes(mentions)
}

/**
 * An older version kept whom the flat shape names as if it were that person. A task is kept as that is, and is theirs
 * all the same.
 */
export function authorOf({
  author,
  mentions,
  schedule,
}: Pick<Row, 'author' | 'mentions' | 'schedule'>) {
  return mentions === UNSURE && schedule === null ? claimed(author) : author
}
