import { MOST_COLUMNS, type Row, type Sheet } from './cells.ts'
import { beginningOf, type Charset, charsetOf, SAMPLE, textIn } from './charset.ts'
import { type Separator, separatorIn } from './separator.ts'
import { type Source, Unreadable } from './source.ts'

/** A quote that nobody closes makes one field of all that follows. */
const LONGEST_FIELD = 1_000_000

/** A table that is written as text: how it is written, and what separates its fields, is told by looking at it. */
export function csvIn(source: Source): Sheet {
  const charset = charsetOf(source) ?? 'windows-1252'
  const beginning = withoutMark(beginningOf(source, charset))
  // Excel takes it from there, too.
  const said = /^sep=(.)\r?\n/i.exec(beginning)?.[1] as Separator | undefined
  const separator = said ?? separatorIn(beginning, source.bytes <= SAMPLE) ?? ','
  return {
    name: 'table',
    isHidden: false,
    isWritten: true,
    rows: () => rowsIn(source, charset, separator, said !== undefined),
    notes: () => [],
  }
}

function withoutMark(text: string) {
  return text.replace(/^\ufeff/, '')
}

function* rowsIn(
  source: Source,
  charset: Charset,
  separator: string,
  skipsFirst: boolean,
): Generator<Row> {
  const records = new Records(separator)
  let number = skipsFirst ? -1 : 0
  for (const text of textIn(source, charset)) {
    for (const cells of records.read(text)) if (++number > 0) yield { number, cells }
  }
  for (const cells of records.end()) if (++number > 0) yield { number, cells }
}

/** RFC 4180, and what programs make of it: a quote within a field that began without one is a sign like any other. */
class Records {
  #separator: string
  #cells: (string | null)[] = []
  #field = ''
  #state: 'begin' | 'bare' | 'quoted' | 'closed' = 'begin'
  #isBroken = false

  constructor(separator: string) {
    this.#separator = separator
  }

  *read(text: string) {
    let from = 0
    const upTo = (at: number) => {
      this.#field += text.slice(from, at)
      if (this.#field.length > LONGEST_FIELD)
        throw new Unreadable('A quote in the file is never closed, so nobody can tell its fields.')
    }
    for (let at = 0; at < text.length; at++) {
      const sign = text[at]
      if (this.#state === 'quoted') {
        if (sign !== '"') continue
        upTo(at)
        from = at + 1
        this.#state = 'closed'
        continue
      }
      if (sign === '"' && this.#state !== 'bare') {
        // The second of two is one that is meant.
        if (this.#state === 'closed') this.#field += '"'
        from = at + 1
        this.#state = 'quoted'
        this.#isBroken = false
        continue
      }
      const isEnd = sign === '\n' || sign === '\r'
      if (sign !== this.#separator && !isEnd) {
        if (this.#state !== 'bare') from = at
        this.#state = 'bare'
        this.#isBroken = false
        continue
      }
      if (this.#state === 'bare') upTo(at)
      from = at + 1
      // A line ends with both of them, or with one.
      const isSecond = sign === '\n' && this.#isBroken
      this.#isBroken = sign === '\r'
      if (isSecond) continue
      this.#endField()
      if (isEnd) yield* this.#endRecord()
    }
    if (this.#state === 'bare' || this.#state === 'quoted') upTo(text.length)
  }

  *end() {
    if (this.#state === 'begin' && !this.#cells.length) return
    this.#endField()
    yield* this.#endRecord()
  }

  #endField() {
    const text = this.#field.trim()
    if (this.#cells.length < MOST_COLUMNS) this.#cells.push(text === '' ? null : text)
    this.#field = ''
    this.#state = 'begin'
  }

  *#endRecord() {
    const cells = this.#cells
    this.#cells = []
    if (cells.some((cell) => cell !== null)) yield cells
    else yield []
  }
}
