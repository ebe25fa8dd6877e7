/** So many characters of a document are read: some eight hundred pages. */
const MOST = 2_000_000

/** Puts a document together as plain text: headings as Markdown has them, an item in a line, a row in a line. */
export class Prose {
  #blocks: string[] = []
  #line = ''
  /** What the line ends with is not looked at each time: that would go through all of it. */
  #endsBlank = true
  #before = ''
  #length = 0

  /** There is no room for more. */
  get isFull() {
    return this.#length + this.#line.length >= MOST
  }

  write(text: string) {
    if (this.isFull || text === '') return
    this.#line += text
    this.#endsBlank = /\s$/.test(text.slice(-1))
  }

  /** In one line, whatever breaks it has where it was written. */
  flow(text: string) {
    const flat = text.replace(/[\s\u00a0]+/g, ' ')
    this.write(this.#endsBlank ? flat.trimStart() : flat)
  }

  break() {
    if (this.#line.trim() !== '') {
      const line = this.#before + this.#line.trimEnd()
      this.#blocks.push(line)
      this.#length += line.length + 1
      this.#before = ''
    }
    this.#line = ''
    this.#endsBlank = true
  }

  /** An empty line, and what stands before the first words that follow. */
  block(before = '') {
    this.break()
    if (this.#blocks.length && this.#blocks.at(-1) !== '') this.#blocks.push('')
    this.#before = before
  }

  heading(level: number) {
    this.block(`${'#'.repeat(Math.min(Math.max(level, 1), 6))} `)
  }

  item(depth: number) {
    this.break()
    this.#before = `${'  '.repeat(Math.min(depth, 8))}- `
  }

  toString() {
    this.break()
    const text = this.#blocks.join('\n').trim()
    return text.length > MOST ? text.slice(0, MOST).toWellFormed() : text
  }
}

export const MOST_OF_A_TEXT = MOST
