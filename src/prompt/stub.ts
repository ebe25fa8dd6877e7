import type { ToolUse } from '../tables/room/step.ts'

/** Characters of a result that may stay. */
const LARGE = 4_000
const BEGINNING = 400

/** What remains of a large tool result in a session that went on: its beginning, and how to read it again. */
export function stubOf(turn: number, { step, number, result }: ToolUse): string {
  if (result === null || result.length <= LARGE) return result ?? ''
  return JSON.stringify({
    ok: true,
    result: `${result.slice(0, BEGINNING).toWellFormed()}…`,
    cut: `${result.length} characters. The whole of it: read_result, "${turn}.${step}.${number}".`,
  })
}
