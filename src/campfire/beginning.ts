import { heal } from './heal.ts'
import { toHtml } from './html.ts'
import { fingerprint } from './text.ts'

/** An answer that is longer is cut while it grows: see reply/draft.ts. */
const GROWS_TO = 3_500
const MOST_COMPARED = 4_000
/** How far the length of what is shown may be from where a search by halves finds it. */
const NEAR = 40
const LONGEST_STATUS = 200

/**
 * Whether a message shows what an answer looked like while it grew: its words up to some point, healed, and
 * perhaps a line about what we are at. Nothing at all is no beginning: somebody has blanked it.
 */
export function showsBeginning(html: string, words: string, people: ReadonlyMap<string, string>) {
  const print = fingerprint(withoutStatus(html))
  // Only of what is long an end in three dots is ours; otherwise somebody has put them there.
  const shown = words.length > GROWS_TO ? print.replace(/\uFFFD?…$/, '') : print
  if (!shown) return false
  const prints = (text: string) => fingerprint(toHtml(text, people))
  if (prints(words).startsWith(shown)) return true

  // What is half written may look otherwise (a table, a name that is no mention yet): so as it was then.
  const text = words.slice(0, MOST_COMPARED)
  const at = (length: number) => prints(heal(text.slice(0, length)))
  let [low, high] = [0, text.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (at(middle).length < shown.length) low = middle + 1
    else high = middle
  }
  const near = Array.from({ length: 2 * NEAR + 1 }, (_, index) => low - NEAR + index)
  return near.some((length) => length > 0 && length <= text.length && at(length) === shown)
}

/** Whether it shows at least what was there at first. */
export function goesOn(html: string, first: string) {
  return fingerprint(html).startsWith(fingerprint(withoutStatus(first)))
}

/** The last line in italics. */
export function withoutStatus(html: string) {
  const from = html.lastIndexOf('<em>')
  const line = from < 0 ? '' : html.slice(from, from + LONGEST_STATUS + 1)
  const isStatus = line.length <= LONGEST_STATUS && /^<em>[^<]+…<\/em>(\s|<\/?[a-z]+>)*$/.test(line)
  return isStatus ? html.slice(0, from) : html
}
