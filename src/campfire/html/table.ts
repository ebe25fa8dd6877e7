import type { Tokens } from 'marked'
import stringWidth from 'string-width'
import { plainText } from './plain.ts'

const MOST_PADDING = 5

/** Campfire deletes tables: theirs is aligned text. */
export function tableText(table: Tokens.Table): string {
  // marked drops the cells that the header has no column for.
  if (hasSpareCells(table)) return table.raw.trimEnd()

  const rows = [table.header, ...table.rows].map((row) => row.map(cellText))
  const widths = table.header.map((_, column) =>
    rows.reduce((widest, row) => Math.max(widest, stringWidth(row[column] ?? '')), 3),
  )
  // One wide cell would widen every row, to a hundred times what was written.
  const size = rows.length * widths.reduce((sum, width) => sum + width, 0)
  if (size > Math.max(2_000, MOST_PADDING * table.raw.length)) return table.raw.trimEnd()

  const [header = '', ...body] = rows.map((row) =>
    row.map((cell, column) => pad(cell, widths[column] ?? 0, table.align[column])).join('  '),
  )
  const underline = widths.map((width) => '-'.repeat(width)).join('  ')

  return [header, underline, ...body].map((line) => line.trimEnd()).join('\n')
}

function hasSpareCells({ raw, header }: Tokens.Table) {
  return raw.split('\n').some((line) => {
    const pipes = line.trim().replace(/^\||(?<!\\)\|$/g, '')
    return pipes.split(/(?<!\\)\|/).length > header.length
  })
}

function cellText(cell: Tokens.TableCell) {
  return plainText(cell.tokens).replace(/\s+/g, ' ').trim()
}

function pad(cell: string, width: number, align: Tokens.TableCell['align'] | undefined) {
  const room = width - stringWidth(cell)
  if (align === 'right') return ' '.repeat(room) + cell

  const before = align === 'center' ? Math.floor(room / 2) : 0
  return ' '.repeat(before) + cell + ' '.repeat(room - before)
}
