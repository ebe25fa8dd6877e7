import * as z from 'zod'
import type { ServerTool, ToolDefinition } from '../../model.ts'
import { stored } from '../../storage.ts'

/** What a bot is told before anything that was said: the same for every turn, until a deploy changes it. */
export interface Instructions {
  system: string
  tools: ToolDefinition[]
  hash: string
}

/** A turn within its tools, and the one before it. */
const KEPT = 2

const Tools = z.array(
  z.object({
    name: z.string(),
    description: z.string(),
    inputSchema: z.record(z.string(), z.unknown()),
    server: z.custom<ServerTool>(isNamed).optional(),
  }),
)

function isNamed(value: unknown) {
  return typeof value === 'object' && value !== null && 'type' in value && 'name' in value
}

/** What turns of this room were begun with, for a deploy that comes while one is within its tools. */
export class KnownInstructions {
  #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  /** Writes what is new here, and nothing else. */
  keep({ system, tools, hash }: Instructions) {
    const known = this.#sql.exec('SELECT 1 FROM instructions WHERE hash = ?', hash).toArray()
    if (known.length) return

    const { id } = this.#sql
      .exec<{ id: number }>(
        'INSERT INTO instructions (hash, system, tools) VALUES (?, ?, ?) RETURNING id',
        hash,
        system,
        JSON.stringify(tools),
      )
      .one()
    this.#sql.exec('DELETE FROM instructions WHERE id <= ?', id - KEPT)
  }

  /** Null: not kept any more. */
  find(hash: string): Instructions | null {
    const [row] = this.#sql
      .exec<{ system: string; tools: string }>(
        'SELECT system, tools FROM instructions WHERE hash = ? ORDER BY id DESC LIMIT 1',
        hash,
      )
      .toArray()
    const tools = row && stored(row.tools, Tools, { table: 'instructions', key: hash })
    return row && tools ? { system: row.system, tools, hash } : null
  }
}
