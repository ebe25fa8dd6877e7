import { endOfBlocks, inlineStart, isHeading } from './heal/block.ts'
import { closeFence, lastFences, withoutCode } from './heal/fence.ts'
import { healInline } from './heal/inline.ts'

// Each round holds something back; an answer nested deeper than this is shown as it is.
const MOST_ROUNDS = 20

/** Several times as much as is shown of an answer that grows. */
const MOST_HEALED = 10_000

/**
 * Markdown that is still being written, fit to be shown: what is open is closed, and what cannot be
 * told yet (half a link, a table without its rule, a marker with nothing behind it) is held back.
 * A marker that never finds its other half is text again as soon as its paragraph ends.
 */
export function heal(markdown: string): string {
  return healWhole(markdown.slice(0, MOST_HEALED))
}

/** The same, of something that will not grow any more: however long it is, all of it is kept. */
export function healWhole(markdown: string): string {
  const text = markdown.replace(/\r\n?/g, '\n').replace(/[\uD800-\uDBFF]$/, '')
  const { open, closed } = lastFences(text)
  const whole = open && closeFence(text, open)
  if (whole) return whole

  const shown = text.slice(0, open?.at)
  const start = Math.max(closed, lastParagraphs(shown))
  return shown.slice(0, start) + healEnd(shown.slice(start))
}

/** Where the last of them begin, as far back as is healed. */
function lastParagraphs(text: string) {
  if (text.length <= MOST_HEALED) return 0
  const gap = text.indexOf('\n\n', text.length - MOST_HEALED)
  return gap < 0 ? text.length : gap
}

/** Whether something complete can be read at its beginning: a block of more than headings, and an empty line after it. */
export function hasParagraph(markdown: string): boolean {
  const beginning = markdown.slice(0, MOST_HEALED).replace(/\r\n?/g, '\n')
  const blocks = withoutCode(beginning).split(/\n[^\S\n]*\n/)
  return blocks.slice(0, -1).some((block) => {
    const lines = block.split('\n').filter((line) => line.trim())
    return lines.some((line) => !isHeading(line))
  })
}

/** One that is whole, with more to come after it, and says something: no heading, no greeting of two letters. */
export function hasSentence(markdown: string): boolean {
  const beginning = markdown.slice(0, BEGINNING).replace(/\r\n?/g, '\n')
  return withoutCode(beginning)
    .split('\n')
    .some((line) => !isHeading(line) && SENTENCE.test(line))
}

const BEGINNING = 1_000

const SENTENCE = /[\p{L}\p{N}].{10,}?(?:[.!?…]["”’)*_]{0,3}\s|[。！？])/u

/** Whether a name stands at the end that may go on: of Ann and Ann Lee, the first would be told by mistake. */
export function endsInName(markdown: string): boolean {
  return NAME_AT_END.test(markdown.slice(-LONGEST_NAME))
}

const LONGEST_NAME = 60
const NAME_AT_END =
  /(?:^|[^\w.+/@-])[@＠﹫][*_]{0,3}(?:\p{Lu}\.|[\p{L}\p{M}\p{N}'’-])*(?: (?:\p{Lu}\.|[\p{L}\p{M}\p{N}'’-])*){0,2}$/u

function healEnd(text: string) {
  let rest = text
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const shown = rest.slice(0, endOfBlocks(rest))
    const start = inlineStart(shown)
    const { end, closers } = healInline(shown.slice(start))
    const next = shown.slice(0, start + end)

    if (closers) return next + closers
    if (next === rest) return rest
    rest = next
  }
  return rest
}
