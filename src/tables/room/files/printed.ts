import { firstTurnAfter } from './told.ts'

type Block = { type: string }

/** A result of code that may have looked into a file which is gone, without what it has printed. */
export function withoutPrinted<Some extends Block>(block: Some): Some {
  if (!/code_execution_tool_result$/.test(block.type)) return block
  const { content } = block as { content?: unknown }
  if (typeof content !== 'object' || content === null) return block
  const left = Object.entries(content).map(([name, value]) => {
    const isText = typeof value === 'string' && ['stdout', 'stderr', 'content'].includes(name)
    return [name, isText ? value && GONE : name === 'lines' ? [] : value]
  })
  return { ...block, content: Object.fromEntries(left) }
}

const GONE = '[gone with a file that was deleted]'

/**
 * Code was given a file that is gone: what it has printed since then goes as well, and where it has run the file
 * lies still. Those places are told, and no row knows them any more.
 */
export function dropPrinted(sql: SqlStorage, since: number): string[] {
  const steps = sql
    .exec<{ turn: number; number: number; content: string | null; diagnostics: string | null }>(
      `SELECT turn, number, content, diagnostics FROM steps WHERE turn >= ?
         AND (instr(content, 'code_execution_tool_result') > 0 OR instr(diagnostics, '"container"') > 0)`,
      firstTurnAfter(sql, since),
    )
    .toArray()
  return steps.flatMap(({ turn, number, content, diagnostics }) => {
    const blocks = readIn<Block[]>(content)
    const told = readIn<{ container?: { id?: unknown } | null }>(diagnostics)
    const left = [
      blocks ? JSON.stringify(blocks.map(withoutPrinted)) : content,
      told ? JSON.stringify({ ...told, container: null }) : diagnostics,
    ]
    if (left[0] === content && left[1] === diagnostics) return []
    sql.exec(
      'UPDATE steps SET content = ?, diagnostics = ? WHERE turn = ? AND number = ?',
      ...left,
      turn,
      number,
    )
    return typeof told?.container?.id === 'string' ? [told.container.id] : []
  })
}

/** Null: there is nothing, or nothing that can be read. */
function readIn<Kept>(json: string | null): Kept | null {
  try {
    return json === null ? null : JSON.parse(json)
  } catch {
    return null
  }
}
