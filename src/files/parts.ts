export interface Part {
  /** From 1 on. */
  number: number
  /** The headings that are in it, or its first words. */
  about: string[]
  text: string
}

/** In characters: what a model reads at a time. */
const LONGEST = 12_000
/** Behind so much of a part the next heading begins another. */
const ENOUGH = 6_000
const MOST_HEADINGS = 12

/** A text in parts, each of which begins where something begins. */
export function partsOf(text: string): Part[] {
  const parts: Part[] = []
  for (let from = 0; from < text.length; ) {
    const to = endOf(text, from)
    const words = text.slice(from, to).trim()
    if (words) parts.push({ number: parts.length + 1, about: headingsIn(words), text: words })
    from = to
  }
  return parts
}

function endOf(text: string, from: number) {
  const window = text.slice(from, from + LONGEST)
  const heading = window.slice(ENOUGH).search(/\n(?=#{1,6} )/)
  if (heading >= 0) return from + ENOUGH + heading + 1
  if (window.length < LONGEST) return text.length
  for (const border of ['\n\n', '\n', '. ', ' ']) {
    const at = window.lastIndexOf(border)
    if (at > ENOUGH) return from + at + border.length
  }
  const isPair = /[\ud800-\udbff]$/.test(window)
  return from + LONGEST - (isPair ? 1 : 0)
}

function headingsIn(text: string) {
  const headings = Array.from(text.matchAll(/^#{1,6} +(.+)$/gm), ([, words = '']) => short(words))
  return headings.length ? headings.slice(0, MOST_HEADINGS) : [short(text.split('\n')[0] ?? '')]
}

function short(words: string) {
  return words.length > 100 ? `${words.slice(0, 100).toWellFormed()}…` : words
}
