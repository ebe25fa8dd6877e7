import type { Message } from '../tables/room/message.ts'

/** Something that was said in the room and is not asked in this turn. */
export type Remark = Pick<Message, 'id' | 'author' | 'name' | 'at' | 'text' | 'file' | 'quote'> & {
  /** By another bot. */
  bot?: boolean
  /** It was said to us, and gets a turn of its own. */
  waits?: boolean
  /** It was reworded after it was sent. */
  edited?: boolean
}

/**
 * What was said around a turn, in the order in which it was said: what the list shows, and what was
 * delivered and waits. A delivery knows more of a message than the list; what has no id comes last.
 */
export function together(listed: Remark[], waiting: Remark[]): Remark[] {
  const delivered = new Set(waiting.map(({ id }) => id))
  const remarks = [...listed.filter(({ id }) => !delivered.has(id)), ...waiting]
  return remarks.toSorted((a, b) => (a.id ?? Number.MAX_VALUE) - (b.id ?? Number.MAX_VALUE))
}

/** As many of the newest as fit: the oldest are the first to go. */
export function newestWithin(tokens: number, tags: string[]): string[] {
  let left = tokens
  const first = tags.findLastIndex((tag) => {
    left -= tokensIn(tag)
    return left < 0
  })
  return tags.slice(first + 1)
}

const DENSE =
  /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\p{scx=Thai}\p{Extended_Pictographic}]/gu

/** An estimate: four characters, or one of a script that says more with each. */
export function tokensIn(text: string) {
  const dense = text.match(DENSE)?.length ?? 0
  return Math.ceil((text.length - dense) / 4) + dense
}
