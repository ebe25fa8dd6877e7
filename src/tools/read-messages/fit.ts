/** What is read of a message, as the model is shown it. */
export interface Entry {
  id: number
  /** The day of the calendar where the bot's clock is, and the time of that day. */
  day: string
  at: string
  author: string
  bot?: true
  file?: string
  quote?: { author: string; messageId: number | null; text: string }
  text?: string
}

interface Fitting {
  entries: Entry[]
  /** So many of the oldest are not among them. */
  left: number
  /** So many lost the end of their text. */
  shortened: number
}

/** Of every text so much is kept, whatever else there is to read: what matters is seldom said later. */
const LEAST = 300
const LENGTHS = [Number.POSITIVE_INFINITY, 4_000, 2_000, 1_000, 600, LEAST]

/**
 * As many of the newest as fit into so many tokens. Long texts are shortened first, since one that is pasted
 * would cost what fifty people said; only then the oldest are left out.
 */
export function fitEntries(all: Entry[], tokens: number): Fitting {
  const fits = (entries: Entry[]) => sum(entries.map(tokensOf)) <= tokens
  for (const length of LENGTHS) {
    const entries = all.map((entry) => clipped(entry, length))
    if (fits(entries)) return { entries, left: 0, shortened: shortenedIn(entries, all) }
  }
  const least = all.map((entry) => clipped(entry, LEAST))
  let room = tokens
  const first = least.findLastIndex((entry) => {
    room -= tokensOf(entry)
    return room < 0
  })
  const entries = least.slice(first + 1)
  return { entries, left: first + 1, shortened: shortenedIn(entries, all.slice(first + 1)) }
}

function clipped(entry: Entry, length: number): Entry {
  const { text, quote } = entry
  return {
    ...entry,
    ...(quote && { quote: { ...quote, text: clip(quote.text, Math.min(length, LEAST)) } }),
    ...(text !== undefined && { text: clip(text, length) }),
  }
}

function clip(text: string, length: number) {
  if (text.length <= length) return text
  return `${text.slice(0, length).toWellFormed()}… (+${text.length - length} characters)`
}

function shortenedIn(entries: Entry[], whole: Entry[]) {
  return entries.filter(({ text }, index) => text !== whole[index]?.text).length
}

/** English has four bytes to a token, other scripts three. */
const BYTES = 3

function tokensOf({ day: _, ...entry }: Entry) {
  return Math.ceil(new TextEncoder().encode(JSON.stringify(entry)).length / BYTES)
}

function sum(numbers: number[]) {
  return numbers.reduce((all, number) => all + number, 0)
}
