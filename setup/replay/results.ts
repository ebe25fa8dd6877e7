import * as z from 'zod'
import type { Recording } from '../../src/receipt/recording.ts'
import type { Tool } from '../../src/tools.ts'

const Envelope = z.object({ ok: z.boolean(), result: z.unknown(), error: z.unknown() }).partial()

/** What tools gave then. Whether they would be run at all, and with this input, is for the code of today to say. */
export class Results {
  readonly missing: string[] = []
  #byName: Map<string, string[]>

  constructor({ tables, turn }: Recording) {
    const ran = tables.tool_uses.filter(
      (row) => row.turn === turn && row.state !== 'waiting' && row.result !== null,
    )
    const byName = Map.groupBy(ran, ({ name }) => String(name))
    this.#byName = new Map(
      [...byName].map(([name, rows]) => [name, rows.map(({ result }) => String(result))]),
    )
  }

  inPlaceOf(tool: Tool): Tool {
    return { ...tool, run: async () => this.#resultOf(tool.name) }
  }

  #resultOf(name: string) {
    const result = this.#byName.get(name)?.shift()
    if (result === undefined) {
      this.missing.push(name)
      throw new Error('It gave no result then')
    }
    const { ok = false, result: found, error } = Envelope.parse(JSON.parse(result))
    if (!ok) throw new Error(String(error))
    return found
  }
}
