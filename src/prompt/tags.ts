import { visible } from '../campfire.ts'
import { timeOf } from '../clock.ts'
import { isClaimed, type Quote } from '../tables/room/message.ts'
import { unforged } from '../tools.ts'
import type { Remark } from './remarks.ts'

interface Showing {
  longest: number
  timeZone: string
  asker?: number
}

/** What somebody said, as the model reads it: fenced by tags that only we can write. */
export function messageTag(message: Remark, { longest, timeZone, asker }: Showing) {
  const { id, author, name, at, file, quote, bot, waits, edited } = message
  const attributes = [
    ...(id === null ? [] : [`id="${id}"`]),
    `author="${attribute(name)}"`,
    // A number that somebody has only claimed says nothing of who it is.
    ...(isClaimed(author) ? [] : [`author_id="${author}"`]),
    `time="${timeOf(at, timeZone)}"`,
    ...(author === asker ? ['asker="yes"'] : []),
    ...(bot ? ['bot="yes"'] : []),
    ...(waits ? ['waits="yes"'] : []),
    ...(edited ? ['edited="yes"'] : []),
    ...(file ? [`file="${attribute(file)}"`] : []),
  ].join(' ')
  return `<message ${attributes}>${quote ? quoteTag(quote, longest) : ''}${asWords(message.text, longest)}</message>`
}

function quoteTag({ author, messageId, text }: Quote, longest: number) {
  const id = messageId === null ? '' : ` id="${messageId}"`
  return `<quote${id} author="${attribute(author)}">${asWords(text, longest)}</quote>\n`
}

/** Within a tag. */
export function attribute(text: string) {
  return visible(text.slice(0, 1_000))
    .replace(/\s+/g, ' ')
    .slice(0, 200)
    .toWellFormed()
    .replace(/&/g, '&amp;')
    .replace(/"/g, '&quot;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
}

/** Words stay as people see them, code and all; only our own tags cannot be forged, however spaced. */
export function asWords(text: string, longest = Number.POSITIVE_INFINITY) {
  const seen = visible(text)
  return unforged(seen.length > longest ? `${seen.slice(0, longest)}…` : seen)
}
