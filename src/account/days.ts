import { DAY, dayAt, zoneNamed } from '../clock.ts'
import type { RoomReport } from '../runtime.ts'
import type { CompactionReport } from '../tables/room/compactions.ts'
import type { Spent, TurnReport } from '../tables/room/turns.ts'

/** By what sums can be told. */
export const KEYS = ['day', 'bot', 'room', 'person', 'model'] as const
export type Key = (typeof KEYS)[number]

const COUNTS = [
  'turns',
  'calls',
  'unpriced',
  'cost',
  'input',
  'cached',
  'written',
  'output',
] as const

export type DaySums = Partial<Record<Key, string | number>> &
  Record<(typeof COUNTS)[number], number>
type Entry = Record<Key, string | number> & Spent & { turns: number }

/** Two years, and the day that a leap year has more. */
const KEPT = 731 * DAY
const NOBODY = 0

/** What was spent by day, in the rows of a Campfire's account. */
export class Days {
  #sql: SqlStorage
  readonly timeZone: string

  constructor(sql: SqlStorage, timeZone: string) {
    this.#sql = sql
    this.timeZone = zoneNamed(timeZone) ?? 'UTC'
  }

  /** Of turns and compactions that were not told before; written with the row that says so. */
  add(
    { room, bot }: Pick<RoomReport, 'room' | 'bot'>,
    { turns, compactions }: { turns: TurnReport[]; compactions: CompactionReport[] },
    now: number,
  ) {
    const entries = [
      ...turns.flatMap((turn) => this.#ofTurn(turn)),
      ...compactions.flatMap((compaction) => this.#ofCompaction(compaction)),
    ]
    const byKey = Map.groupBy(entries, ({ day, person, model }) => `${day} ${person} ${model}`)
    for (const same of byKey.values()) this.#write(same.map((one) => ({ ...one, room, bot })))
    if (entries.length) this.#sql.exec('DELETE FROM days WHERE day < ?', this.#dayAt(now - KEPT))
  }

  /** From a day through another, by these; all in one row where by none. */
  sums(by: Key[], { from, to }: { from: string; to: string }) {
    const keys = KEYS.filter((key) => by.includes(key)).join(', ')
    const counts = COUNTS.map((count) => `coalesce(sum(${count}), 0) AS ${count}`).join(', ')
    return this.#sql
      .exec(
        `SELECT ${keys && `${keys}, `}${counts} FROM days WHERE day BETWEEN ? AND ?
         ${keys && `GROUP BY ${keys} ORDER BY ${keys}`}`,
        from,
        to,
      )
      .toArray() as unknown as DaySums[]
  }

  /** It counts on the day on which it was over, and once: with the model that it ended with. */
  #ofTurn({ ended, asker, spent }: TurnReport) {
    if (asker === undefined || !spent) return []
    const parts = spent.length ? spent : [NOTHING]
    const at = { day: this.#dayAt(ended), person: asker }
    return parts.map((part, index) => ({
      ...at,
      ...part,
      turns: index === parts.length - 1 ? 1 : 0,
    }))
  }

  #ofCompaction({ ended, spent }: CompactionReport) {
    if (ended === undefined || !spent) return []
    return [{ day: this.#dayAt(ended), person: NOBODY, ...spent, turns: 0 }]
  }

  #write(same: Entry[]) {
    const [first] = same
    if (!first) return
    const sums = COUNTS.map((count) => same.reduce((sum, one) => sum + one[count], 0))
    this.#sql.exec(
      `INSERT INTO days (${[...KEYS, ...COUNTS].join(', ')})
       VALUES (${[...KEYS, ...COUNTS].map(() => '?').join(', ')})
       ON CONFLICT (${KEYS.join(', ')}) DO UPDATE SET
         ${COUNTS.map((count) => `${count} = ${count} + excluded.${count}`).join(', ')}`,
      ...KEYS.map((key) => first[key]),
      ...sums,
    )
  }

  #dayAt(ms: number) {
    return dayAt(ms, this.timeZone)
  }
}

const NOTHING: Spent = {
  model: '',
  calls: 0,
  unpriced: 0,
  cost: 0,
  input: 0,
  cached: 0,
  written: 0,
  output: 0,
}
