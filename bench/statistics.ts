/** What a row of times says: in ms, or whatever they were measured in. */
interface Summary {
  count: number
  median: number
  p99: number
  max: number
}

export function summaryOf(values: number[]): Summary {
  return {
    count: values.length,
    median: quantile(values, 0.5),
    p99: quantile(values, 0.99),
    max: quantile(values, 1),
  }
}

export function median(values: number[]) {
  return quantile(values, 0.5)
}

/** The smallest value that at least this share of them does not exceed; between two for a median. */
function quantile(values: number[], share: number) {
  const sorted = values.toSorted((a, b) => a - b)
  const at = share * sorted.length
  const upper = sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(at) - 1))] ?? Number.NaN
  if (share !== 0.5 || sorted.length % 2) return upper
  return (upper + (sorted[sorted.length / 2] ?? upper)) / 2
}

/** `12.3`, `0.041`, `1,234`: three digits are enough to compare. */
export function short(value: number) {
  if (!Number.isFinite(value)) return '–'
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en-US')
  return String(Number(value.toPrecision(3)))
}

/** Cells in columns as wide as their widest, for a terminal. */
export function table(head: string[], rows: string[][]) {
  const all = [head, ...rows]
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)))
  const line = (row: string[]) =>
    widths
      .map((width, column) => (row[column] ?? '').padEnd(width))
      .join('  ')
      .trimEnd()
  return [line(head), widths.map((width) => '─'.repeat(width)).join('  '), ...rows.map(line)].join(
    '\n',
  )
}
