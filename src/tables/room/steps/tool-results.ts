/** How a result about the asker begins: see `runTool`. */
export const PERSONAL = '{"ok":true,"personal":true'

/** ToolResults of tool uses of earlier turns, as they were. */
export class ToolResults {
  #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  /** Null: not kept, or never was; or it is about somebody, and for nobody who asks for it by name. */
  read(turn: number, step: number, number: number): string | null {
    const [row] = this.#sql
      .exec<{ result: string | null }>(
        'SELECT result FROM tool_uses WHERE turn = ? AND step = ? AND number = ?',
        turn,
        step,
        number,
      )
      .toArray()
    return row?.result?.startsWith(PERSONAL) ? null : (row?.result ?? null)
  }
}
