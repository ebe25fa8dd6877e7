import { zipOf } from './zip.ts'

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

interface Wanted {
  /** The rows of each sheet as XML, with whatever stands behind them. */
  sheets: Record<string, string | ReadableStream<Uint8Array>>
  /** As XML, each in its `<si>`. */
  strings?: string[]
  /** What cells of style 1, 2 … show: a number of Excel's own, or a format. */
  formats?: (number | string)[]
  hidden?: string[]
  is1904?: boolean
  more?: Record<string, string>
}

/** A workbook as a spreadsheet program writes it, as far as anybody reads it here. */
export async function workbookOf({ sheets, strings = [], formats = [], ...wanted }: Wanted) {
  const names = Object.keys(sheets)
  const listed = names.map(
    (name, at) =>
      `<sheet name="${name}" sheetId="${at + 1}"${wanted.hidden?.includes(name) ? ' state="hidden"' : ''} r:id="rId${at + 1}"/>`,
  )
  const related = names.map((_, at) =>
    relation(at + 1, 'worksheet', `worksheets/sheet${at + 1}.xml`),
  )
  const others = [
    relation(98, 'sharedStrings', 'sharedStrings.xml'),
    relation(99, 'styles', '/xl/styles.xml'),
  ]
  const own = formats.map((format, at) =>
    typeof format === 'string' ? `<numFmt numFmtId="${164 + at}" formatCode="${format}"/>` : '',
  )
  const styles = [
    0,
    ...formats.map((format, at) => (typeof format === 'string' ? 164 + at : format)),
  ]
  return await zipOf({
    '[Content_Types].xml': '<Types/>',
    'xl/workbook.xml': `<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><workbookPr${wanted.is1904 ? ' date1904="1"' : ''}/><sheets>${listed.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${[...related, ...others].join('')}</Relationships>`,
    'xl/sharedStrings.xml': `<sst xmlns="${MAIN}">${strings.map((one) => `<si>${one}</si>`).join('')}</sst>`,
    'xl/styles.xml': `<styleSheet xmlns="${MAIN}"><numFmts>${own.join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${styles.map((id) => `<xf numFmtId="${id}"/>`).join('')}</cellXfs></styleSheet>`,
    ...Object.fromEntries(
      Object.values(sheets).map((sheet, at) => [`xl/worksheets/sheet${at + 1}.xml`, sheet]),
    ),
    ...wanted.more,
  })
}

function relation(id: number, type: string, target: string) {
  return `<Relationship Id="rId${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`
}

type Value = string | number | null

/** Rows of words and numbers, from the first on. */
export function sheetOf(rows: Value[][], behind = '') {
  const lines = rows.map((row, at) => rowOf(row, at + 1))
  return `<worksheet xmlns="${MAIN}"><sheetData>${lines.join('')}</sheetData>${behind}</worksheet>`
}

export function rowOf(row: Value[], number: number) {
  const cells = row.map((value, column) => {
    const at = `${String.fromCharCode(65 + column)}${number}`
    if (value === null) return `<c r="${at}"/>`
    if (typeof value === 'number') return `<c r="${at}"><v>${value}</v></c>`
    return `<c r="${at}" t="inlineStr"><is><t>${value}</t></is></c>`
  })
  return `<row r="${number}">${cells.join('')}</row>`
}

/** A sheet of so many rows, of which nobody has to hold more than one. */
export function longSheet(rows: number, row: (number: number) => Value[]) {
  const encoder = new TextEncoder()
  let number = 0
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      if (number === 0) controller.enqueue(encoder.encode(`<worksheet xmlns="${MAIN}"><sheetData>`))
      const lines: string[] = []
      while (lines.length < 500 && number < rows) lines.push(rowOf(row(++number), number))
      if (lines.length) controller.enqueue(encoder.encode(lines.join('')))
      if (number < rows) return
      controller.enqueue(encoder.encode('</sheetData></worksheet>'))
      controller.close()
    },
  })
}
