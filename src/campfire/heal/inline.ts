import { afterLink, bracketsIn } from './link.ts'

/** What of an inline text can be shown, and what closes it. */
interface Healed {
  end: number
  closers: string
}

interface Opener {
  sign: string
  length: number
}

// More than that at once are no emphasis.
const MOST_OPEN = 20

const ENTITY =
  /&(?:#(?:\d*|x[\da-fA-F]*)|a(?:mp?|po?s?)?|l(?:t|a(?:rr?|quo?)?)?|g(?:t)?|q(?:u(?:ot?)?)?|n(?:b(?:sp?)?|d(?:a(?:sh?)?)?)?|m(?:d(?:a(?:sh?)?)?)?|h(?:e(?:l(?:l(?:ip?)?)?)?)?|r(?:a(?:rr?|quo?)?)?|t(?:i(?:m(?:es?)?)?)?|d(?:eg?)?|e(?:u(?:ro?)?)?)?$/y
const AUTOLINK = /<(?:https?:\/\/|mailto:)[^\s<>]*>/iy
const HALF_AUTOLINK =
  /<(?:(?:h(?:t(?:tp?)?)?|https?(?::\/{0,2})?|m(?:a(?:i(?:l(?:to?)?)?)?)?)?|(?:https?:\/\/|mailto:)[^\s<>]*)$/iy
const BARE_URL = /https?:\/\/[^\s<>*`)\]|"]*/iy

export function healInline(text: string): Healed {
  return new Scan(text).run()
}

/** One look through the text. It ends early where something begins that is held back. */
class Scan {
  #text: string
  #at = 0
  #open: Opener[] = []
  /** Lengths of backticks that have no other half. */
  #lonely = new Set<number>()
  #brackets: Map<number, number>

  constructor(text: string) {
    this.#text = text
    this.#brackets = bracketsIn(text)
  }

  run(): Healed {
    while (this.#at < this.#text.length) {
      const healed = this.#next()
      if (healed) return healed
    }
    return this.#open.length > 0 ? this.#closed('') : heldBackAt(this.#text.length)
  }

  #next(): Healed | null {
    const text = this.#text
    const at = this.#at
    switch (text[at]) {
      case '\\':
        this.#at += 2
        return at + 1 === text.length ? heldBackAt(at) : null
      case '`':
        return this.#code()
      case '*':
      case '_':
      case '~':
        return this.#emphasis()
      case '[':
        return this.#link()
      case '<':
        this.#at = endOf(AUTOLINK, text, at) ?? at + 1
        return endOf(HALF_AUTOLINK, text, at) ? heldBackAt(at) : null
      case '&':
        this.#at++
        return endOf(ENTITY, text, at) ? heldBackAt(at) : null
      default:
        this.#at = endOf(BARE_URL, text, at) ?? at + 1
        return null
    }
  }

  #code(): Healed | null {
    const text = this.#text
    const start = this.#at
    const length = this.#runLength()
    const body = start + length
    const end = this.#lonely.has(length) ? -1 : findTicks(text, body, length)
    if (end !== -1) {
      this.#at = end + length
      return null
    }

    this.#lonely.add(length)
    const code = text.slice(body).replace(/`+$/, '')
    if (!code.trim()) return heldBackAt(start)
    return { end: body + code.length, closers: '`'.repeat(length) + this.#closers() }
  }

  #link(): Healed | null {
    const text = this.#text
    const at = this.#at
    const start = text[at - 1] === '!' ? at - 1 : at
    const after = afterLink(text, at, this.#brackets.get(at))
    if (after === 'half') return heldBackAt(start)

    this.#at = after
    return null
  }

  #emphasis(): Healed | null {
    const at = this.#at
    const length = this.#runLength()
    this.#at += length
    const sign = this.#text[at] ?? ''
    const atEnd = this.#at === this.#text.length
    // One tilde is text, more than two are a fence.
    if (sign === '~' && length !== 2) return atEnd && length === 1 ? heldBackAt(at) : null

    const { opens, closes } = flanks(this.#text, at, length)
    const left = closes ? this.#close(sign, length) : length
    if (left > 0 && atEnd) return heldBackAt(this.#at - left)
    if (left > 0 && opens && this.#open.length < MOST_OPEN) this.#open.push({ sign, length: left })
    return null
  }

  /** Closes what such a marker closes; how much of it is left over. */
  #close(sign: string, length: number) {
    let left = length
    while (left > 0) {
      const index = this.#open.findLastIndex((opener) => opener.sign === sign)
      const opener = this.#open[index]
      if (!opener) return left
      // One of two at the end is half of the marker to come.
      if (opener.length > left && this.#at === this.#text.length) return left

      this.#open.splice(index)
      if (opener.length > left) this.#open.push({ sign, length: opener.length - left })
      left -= Math.min(left, opener.length)
    }
    return left
  }

  #closed(closers: string): Healed {
    return { end: this.#text.trimEnd().length, closers: closers + this.#closers() }
  }

  #closers() {
    return this.#open
      .toReversed()
      .map(({ sign, length }) => sign.repeat(length))
      .join('')
  }

  #runLength() {
    let end = this.#at
    while (this.#text[end] === this.#text[this.#at]) end++
    return end - this.#at
  }
}

function heldBackAt(end: number): Healed {
  return { end, closers: '' }
}

function endOf(pattern: RegExp, text: string, at: number) {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : null
}

function findTicks(text: string, from: number, length: number) {
  for (const { 0: ticks, index } of text.slice(from).matchAll(/`+/g)) {
    if (ticks.length === length) return from + index
  }
  return -1
}

/** Whether a marker can open or close, by what stands around it (CommonMark's rules). */
function flanks(text: string, at: number, length: number) {
  const [before, after] = [kindOf(text[at - 1]), kindOf(text[at + length])]
  const left = after !== 'space' && (after === 'word' || before !== 'word')
  const right = before !== 'space' && (before === 'word' || after !== 'word')
  if (text[at] === '_')
    return { opens: left && before !== 'word', closes: right && after !== 'word' }

  // 2*3 is a product.
  const around = `${text[at - 1] ?? ' '}${text[at + length] ?? ' '}`
  const product = length === 1 && /^[A-Za-z0-9]{2}$/.test(around)
  return { opens: left && !product, closes: right }
}

function kindOf(character: string | undefined) {
  if (character === undefined || /\s/.test(character)) return 'space'
  return /[\p{P}\p{S}]/u.test(character) ? 'mark' : 'word'
}
