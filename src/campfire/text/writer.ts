/** Text in the making: spaces collapse as in HTML, and blocks never touch. */
export class Writer {
  #lines: string[] = []
  #line = ''
  /** Of the line. To ask the line itself would copy it each time. */
  #endsInSpace = false
  #gap = 0

  /** Inline text. */
  write(text: string) {
    const atStart = this.#gap > 0 || this.#line === '' || this.#endsInSpace
    const collapsed = text.replace(/\s+/g, ' ')
    this.put(atStart ? collapsed.trimStart() : collapsed)
  }

  /** Text that stays as it is. */
  put(text: string) {
    if (!text) return

    this.#closeGap()
    this.#line += text
    this.#endsInSpace = text.endsWith(' ')
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

  toString() {
    return [...this.#lines, this.#line].join('\n').trim()
  }

  #closeGap() {
    if (this.#gap > 0 && this.#line) this.#endLine()
    if (this.#gap > 1 && this.#lines.at(-1)) this.#lines.push('')
    this.#gap = 0
  }

  #endLine() {
    this.#lines.push(this.#line.trimEnd())
    this.#line = ''
  }
}
