import type { Token, Tokens } from 'marked'
import stringWidth from 'string-width'
import { parseInline } from '../markdown.ts'
import { escapeHtml } from './escape.ts'
import { plainText } from './plain.ts'

/** Columns of type that stay in one line in a window of medium width. */
const WIDEST = 60

/** Campfire deletes tables: a narrow one is aligned text. Null: it is too wide for that. */
export function aligned(table: Tokens.Table): string | null {
  const rows = cellsOf(table).map((row) => row.map(cellText))
  const columns = Math.max(...rows.map((row) => row.length))
  const widths = Array.from({ length: columns }, (_, column) =>
    rows.reduce((widest, row) => Math.max(widest, stringWidth(row[column] ?? '')), 1),
  )
  if (widths.reduce((sum, width) => sum + width + 2, -2) > WIDEST) return null

  // One dash a column: a whole line of them would break on a phone.
  const [header = [], ...body] = rows
  const rule = widths.map(() => '-')
  return [header, rule, ...body]
    .map((row) => widths.map((width, column) => pad(row[column] ?? '', width, table.align[column])))
    .map((cells) => cells.join('  ').trimEnd())
    .join('\n')
}

/** Each row as the lines of a short block: the first column is its head, the others stand below it. */
export function rowsOf(table: Tokens.Table, render: (tokens: Token[]) => string): string[][] {
  const [header = [], ...rows] = cellsOf(table)
  const names = header.map((cell) => escapeHtml(cellText(cell)))
  if (rows.length === 0) return [[names.filter(Boolean).join(' | ')]]

  return rows.map(([head = [], ...others]) => {
    const isStrong = head.length === 1 && head[0]?.type === 'strong'
    const title = render(head).trim()
    const lines = others.map((cell, index) => {
      const [name, value] = [names[index + 1], render(cell).trim()]
      return value && name ? `${name}: ${value}` : value
    })
    return [isStrong || !title ? title : `<strong>${title}</strong>`, ...lines].filter(Boolean)
  })
}

/** Header and rows, also the cells that the header has no column for: marked drops those. */
function cellsOf({ raw, header, rows }: Tokens.Table): Token[][][] {
  const lines = raw.trimEnd().split('\n')
  const body = rows.map((row, index) => {
    const cells = cellsIn(lines[index + 2] ?? '')
    const whole = cells.length > header.length ? withWholeCode(cells) : cells
    const read = whole.length < cells.length ? [] : row.map(({ tokens }) => tokens)
    return [...read, ...whole.slice(read.length).map((text) => parseInline(unbarred(text)))]
  })
  return [header.map(({ tokens }) => tokens), ...body]
}

function cellsIn(line: string) {
  const inner = line.trim().replace(/^\||(?<!\\)\|$/g, '')
  return inner.split(/(?<!\\)\|/)
}

/** A bar in code ends no cell: models write `a | b` there, and GitHub's rule would tear it. */
function withWholeCode(cells: string[]) {
  const whole: string[] = []
  for (const cell of cells) {
    const before = whole.at(-1)
    if (before !== undefined && isInCode(before)) whole.splice(-1, 1, `${before}|${cell}`)
    else whole.push(cell)
  }
  return isInCode(whole.at(-1) ?? '') ? cells : whole
}

function isInCode(text: string) {
  return text.split('`').length % 2 === 0
}

function unbarred(cell: string) {
  return cell.trim().replaceAll('\\|', '|')
}

function cellText(tokens: Token[]) {
  return plainText(tokens).replace(/\s+/g, ' ').trim()
}

function pad(cell: string, width: number, align: Tokens.TableCell['align'] | undefined) {
  const room = width - stringWidth(cell)
  if (align === 'right') return ' '.repeat(room) + cell

  const before = align === 'center' ? Math.floor(room / 2) : 0
  return ' '.repeat(before) + cell + ' '.repeat(room - before)
}
