import type { Answer } from '../../files.ts'

/** Characters of one result, and of one cell. */
const MOST = 40_000
const LONGEST_CELL = 300

/** As Markdown has tables, one row in a line. `shown`: so many of the rows, all that there is room for. */
export function shownTable({ names, rows }: Pick<Answer, 'names' | 'rows'>) {
  const lines = [lineOf(names), `|${'---|'.repeat(names.length)}`]
  let length = 0
  let shown = 0
  for (const row of rows) {
    const line = lineOf(row)
    length += line.length + 1
    if (length > MOST && shown > 0) break
    lines.push(line)
    shown++
  }
  return { table: lines.join('\n'), shown }
}

function lineOf(cells: Answer['rows'][number]) {
  const written = cells.map((cell) => {
    const text = String(cell ?? '').replace(/\s+/g, ' ')
    const cut = text.length > LONGEST_CELL ? `${text.slice(0, LONGEST_CELL).toWellFormed()}…` : text
    return cut.replaceAll('|', '\\|')
  })
  return `| ${written.join(' | ')} |`
}
