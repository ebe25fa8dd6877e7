import type { Sheet } from './cells.ts'
import { type Source, Unreadable } from './source.ts'
import { sheetOf } from './xlsx/sheet.ts'
import { stringsIn } from './xlsx/strings.ts'
import { stylesIn } from './xlsx/styles.ts'
import { attributeIn, readXml } from './xml.ts'
import { type Entry, entriesIn, inflate } from './zip.ts'

/** In bytes, unpacked. A sheet is never held; its texts are. */
const MOST = { workbook: 2_000_000, styles: 8_000_000, strings: 16_000_000, sheet: 160_000_000 }
const MOST_SHEETS = 200

/** What a workbook holds. Its formulas are not worked out: what they came to when it was saved is in it. */
export function sheetsIn(source: Source): Sheet[] {
  const entries = entriesIn(source) ?? new Map<string, Entry>()
  const read = (name: string | null, most: number) => {
    const entry = name === null ? undefined : entries.get(name)
    return entry ? inflate(source, entry, most) : []
  }
  const { sheets, is1904 } = workbookIn(read('xl/workbook.xml', MOST.workbook))
  const targets = targetsIn(read('xl/_rels/workbook.xml.rels', MOST.workbook))
  const named = (type: string) => targets.find((target) => target.type === type)?.path ?? null
  const once = <T>(make: () => T) => {
    let made: T | null = null
    return () => {
      made ??= make()
      return made
    }
  }
  const strings = once(() => stringsIn(read(named('sharedStrings'), MOST.strings)))
  const styles = once(() => stylesIn(read(named('styles'), MOST.styles)))

  return sheets.flatMap(({ name, id, isHidden }) => {
    const target = targets.find((target) => target.id === id && target.type === 'worksheet')
    if (!target || !entries.has(target.path)) return []
    const pieces = () => read(target.path, MOST.sheet)
    return [sheetOf({ name, isHidden, pieces, strings, styles, is1904 })]
  })
}

function workbookIn(pieces: Iterable<Uint8Array>) {
  const sheets: { name: string; id: string; isHidden: boolean }[] = []
  let is1904 = false
  readXml(pieces, {
    open(tag, attributes) {
      if (tag === 'workbookPr')
        is1904 = /^(1|true)$/.test(attributeIn(attributes, 'date1904') ?? '')
      if (tag !== 'sheet') return
      const [name, id, state] = ['name', 'id', 'state'].map((one) => attributeIn(attributes, one))
      if (sheets.length >= MOST_SHEETS) throw new Unreadable('The workbook has too many sheets.')
      if (name && id) sheets.push({ name, id, isHidden: /hidden/i.test(state ?? '') })
    },
  })
  return { sheets, is1904 }
}

function targetsIn(pieces: Iterable<Uint8Array>) {
  const targets: { id: string; type: string; path: string }[] = []
  readXml(pieces, {
    open(tag, attributes) {
      if (tag !== 'Relationship') return
      const [id, type, target] = ['Id', 'Type', 'Target'].map((one) => attributeIn(attributes, one))
      if (!id || !type || !target) return
      const path = target.startsWith('/') ? target.slice(1) : `xl/${target}`
      targets.push({ id, type: type.split('/').at(-1) ?? '', path })
    },
  })
  return targets
}
