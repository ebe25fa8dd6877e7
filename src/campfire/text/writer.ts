/**
 * Text in the making: blocks never touch, and spaces stay as they were typed. Only those with a line
 * break among them, and a single one at the start of a line, are how HTML is laid out.
 */
export class Writer {
  #lines: string[] = []
  #line = ''
  /** Of the line. To ask the line itself would copy it each time. */
  #endsInSpace = false
  #gap = 0
  #hasLeftOut = false

  /** Something that is no part of the text stood here: nor is the blank that a composer puts behind it. */
  leaveOut() {
    this.#hasLeftOut = true
  }

  /** Inline text. */
  write(text: string) {
    const indent = /^\s*/.exec(text)?.[0] ?? ''
    const rest = text.slice(indent.length)
    if (indent) this.#space(indent)
    if (!/[\n\r\f]/.test(rest)) return this.put(rest.replaceAll('\u00a0', ' '))

    for (const piece of rest.split(SPACES)) {
      if (isSpace(piece)) this.#space(piece)
      else this.put(piece)
    }
  }

  #space(typed: string) {
    const isBehind = this.#hasLeftOut && typed === '\u00a0'
    const isLaidOut = /[\n\r\f]/.test(typed) || typed === ' ' || isBehind
    this.#hasLeftOut = false
    const atStart = this.#gap > 0 || this.#line === '' || this.#endsInSpace
    if (!isLaidOut) this.put(typed.replaceAll('\u00a0', ' '))
    else if (!atStart) this.put(' ')
  }

  /** Text that stays as it is. */
  put(text: string) {
    if (!text) return

    this.#hasLeftOut = false
    this.#closeGap()
    this.#line += text
    this.#endsInSpace = isSpace(text.slice(-1))
  }

  block(text: string, lines: 1 | 2) {
    this.gap(lines)
    this.put(text)
    this.gap(lines)
  }

  newLine() {
    this.#closeGap()
    // One empty line is enough, however many breaks there are.
    if (this.#line || this.#lines.at(-1)) this.#endLine()
  }

  /** What comes next stands at least so many lines below. */
  gap(lines: 1 | 2) {
    this.#gap = Math.max(this.#gap, lines)
  }

  /** Without empty lines around it; what the first line is indented by stays. */
  toString() {
    const lines = [...this.#lines, this.#line.trimEnd()]
    const first = lines.findIndex((line) => line.trim())
    const last = lines.findLastIndex((line) => line.trim())
    return lines.slice(Math.max(0, first), last + 1).join('\n')
  }

  #closeGap() {
    if (this.#gap > 0 && this.#line.trim()) this.#endLine()
    else if (this.#gap > 0) this.#line = ''
    if (this.#gap > 1 && this.#lines.at(-1)) this.#lines.push('')
    this.#gap = 0
  }

  #endLine() {
    this.#lines.push(this.#line.trimEnd())
    this.#line = ''
  }
}

/** Runs of spaces, and what stands between them. */
const SPACES = /([^\S]+)/

function isSpace(text: string) {
  return /^\s/.test(text)
}
