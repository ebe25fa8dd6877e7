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
  /** So many characters of it are not here. */
  rest?: number
}

interface Fitting {
  entries: Omit<Entry, 'rest'>[]
  /** So many of the oldest are not among them. */
  left: number
  /** So many lost the end of their text. */
  shortened: number
}

/** Of every text so much is kept, whatever else there is to read: what matters is seldom said later. */
const LEAST = 300
const LONGEST_OF_MANY = 4_000
const LENGTHS = [Number.POSITIVE_INFINITY, LONGEST_OF_MANY, 2_000, 1_000, 600, LEAST]

/** What cannot be shown whole in any case is not kept whole: one of 400 messages may be as long as a book. */
export function lightened(all: Entry[], tokens: number): Entry[] {
  const lengths = all.map(({ text = '', quote }) => text.length + (quote?.text.length ?? 0))
  if (sum(lengths) <= tokens * BYTES) return all
  return all.map((entry) => {
    const { text = '', rest = 0 } = entry
    if (text.length <= LONGEST_OF_MANY) return entry
    return {
      ...entry,
      text: copied(text.slice(0, LONGEST_OF_MANY)),
      rest: rest + text.length - LONGEST_OF_MANY,
    }
  })
}

/** What is cut out of a string holds on to all of it. */
function copied(text: string) {
  return new TextDecoder().decode(new TextEncoder().encode(text))
}

/**
 * As many of the newest as fit into so many tokens. Long texts are shortened first, since one that is pasted
 * would cost what fifty people said; only then the oldest are left out.
 */
export function fitEntries(all: Entry[], tokens: number): Fitting {
  const fits = (entries: Fitting['entries']) => sum(entries.map(tokensOf)) <= tokens
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

function clipped({ rest, ...entry }: Entry, length: number): Fitting['entries'][number] {
  const { text, quote } = entry
  return {
    ...entry,
    ...(quote && { quote: { ...quote, text: clip(quote.text, Math.min(length, LEAST)) } }),
    ...(text !== undefined && { text: clip(text, length, rest) }),
  }
}

function clip(text: string, length: number, rest = 0) {
  if (text.length <= length && !rest) return text
  const kept = text.slice(0, length)
  return `${kept.toWellFormed()}… (+${rest + text.length - kept.length} characters)`
}

function shortenedIn(entries: Fitting['entries'], whole: Entry[]) {
  return entries.filter(({ text }, index) => text !== whole[index]?.text).length
}

/** English has four bytes to a token, other scripts three. */
const BYTES = 3

function tokensOf({ day: _, ...entry }: Fitting['entries'][number]) {
  return Math.ceil(new TextEncoder().encode(JSON.stringify(entry)).length / BYTES)
}

function sum(numbers: number[]) {
  return numbers.reduce((all, number) => all + number, 0)
}
