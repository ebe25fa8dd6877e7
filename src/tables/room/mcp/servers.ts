import * as z from 'zod'
import { stored } from '../../../storage.ts'

/** A tool of somebody else's server, as far as anything here depends on it. */
const Definition = z.object({
  name: z.string(),
  description: z.string(),
  schema: z.record(z.string(), z.unknown()),
  /** It says of itself that it may be run again, or changes nothing. */
  isRepeatable: z.boolean(),
  /** It says of itself that it may destroy something. */
  isDestructive: z.boolean(),
})
export type Definition = z.infer<typeof Definition>

const Offered = z.object({
  definition: Definition,
  /** When it was found to be another than it had been, in ms since 1970. Null: it never was. */
  changed: z.number().nullable(),
  /** It was offered once. A session may speak of it still. */
  isGone: z.boolean(),
})
export type Offered = z.infer<typeof Offered>

export interface KnownServer {
  name: string
  /** The entry in the bot's file by which it was asked: another one begins anew. */
  entry: string
  offered: Offered[]
  /** How it wants to be spoken to, in the words of the client. */
  prior: unknown
  /** When its list came, and when it was last asked for, in ms since 1970. Null: never. */
  listed: number | null
  tried: number | null
}

type Row = {
  name: string
  entry: string
  offered: string
  prior: string | null
  listed: number | null
  tried: number | null
}

/** What other people's servers offer, by the name that the bot's file gives them. */
export class Servers {
  #sql: SqlStorage
  /** Only a cache: each turn asks. */
  #known: Map<string, KnownServer> | null = null

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  find(name: string, entry: string): KnownServer | null {
    this.#known ??= this.#read()
    const known = this.#known.get(name)
    return known?.entry === entry ? known : null
  }

  keep(server: KnownServer) {
    const { name, entry, offered, prior, listed, tried } = server
    this.#sql.exec(
      `INSERT OR REPLACE INTO servers (name, entry, offered, prior, listed, tried)
       VALUES (?, ?, ?, ?, ?, ?)`,
      name,
      entry,
      JSON.stringify(offered),
      prior == null ? null : JSON.stringify(prior),
      listed,
      tried,
    )
    this.#known?.set(name, server)
  }

  #read() {
    const rows = this.#sql.exec<Row>('SELECT * FROM servers').toArray()
    return new Map(
      rows.map((row): [string, KnownServer] => {
        const at = { table: 'servers', key: row.name }
        const offered = stored(row.offered, z.array(Offered), at)
        const prior = row.prior === null ? null : stored(row.prior, z.unknown(), at)
        // What cannot be read is asked for again.
        const { listed } = row
        return [
          row.name,
          { ...row, prior, offered: offered ?? [], listed: offered ? listed : null },
        ]
      }),
    )
  }
}
