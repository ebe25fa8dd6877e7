import type { Token, Tokens } from 'marked'
import { destinationAt, emailAround, endOfAddress } from './address.ts'
import { type Delimiter, delimiterAt, isOver, matches, type Opener } from './emphasis.ts'
import { escapeAt, pathAt } from './escapes.ts'

export type Links = Record<string, { href?: string | null; title?: string | null }>

/** As if all that is in brackets were defined: for whoever must not cut through what may be a link. */
export const EVERY_LINK: Links = {}

type Piece = Token | Delimiter

interface Bracket {
  at: number
  index: number
  isImage: boolean
  isActive: boolean
}

/** What of a text that is still being written can be shown, and what closes it. */
export interface Healed {
  end: number
  closers: string
}

/** Answers 'half' where what begins there may become something else once more of it is written. */
export type IsHalf = (text: string, at: number) => boolean

// More than that at once are no emphasis.
const MOST_OPEN = 20

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
    const found = bracket?.isActive ? this.#linkBehind(bracket) : null
    if (!bracket || !found) return this.#skip(1)

    this.#flush(this.#at)
    const inside = this.#pieces.splice(bracket.index).slice(1)
    const raw = this.#text.slice(bracket.at, found.end)
    const label = this.#text.slice(bracket.at + (bracket.isImage ? 2 : 1), this.#at)
    const { tokens } = emphasized(this.#text, inside)
    const type = bracket.isImage ? 'image' : 'link'
    this.#push({ ...found, type, raw, text: label, tokens }, bracket.at)

    // There are no links in links.
    if (!bracket.isImage) for (const one of this.#brackets) one.isActive &&= one.isImage
  }

  #linkBehind(bracket: Bracket) {
    const [text, after] = [this.#text, this.#at + 1]
    const destination = text[after] === '(' ? destinationAt(text, after) : null
    if (destination && !isCall(text, bracket, destination.href)) return destination

    const label = text.slice(bracket.at + (bracket.isImage ? 2 : 1), this.#at)
    const [reference, name] = /^\[([^[\]]{0,500})\]/.exec(text.slice(after, after + 503)) ?? [
      '',
      '',
    ]
    const link = linkNamed(this.#links, name || label)
    return (
      link && { href: link.href ?? '', title: link.title ?? null, end: after + reference.length }
    )
  }

  #pointed() {
    const [text, at] = [this.#text, this.#at]
    const address = stickyMatch(AUTOLINK, text, at)
    const shown = address?.slice(1, -1) ?? ''
    const br = stickyMatch(LINE_BREAK, text, at)
    const tag = commentAt(text, at) ?? stickyMatch(TAG, text, at)
    if (address)
      this.#push(linkTo(address, shown, /^[\w.+-]+@/.test(shown) ? `mailto:${shown}` : shown))
    else if (br) this.#push({ type: 'br', raw: br })
    else if (tag) this.#push({ type: 'html', raw: tag })
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

/** More than three of one sign in a row are none: then those further out stay open. */
function closersOf(open: Opener[]) {
  let closers = ''
  for (const { sign, left } of open.toReversed()) {
    const next = closers + sign.repeat(left)
    if (/(.)\1{3}$/.test(next)) break
    closers = next
  }
  return closers
}

/** Where these close something: right behind a slash or another star they would be text. */
function endBefore(text: string, closers: string) {
  const run = /^(.)\1*/.exec(closers)?.[0].length ?? 0
  const whole = text.trimEnd().length
  for (let end = whole; end > whole - MOST_HELD; end = text.slice(0, end - 1).trimEnd().length) {
    const before = text.slice(Math.max(0, end - 100), end)
    const isApart = !/\s[*_~]+$/.test(before)
    if (isApart && delimiterAt(before + closers, before.length, run).closes) return end
  }
  return whole
}

const MOST_HELD = 10

/** `f[i](x)`: no link, though it looks like one. */
function isCall(text: string, { at, isImage }: Bracket, href: string) {
  return !isImage && /[\w\])]/.test(text[at - 1] ?? '') && !/^(?:https?:|mailto:)/i.test(href)
}

/** Emphasis in pieces. `end`: what stands there is still being written. */
function emphasized(text: string, pieces: Piece[], end = -1) {
  const tokens: Token[] = []
  const open: (Opener & { index: number })[] = []
  let left = 0

  for (const piece of pieces) {
    if (piece.type !== 'delimiter') {
      tokens.push(piece as Token)
      continue
    }
    const delimiter = piece as Delimiter
    const isAtEnd = delimiter.at + delimiter.raw.length === end
    left = delimiter.closes ? close(delimiter, isAtEnd) : delimiter.raw.length
    if (left === 0) continue

    tokens.push(asText(delimiter.sign.repeat(left)))
    if (isAtEnd) break
    if (delimiter.opens) open.push({ ...delimiter, left, index: tokens.length - 1 })
    if (open.length > MOST_OPEN) open.shift()
    left = 0
  }
  return {
    tokens: merged(tokens),
    open: open.filter((one) => !isOver(text, one, text.length)),
    left,
  }

  /** Closes what such a run closes; how much of it is left over. */
  function close(closer: Delimiter, isAtEnd: boolean) {
    let rest = closer.raw.length
    while (rest > 0) {
      const at = open.findLastIndex((opener) => matches(text, opener, closer, rest))
      const opener = open[at]
      // One of two at the end is half of the marker to come.
      if (!opener || (isAtEnd && opener.left > rest)) return rest

      const used = Math.min(opener.left, rest, 2)
      const inside = tokens.splice(opener.index + 1)
      opener.left -= used
      open.splice(opener.left ? at + 1 : at)
      if (opener.left) tokens[opener.index] = asText(closer.sign.repeat(opener.left))
      else tokens.splice(opener.index)
      tokens.push(emphasis(closer.sign, used, merged(inside)))
      rest -= used
    }
    return 0
  }
}

function emphasis(sign: string, length: number, tokens: Token[]): Token {
  const marker = sign.repeat(length)
  const text = tokens.map(({ raw }) => raw).join('')
  const type = sign === '~' ? 'del' : length === 2 ? 'strong' : 'em'
  return { type, raw: marker + text + marker, text, tokens } as Token
}

/** Texts that stand side by side are one, so that a name may go on behind a marker that is none. */
function merged(tokens: Token[]) {
  const all: Token[] = []
  for (const token of tokens) {
    const last = all.at(-1)
    if (token.type === 'text' && last?.type === 'text') {
      all[all.length - 1] = asText(last.raw + token.raw)
    } else all.push(token)
  }
  return all
}

function asText(raw: string): Token {
  return { type: 'text', raw, text: raw }
}

function linkTo(raw: string, shown: string, href: string): Tokens.Link {
  const tokens = [{ type: 'text', raw: shown, text: shown, escaped: true } as Tokens.Text]
  return { type: 'link', raw, text: shown, href, title: null, autolink: true, tokens }
}

function linkNamed(links: Links, label: string): Links[string] | null | undefined {
  if (links === EVERY_LINK) return { href: '' }
  const name = label.trim().replace(/\s+/g, ' ').toLowerCase().toUpperCase().toLowerCase()
  return name && Object.hasOwn(links, name) ? links[name] : null
}

/** Line breaks in code are spaces, and one space at each end makes room for backticks. */
function codeIn(text: string) {
  const line = text.replace(/\n/g, ' ')
  return /^ .* $/.test(line) && line.trim() ? line.slice(1, -1) : line
}

function findTicks(text: string, from: number, length: number) {
  TICKS.lastIndex = from
  for (let run = TICKS.exec(text); run; run = TICKS.exec(text)) {
    if (run[0].length === length) return run.index
  }
  return -1
}

const TICKS = /`+/g

/** What begins nothing. A letter may begin an address or a drive, where a word begins. */
const PLAIN = /[^\\`*_~![\]<\n@&A-Za-z]+/y
const WORD = /[A-Za-z]+[\p{L}\p{N}]*/uy
const AUTOLINK = /<(?:(?:https?:\/\/|mailto:)[^\s<>]*|[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+)>/iy
const LINE_BREAK = /<br[ \t]{0,9}\/?>/iy
/** What looks like a tag is text, and nothing in it is markup. */
const TAG = /<(?:\/?[A-Za-z][^<>\n]*|![A-Za-z][^<>\n]*|\?[^<>\n]*)>/y

function commentAt(text: string, at: number) {
  const end = text.startsWith('<!--', at) ? text.indexOf('-->', at + 4) : -1
  return end === -1 ? null : text.slice(at, end + 3)
}

function stickyMatch(pattern: RegExp, text: string, at: number) {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? null
}
