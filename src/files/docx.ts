import { levelsIn } from './docx/levels.ts'
import { Prose } from './prose.ts'
import { type Source, Unreadable } from './source.ts'
import { attributeIn, readXml, type XmlHandler } from './xml.ts'
import { type Entry, entriesIn, inflate } from './zip.ts'

/** In bytes, unpacked; none of it is held. */
const MOST = 80_000_000

/** The words of a document, with its headings, lists, tables and notes. Macros are nothing that anybody reads. */
export function docxAsText(source: Source): Prose {
  const entries = entriesIn(source) ?? new Map<string, Entry>()
  const read = (name: string) => {
    const entry = entries.get(name)
    return entry ? inflate(source, entry, MOST) : []
  }
  if (!entries.has('word/document.xml')) throw new Unreadable('The document has no text in it.')
  const levels = levelsIn(read('word/styles.xml'))
  const prose = new Prose()
  readXml(whileThereIsRoom(read('word/document.xml'), prose), new Words(prose, levels))
  for (const notes of ['footnotes', 'endnotes']) {
    const words = new Words(prose, levels)
    readXml(whileThereIsRoom(read(`word/${notes}.xml`), prose), words)
  }
  return prose
}

function* whileThereIsRoom(pieces: Iterable<Uint8Array>, prose: Prose) {
  for (const piece of pieces) {
    yield piece
    if (prose.isFull) return
  }
}

class Words implements XmlHandler {
  #prose: Prose
  #levels: Map<string, number>
  #isText = false
  /** The second form of what is drawn: a program that knows the first does not show it. */
  #fallbacks = 0
  #cells = 0
  /** The first words of a note stand behind its number. */
  #isNote = false

  constructor(prose: Prose, levels: Map<string, number>) {
    this.#prose = prose
    this.#levels = levels
  }

  open(tag: string, attributes: string) {
    if (tag === 'Fallback') this.#fallbacks++
    if (this.#fallbacks) return
    const value = () => attributeIn(attributes, 'val') ?? ''
    if (tag === 'p' && this.#isNote) this.#isNote = false
    else if (tag === 'p' && !this.#cells) this.#prose.block()
    else if (tag === 'p') this.#prose.flow(' ')
    else if (tag === 't') this.#isText = true
    else if (tag === 'tab') this.#prose.write('\t')
    else if (tag === 'br' || tag === 'cr') this.#break()
    else if (tag === 'pStyle' && !this.#cells) this.#style(this.#levels.get(value()))
    else if (tag === 'outlineLvl') this.#style(Number(value()) + 1)
    else if (tag === 'ilvl' && !this.#cells) this.#prose.item(Number(value()))
    else if (tag === 'tr') this.#prose.break()
    else if (tag === 'tc') {
      this.#cells++
      this.#prose.write('| ')
    } else if (/^(footnote|endnote)Reference$/.test(tag)) this.#prose.write(this.#note(attributes))
    else if (tag === 'footnote' || tag === 'endnote') {
      this.#prose.block()
      this.#prose.write(`${this.#note(attributes)} `)
      this.#isNote = true
    }
  }

  text(text: string) {
    if (this.#isText && !this.#fallbacks) this.#prose.write(text)
  }

  close(tag: string) {
    if (tag === 'Fallback') this.#fallbacks--
    else if (tag === 't') this.#isText = false
    else if (this.#fallbacks) return
    else if (tag === 'tc') {
      this.#cells--
      this.#prose.write(' ')
    } else if (tag === 'tr' || (tag === 'p' && !this.#cells)) this.#prose.break()
  }

  #style(level: number | undefined) {
    if (level !== undefined && level >= 1 && level <= 9 && !this.#cells) this.#prose.heading(level)
  }

  #break() {
    if (this.#cells) this.#prose.write(' ')
    else this.#prose.break()
  }

  #note(attributes: string) {
    return `[^${attributeIn(attributes, 'id') ?? ''}]`
  }
}
