import type { Token } from 'marked'
import { emailAround, endOfAddress } from './address.ts'
import { delimiterAt } from './emphasis.ts'
import { escapeAt, pathAt } from './escapes.ts'
import { closersOf, endBefore } from './inline/closers.ts'
import { codeIn, findTicks } from './inline/code.ts'
import { emphasized, type Piece } from './inline/emphasized.ts'
import { type Bracket, type Links, labelOf, linkBehind, linkTo } from './inline/links.ts'
import { pointedAt } from './inline/pointed.ts'

export { EVERY_LINK } from './inline/links.ts'

/** What of a text that is still being written can be shown, and what closes it. */
export interface Healed {
  end: number
  closers: string
}

/** Answers 'half' where what begins there may become something else once more of it is written. */
export type IsHalf = (text: string, at: number) => boolean

/**
 * Inline Markdown, read once from its start to its end. marked is not asked: it takes seconds for what
 * is hard to read, and knows CommonMark's rules alone. The same reader heals what is still being
 * written, so that both see the same.
 */
export function parseInline(text: string, links: Links = {}): Token[] {
  return new InlineReader(text, links).tokens()
}

export function healInline(text: string, isHalf: IsHalf): Healed {
  return new InlineReader(text, {}, isHalf).healed()
}

class InlineReader {
  #text: string
  #links: Links
  #isHalf: IsHalf | null
  #at = 0
  /** Where the plain text begins that is not among the pieces yet. */
  #from = 0
  #pieces: Piece[] = []
  #brackets: Bracket[] = []
  /** Lengths of backticks that have no other half. */
  #lonely = new Set<number>()
  #heldAt: number | null = null
  /** Code at the end that is not closed. */
  #code: { end: number; closer: string } | null = null

  constructor(text: string, links: Links, isHalf: IsHalf | null = null) {
    this.#text = text
    this.#links = links
    this.#isHalf = isHalf
  }

  tokens(): Token[] {
    this.#read()
    return emphasized(this.#text, this.#pieces).tokens
  }

  healed(): Healed {
    this.#read()
    if (this.#heldAt !== null) return { end: this.#heldAt, closers: '' }

    const { open, left } = emphasized(this.#text, this.#pieces, this.#text.length)
    const closers = closersOf(open)
    if (this.#code) return { end: this.#code.end, closers: this.#code.closer + closers }
    if (left > 0) return { end: this.#text.length - left, closers: '' }
    return { end: closers ? endBefore(this.#text, closers) : this.#text.length, closers }
  }

  #read() {
    const text = this.#text
    while (this.#at < text.length && this.#heldAt === null && !this.#code) {
      PLAIN.lastIndex = this.#at
      if (PLAIN.test(text)) this.#at = PLAIN.lastIndex
      if (this.#at < text.length) this.#next()
    }
    if (this.#heldAt === null && !this.#code) this.#flush(text.length)
  }

  #next() {
    const text = this.#text
    const at = this.#at
    const sign = text[at] ?? ''
    const isImage = sign === '!' && text[at + 1] === '['
    if (
      this.#isHalf &&
      (isImage || /[[\\<&]/.test(sign)) &&
      this.#isHalf(text, at + Number(isImage))
    ) {
      this.#hold(at)
    } else if (sign === '\\') this.#escape()
    else if (sign === '`') this.#codeSpan()
    else if (sign === '*' || sign === '_' || sign === '~') this.#delimiter()
    else if (sign === '!' || sign === '[') this.#openBracket()
    else if (sign === ']') this.#closeBracket()
    else if (sign === '<') this.#pointed()
    else if (sign === '\n') this.#lineBreak()
    else if (sign === '@') this.#email()
    else this.#bare()
  }

  #hold(at: number) {
    this.#heldAt = at
  }

  /** The plain text up to here, and then this; both are done with. */
  #push(token: Piece, start = this.#at) {
    this.#flush(start)
    this.#pieces.push(token)
    this.#at = this.#from = start + token.raw.length
  }

  #flush(end: number) {
    const raw = this.#text.slice(this.#from, end)
    if (raw) this.#pieces.push({ type: 'text', raw, text: raw })
    this.#from = end
  }

  #escape() {
    const isBreak = this.#text[this.#at + 1] === '\n'
    if (isBreak) this.#push({ type: 'br', raw: '\\\n' })
    else this.#push({ type: 'escape', ...escapeAt(this.#text, this.#at) })
  }

  #codeSpan() {
    const [text, start] = [this.#text, this.#at]
    const length = this.#runLength()
    const body = start + length
    const end = this.#lonely.has(length) ? -1 : findTicks(text, body, length)
    if (end !== -1) {
      const raw = text.slice(start, end + length)
      return this.#push({ type: 'codespan', raw, text: codeIn(text.slice(body, end)) })
    }

    this.#lonely.add(length)
    if (!this.#isHalf) return this.#skip(length)
    const code = text.slice(body).replace(/`+$/, '')
    this.#flush(start)
    if (code.trim()) this.#code = { end: body + code.length, closer: '`'.repeat(length) }
    else this.#hold(start)
  }

  #delimiter() {
    const length = this.#runLength()
    const isAtEnd = this.#at + length === this.#text.length
    // One tilde is more often "3~5" than a mistake, more than two are a fence, and many stars a rating.
    if (this.#text[this.#at] === '~' ? length === 2 : length <= 3) {
      this.#push(delimiterAt(this.#text, this.#at, length))
    } else if (this.#isHalf && isAtEnd && length === 1) this.#hold(this.#at)
    else this.#skip(length)
  }

  #openBracket() {
    const isImage = this.#text[this.#at] === '!'
    if (isImage && this.#text[this.#at + 1] !== '[') return this.#skip(1)

    const raw = isImage ? '![' : '['
    const at = this.#at
    this.#push({ type: 'text', raw, text: raw })
    this.#brackets.push({ at, index: this.#pieces.length - 1, isImage, isActive: true })
  }

  #closeBracket() {
    const bracket = this.#brackets.pop()
    const found = bracket?.isActive ? linkBehind(this.#text, this.#at, bracket, this.#links) : null
    if (!bracket || !found) return this.#skip(1)

    this.#flush(this.#at)
    const inside = this.#pieces.splice(bracket.index).slice(1)
    const raw = this.#text.slice(bracket.at, found.end)
    const label = labelOf(this.#text, this.#at, bracket)
    const { tokens } = emphasized(this.#text, inside)
    const type = bracket.isImage ? 'image' : 'link'
    this.#push({ ...found, type, raw, text: label, tokens }, bracket.at)

    // There are no links in links.
    if (!bracket.isImage) for (const one of this.#brackets) one.isActive &&= one.isImage
  }

  #pointed() {
    const token = pointedAt(this.#text, this.#at)
    if (token) this.#push(token)
    else this.#skip(1)
  }

  #lineBreak() {
    const indent = /^\n[ \t]*/.exec(this.#text.slice(this.#at, this.#at + 200))?.[0] ?? '\n'
    const before = this.#text.slice(this.#from, this.#at)
    const spaces = before.length - before.replace(/[ \t]+$/, '').length
    const start = this.#at - spaces
    this.#push({ type: 'br', raw: this.#text.slice(start, this.#at + indent.length) }, start)
  }

  #email() {
    const email = emailAround(this.#text, this.#at, this.#from)
    if (!email) return this.#skip(1)
    const raw = this.#text.slice(email.start, email.end)
    this.#push(linkTo(raw, raw, `mailto:${raw}`), email.start)
  }

  #bare() {
    const [text, at] = [this.#text, this.#at]
    const path = pathAt(text, at)
    const end = path ? null : endOfAddress(text, at)
    if (path) this.#push({ type: 'escape', raw: path, text: path })
    else if (end !== null) {
      const raw = text.slice(at, end)
      this.#push(linkTo(raw, raw, /^www\./i.test(raw) ? `http://${raw}` : raw))
    } else {
      WORD.lastIndex = at
      this.#skip(WORD.test(text) ? WORD.lastIndex - at : 1)
    }
  }

  #skip(length: number) {
    this.#at += length
  }

  #runLength() {
    let end = this.#at
    while (this.#text[end] === this.#text[this.#at]) end++
    return end - this.#at
  }
}

/** What begins nothing. A letter may begin an address or a drive, where a word begins. */
const PLAIN = /[^\\`*_~![\]<\n@&A-Za-z]+/y
const WORD = /[A-Za-z]+[\p{L}\p{N}]*/uy
