import * as z from 'zod'
import type { Abilities } from '../campfire.ts'
import { DAY } from '../clock.ts'
import { stored } from '../storage.ts'

const Denial = z.object({ room: z.string(), at: z.number() })

/** What this Campfire was found to be able to do, and who was last told that it is not so. */
export const Learned = z.object({
  found: z.record(z.string(), z.boolean()),
  /** An account of an older version had none. */
  denied: z.record(z.string(), Denial).default({}),
})
export type Learned = z.infer<typeof Learned>

/** The same proxy may answer two rooms at once, and be gone a minute later. */
const APART = 2 * 60_000

/**
 * What was proven is not unlearned by one page, which may be a proxy's: two rooms must have seen one,
 * minutes apart, and nobody the contrary in between. Null: nothing of it is news.
 */
export function learn(
  { found, denied }: Learned,
  told: Record<string, boolean>,
  { room, now }: { room: string; now: number },
): Learned | null {
  const next: Learned = { found: { ...found }, denied: { ...denied } }
  for (const [name, can] of Object.entries(told)) {
    const before = denied[name]
    if (can || !found[name]) {
      next.found[name] = can
      delete next.denied[name]
    } else if (!before) {
      next.denied[name] = { room, at: now }
    } else if (before.room !== room && now - before.at >= APART) {
      next.found[name] = false
      delete next.denied[name]
    }
  }
  return JSON.stringify(next) === JSON.stringify({ found, denied }) ? null : next
}

const Found = Learned.extend({ at: z.number() })

/** What this Campfire was found to be able to do within the last day. */
export class KnownAbilities {
  #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  all(): Abilities {
    return this.#known()?.found ?? {}
  }

  /** Written only when it is news. A day after the first of it all is forgotten, and tried anew. */
  learn(abilities: Abilities, room: string) {
    const known = this.#known()
    const now = Date.now()
    const learned = learn({ found: known?.found ?? {}, denied: known?.denied ?? {} }, abilities, {
      room,
      now,
    })
    if (!learned) return

    this.#sql.exec(
      `INSERT INTO facts (name, value) VALUES ('abilities', ?)
       ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
      JSON.stringify({ ...learned, at: known?.at ?? now } satisfies z.infer<typeof Found>),
    )
  }

  #known() {
    const [row] = this.#sql
      .exec<{ value: string }>("SELECT value FROM facts WHERE name = 'abilities'")
      .toArray()
    const known = row ? stored(row.value, Found, { table: 'facts', key: 'abilities' }) : null
    return known && Date.now() - known.at < DAY ? known : null
  }
}
