/** A tool says so of whatever it tells out of files: `"file":3`, or of several. Words may say the same. */
const SEEMS = /"file\\*":(\d+|\[[\d,]+\])/g
/** In a text that was the beginning of such a result: nobody else can write this. */
const MARK = /"file":(\d+),"name":"<untrusted /g

/** The files out of which the result of a tool tells something. */
export function filesTold(json: string): number[] {
  if (!numbersIn(json, SEEMS).length) return []
  const files = new Set<number>()
  readRecords(json, (_, numbers) => {
    for (const number of numbers) files.add(number)
  })
  return [...files]
}

/** The same result without a word out of files that are gone. */
export function withoutFiles(json: string, isGone: (file: number) => boolean): string {
  if (!numbersIn(json, SEEMS).some(isGone)) return json
  let isChanged = false
  const left = readRecords(json, (value, numbers) => {
    const gone = numbers.filter(isGone)
    if (!gone.length) return value
    isChanged = true
    return { deleted_file: gone.length > 1 ? gone : gone[0] }
  })
  return isChanged ? JSON.stringify(left) : json
}

/** The same of a notice that tells what came of uses which somebody had said yes to, each in a line. */
export function noticeWithoutFiles(notice: string, isGone: (file: number) => boolean): string {
  const lines = notice.split('\n').map((line) => {
    const at = line.indexOf(RESULT)
    const start = at + RESULT.indexOf('{')
    return at < 0 ? line : line.slice(0, start) + withoutFiles(line.slice(start), isGone)
  })
  return lines.join('\n')
}

const RESULT = ' → {"ok":'

/** Changes what tools have told out of these files, which are gone: the first of them came at `since`. */
export function dropTold(sql: SqlStorage, files: ReadonlySet<number>, since: number) {
  const isGone = (file: number) => files.has(file)
  const first = firstTurnAfter(sql, since)
  const results = sql.exec<{ turn: number; step: number; number: number; result: string }>(
    `SELECT turn, step, number, result FROM tool_uses WHERE turn >= ? AND instr(result, '"file') > 0`,
    first,
  )
  for (const { turn, step, number, result } of results.toArray()) {
    const left = withoutFiles(result, isGone)
    if (left === result) continue
    sql.exec(
      'UPDATE tool_uses SET result = ? WHERE turn = ? AND step = ? AND number = ?',
      left,
      turn,
      step,
      number,
    )
  }
  const notices = sql.exec<{ turn: number; number: number; notice: string }>(
    `SELECT turn, number, notice FROM steps WHERE turn >= ? AND instr(notice, '"file') > 0`,
    first,
  )
  for (const { turn, number, notice } of notices.toArray()) {
    const left = noticeWithoutFiles(notice, isGone)
    if (left === notice) continue
    sql.exec('UPDATE steps SET notice = ? WHERE turn = ? AND number = ?', left, turn, number)
  }
}

/** The first turn that can have read what came then. One that was set aside goes on later than its number says. */
export function firstTurnAfter(sql: SqlStorage, at: number) {
  const { id } = sql
    .exec<{ id: number | null }>('SELECT max(id) AS id FROM turns WHERE started < ?', at)
    .one()
  return (id ?? 0) - BEFORE
}

const BEFORE = 5

/** A result that was cut is a text in which the beginning of one stands. */
function readRecords(json: string, change: (value: unknown, numbers: number[]) => unknown) {
  try {
    return JSON.parse(json, (_, value) => {
      const { file, cut, result } = Object(value) as Record<string, unknown>
      const isCut = typeof cut === 'string' && typeof result === 'string'
      const numbers = isCut ? numbersIn(result, MARK) : [file].flat().filter(isNumber)
      return numbers.length ? change(value, numbers) : value
    })
  } catch {
    return json
  }
}

function isNumber(value: unknown): value is number {
  return Number.isInteger(value)
}

function numbersIn(text: string, mark: RegExp): number[] {
  return Array.from(text.matchAll(mark), ([, numbers = '']) => JSON.parse(numbers)).flat()
}
