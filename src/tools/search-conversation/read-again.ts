import { readHtml } from '../../campfire/text.ts'
import { CampfireError, isGone, isUnsupported, type ListedMessage } from '../../campfire.ts'
import { DAY } from '../../clock.ts'
import type { Remark } from '../../tables/room/archive.ts'
import type { ToolContext } from '../context.ts'

const AT_ONCE = 6
/** So many neighbours may have been deleted, too. */
const MOST_NEIGHBOURS = 3

type Reading = Pick<ToolContext, 'campfire' | 'index' | 'requestsLeft' | 'self'>

interface Hits {
  /** As they stand in the room now, in the same order. */
  found: Remark[]
  /** So many are not there any more, and left the index. */
  gone: number
  /** So many could not be read again. */
  unread: number
  /** This Campfire shows nobody a room: what is kept is all there is. */
  isKeptOnly: boolean
}

/** Where nothing can be read again, or there is nothing. */
export function asKept(hits: Remark[]): Hits {
  return { found: hits, gone: 0, unread: 0, isKeptOnly: false }
}

/**
 * People edit and delete without a word to us, so what is found is read again before it is shown. What never
 * had a number is shown as it was said.
 */
export async function readAgain(hits: Remark[], context: Reading): Promise<Hits> {
  const { index: kept } = context
  const read: (ListedMessage | Missing)[] = []
  try {
    for (let at = 0; at < hits.length; at += AT_ONCE) {
      const some = hits.slice(at, at + AT_ONCE)
      read.push(...(await Promise.all(some.map((hit) => lookUp(hit, context)))))
    }
  } catch (error) {
    if (!isUnsupported(error)) throw error
    return { ...asKept(hits), isKeptOnly: true }
  }

  const now = hits.map((hit, index) => asItReads(hit, read[index] ?? 'unread', context))
  const gone = hits.flatMap(({ message }, at) => (read[at] === 'gone' ? (message ?? []) : []))
  kept.drop(new Set(gone))
  kept.reword(new Map(now.flatMap((one) => (one?.edited ? [one.edited] : []))))
  const found = now.flatMap((one) => one?.remark ?? [])
  const unread = hits.length - found.length - gone.length
  return { found, gone: gone.length, unread, isKeptOnly: false }
}

type Missing = 'gone' | 'unread' | 'no number'

/** A request, where the next number is known; where it is far away, one or two more. */
async function lookUp({ message }: Remark, context: Reading): Promise<ListedMessage | Missing> {
  if (message === null) return 'no number'
  try {
    return (await onPageBelow(message, context)) ?? (await onPagesAround(message, context))
  } catch (error) {
    if (isUnsupported(error) || !(error instanceof CampfireError)) throw error
    return 'unread'
  }
}

/** A message is not on the page of its own cursor, so it is that of the next. Null: it is too far below. */
async function onPageBelow(message: number, { index, ...context }: Reading) {
  const neighbours = index.above(message, MOST_NEIGHBOURS)
  for (const next of neighbours) {
    const page = await listed({ before: next }, context)
    if (page) return page === 'unread' ? page : onPage(message, page)
  }
  if (neighbours.length) return null
  const page = await listed(undefined, context)
  return page && page !== 'unread' ? onPage(message, page) : page
}

/** It is the last on the page before whatever comes next. */
async function onPagesAround(message: number, context: Reading) {
  const newer = await listed({ after: message }, context)
  if (newer === 'unread') return newer
  if (newer === null) return 'gone'
  const [next] = newer.messages
  const page = await listed(next && { before: next.id }, context)
  return page && page !== 'unread' ? (onPage(message, page) ?? 'unread') : 'unread'
}

/** Null: the page does not reach so far back. */
function onPage(message: number, { messages, more, unreadable }: Page) {
  const found = messages.find(({ id }) => id === message)
  const reaches = !more || messages.some(({ id }) => id < message)
  return found ?? (reaches ? (unreadable ? 'unread' : 'gone') : null)
}

type Page = Awaited<ReturnType<ToolContext['campfire']['list']>>

/** Null: the message of the cursor is gone. */
async function listed(
  range: { before: number } | { after: number } | undefined,
  { campfire, requestsLeft }: Pick<Reading, 'campfire' | 'requestsLeft'>,
) {
  if (requestsLeft() <= 0) return 'unread'
  try {
    return await campfire.list(range)
  } catch (error) {
    if (isGone(error)) return null
    throw error
  }
}

interface Reads {
  remark: Remark
  /** What the index does not have yet. */
  edited?: [number, string]
}

/** Null: it is not to be shown. */
function asItReads(hit: Remark, now: ListedMessage | Missing, { self }: Reading): Reads | null {
  if (now === 'no number') return { remark: hit }
  if (typeof now === 'string') return null
  const { author, name, at, text } = hit
  // A restored Campfire gives its number to another message.
  if (now.author.id !== author || Math.abs(now.at - at) > DAY) return null
  const words = wordsOf(now, NOBODY)
  const remark = { ...hit, name: now.author.name ?? name, at: now.at, text: words }
  const isSame = [words, wordsOf(now, self)].some((one) => bare(one) === bare(text))
  // An answer of ours may go on in further messages; its first stands for all of it.
  const isOurs = author === self && bare(text).startsWith(bare(words))
  if (isSame || isOurs) return { remark: isOurs ? { ...remark, text } : remark }
  return { remark, ...(author !== self && { edited: [now.id, words] }) }
}

const NOBODY = 0

function wordsOf({ html, plain, file }: ListedMessage, self: number) {
  if (file) return `[file: ${file}]`
  const { text, quote } = readHtml(html, self)
  return text || (quote ? '' : plain)
}

/** Without what a delivery and a list make differently of the same words. */
function bare(text: string) {
  return text.normalize('NFKC').replace(/[^\p{L}\p{M}\p{N}\p{S}]+/gu, '')
}
