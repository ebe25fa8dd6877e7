import type { Campfire } from '../campfire.ts'
import type { Archive } from '../tables/room/archive.ts'
import { type Pin, Pins } from '../tables/room/pins.ts'
import { ToolResults } from '../tables/room/tool-results.ts'
import type { Tables } from '../tables.ts'

/** All that a tool may reach. Who asks and where comes from the turn, never from the model. */
export interface ToolContext {
  campfire: Pick<Campfire, 'list' | 'boost' | 'attach'>
  archive: Pick<Archive, 'search'>
  /** Facts and promises that outlive the conversation; what is added is the asker's. */
  pins: {
    all(): Pin[]
    /** False: there are too many. */
    add(fact: string): boolean
    remove(number: number): void
  }
  /** ToolResults of earlier tool uses here. Null: not kept, or never was. */
  results: { read(turn: number, step: number, number: number): string | null }
  readonly now: number
  /** Where the bot's clock is, as Europe/Berlin: every day and time of a tool is of there. */
  timeZone: string
  signal: AbortSignal
}

/** A tool with a table of its own is added here, in `tables/room/` and its schema, and to its bots. */
export function createToolContext(
  { sql, archive, now }: Pick<Tables, 'sql' | 'archive' | 'now'>,
  { asker, ...turn }: Pick<ToolContext, 'campfire' | 'signal' | 'timeZone'> & { asker: number },
): ToolContext {
  const pins = new Pins(sql)
  return {
    ...turn,
    archive,
    pins: {
      all: () => pins.all(),
      add: (fact) => pins.add(asker, fact, now()),
      remove: (number) => pins.remove(number),
    },
    results: new ToolResults(sql),
    get now() {
      return now()
    },
  }
}
