import { DAY } from '../clock.ts'
import { isSpoken } from '../tables/room/answers.ts'
import type { Message } from '../tables/room/message.ts'
import type { PastTurn } from '../tables/room/sessions.ts'
import type { Shown } from './pages.ts'
import { wordsRead } from './read-back.ts'
import type { Remark } from './remarks.ts'

/** What is longer is not compared: reading it takes longer than it helps. */
const MOST_HTML = 10_000
const MOST_TEXT = 10_000
/** Of what a turn takes everything is, up to so many characters. */
const MOST_READ = 2_000_000
/** Each takes a turn to be read, so what a page shows is in these. */
const MOST_TURNS = 60

/** What waits, as it reads now: a turn answers what stands in the room, not a copy of what once stood there. */
export function asShown(messages: Message[], shown: ReadonlyMap<number, Shown>): Message[] {
  let left = MOST_READ
  return messages.map((message) => {
    const now = message.id === null ? undefined : shown.get(message.id)
    const isSame = now?.author === message.author && now.file === null && message.file === null
    left -= now?.length ?? 0
    return now && isSame && left >= 0 ? rewordedTo(message, now) : message
  })
}

function rewordedTo(message: Message, now: Shown): Message {
  const { text: before, isCut, tooLong } = message
  const { text, quote } = now.remark()
  const comparable = isCut ? text.slice(0, before.length) : text
  if (tooLong || bySigns(comparable) === bySigns(before)) return message
  // More of it was never read than this.
  const { isCut: _, ...rest } = message
  const isEdited = isReworded(comparable, before)
  return {
    ...rest,
    text,
    delivered: before,
    ...(isEdited && { quote, edited: true, mentioned: now.mentionsUs() }),
  }
}

/**
 * What the model has read in this session and what reads otherwise by now. It was read in a prompt that stays
 * as it is, byte for byte, so it is told anew; the newest prompt that has it says what was read last.
 */
export function editedSince(past: PastTurn[], shown: ReadonlyMap<number, Shown>): Remark[] {
  const looked = new Set<number>()
  const edited: Remark[] = []
  for (const { prompt, steps } of past.slice(-MOST_TURNS).toReversed()) {
    const told = [prompt, ...steps.filter(isSpoken).map(({ notice }) => notice)]
    for (const { id, author, words, file } of wordsRead(told).toReversed()) {
      const now = shown.get(id)
      const isFirst = !looked.has(id)
      looked.add(id)
      const isComparable = now?.author === author && now.file === null && now.length <= MOST_HTML
      if (!isFirst || file || !isComparable) continue
      const remark = now.remark()
      if (isReworded(remark.text, words)) edited.push(remark)
    }
  }
  return edited.toSorted((a, b) => Number(a.id) - Number(b.id))
}

/** Of what was kept, what reads otherwise by now. A restored Campfire gives its number to another message. */
export function rewordedOf(kept: Kept[], shown: ReadonlyMap<number, Shown>): Remark[] {
  return kept.flatMap(({ message, author, at, text }) => {
    const now = message === null ? undefined : shown.get(message)
    const isComparable = now?.author === author && now.file === null && now.length <= MOST_HTML
    const remark = isComparable ? now.remark() : null
    const isSame = remark !== null && Math.abs(remark.at - at) < DAY
    return isSame && isReworded(remark.text, text) ? [remark] : []
  })
}

interface Kept {
  message: number | null
  author: number
  at: number
  text: string
}

/** Whether somebody has changed more than a list and a delivery, or our own fences, make of the same words. */
export function isReworded(now: string, before: string) {
  if (now === before) return false
  if (now.length > MOST_TEXT || before.length > MOST_TEXT) return bySigns(now) !== bySigns(before)
  const [a, b] = [bare(now), bare(before)]
  // The rest of it was cut off, and never read.
  const isBeginning = /…$/.test(before) && before.length > CUT && a.startsWith(b)
  return a !== b && !isBeginning
}

/** No prompt cuts what is shorter. */
const CUT = 900

function bySigns(text: string) {
  return text.replace(/\s+/gu, '')
}

/** Marks of Markdown come and go; what stands within a number, or before one, makes it another. */
function bare(text: string) {
  return text
    .replaceAll('&lt;', '<')
    .normalize('NFKC')
    .replace(/[`~|]/g, ' ')
    .replace(/[^\p{L}\p{M}\p{N}\p{S}]+/gu, (run, at: number, all: string) => {
      const isBefore = /\p{N}/u.test(all[at + run.length] ?? '')
      const isWithin = isBefore && /\p{N}$/u.test(all.slice(0, at)) && /^[.,:/-]$/.test(run)
      return isWithin || (isBefore && /(?:^|\s)-$/.test(run)) ? run.trim() : ''
    })
}
