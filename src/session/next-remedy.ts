import type { Remedy } from '../tables/room/turns/remedy.ts'

/** What there is to leave out of a request that was refused. */
interface Request {
  /** The step that is asked for next: what was thought before it may go. */
  position: number
  hasThinking: boolean
  /** A signed compaction stands in it. */
  isSigned: boolean
  /** Something stands before the turns, in whatever form. */
  hasPreface: boolean
  /** The turns that are over and still in it, oldest first. */
  past: number[]
  /** The one that the refusal names, or the last one: up to it everything was taken before. */
  suspect: number | null
  /** The turn itself. */
  turn: number
}

/**
 * The next thing to leave out, from the least to the most, when a request was refused for something in
 * it: what was thought; the signature of a compaction; the one turn that is suspected; all that was said
 * before. Null: this turn was refused on its own.
 */
export function nextRemedy(tried: Remedy | null, request: Request): Remedy | null {
  const { position, hasThinking, isSigned, hasPreface, past, suspect, turn } = request
  const has = tried ?? {}
  if (has.alone) return null
  if (hasThinking) return { ...has, thinkingFrom: position }
  if (isSigned && !has.words) return { ...has, words: true }
  if (suspect !== null && past.length > 1 && has.without === undefined && !has.from) {
    return { ...has, without: suspect }
  }
  if (past.length || hasPreface) return { thinkingFrom: position, from: turn, alone: true }
  return null
}

/** The same for one that was too long: the older half goes, until the turn is alone. */
export function nextShorter(
  tried: Remedy | null,
  { from, turn, hasPreface }: { from: number | null; turn: number; hasPreface: boolean },
): Remedy | null {
  if (from !== null) return { ...tried, from, tooLong: true }
  return hasPreface && !tried?.alone ? { ...tried, from: turn, alone: true, tooLong: true } : null
}
