import { toHtml } from './html.ts'
import type { ListedMessage } from './message.ts'
import { readHtml } from './text.ts'

/** Of fewer words nobody can say whose they were. */
const FEWEST = 6
/** Of all words so many must be the same, and fewer where nothing was added. */
const MOST_OF_THEM = 0.7
const HALF_OF_THEM = 0.5

/**
 * Whether a message is what we meant to post, as a person has edited it before we knew where it stands. Somebody who takes
 * out a word or a secret leaves most of it as it was, and adds no numbers: with another number it is another answer.
 */
export function isReworded(listed: ListedMessage, meant: { file: string | null; body: string }) {
  if (meant.file !== null || listed.file !== null) return false
  const [ours, there] = [toHtml(meant.body), listed.html].map(wordsIn)
  if (!ours || !there || ours.length < FEWEST) return false

  const left = new Map<string, number>()
  for (const word of ours) left.set(word, (left.get(word) ?? 0) + 1)
  const added = there.filter((word) => {
    const count = left.get(word) ?? 0
    left.set(word, count - 1)
    return count <= 0
  })
  const same = there.length - added.length
  const enough = added.length ? MOST_OF_THEM : HALF_OF_THEM
  const isMostly = same >= enough * Math.max(ours.length, there.length)
  return isMostly && !added.some((word) => /\p{N}/u.test(word))
}

function wordsIn(html: string) {
  return readHtml(html, NOBODY).text.match(/[\p{L}\p{N}]+/gu) ?? []
}

const NOBODY = 0
