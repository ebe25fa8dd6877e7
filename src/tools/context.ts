import type { Campfire } from '../campfire.ts'
import type { Archive } from '../tables/room/archive.ts'
import type { Quote } from '../tables/room/message.ts'
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
  /** A quote without words that are forgotten. */
  quoted?(quote: Quote): Quote
  results: { read(turn: number, step: number, number: number): string | null }
  readonly now: number
  /** Where the bot's clock is, as Europe/Berlin: every day and time of a tool is of there. */
  timeZone: string
  signal: AbortSignal
}

/** A tool with a table of its own is added here, in `tables/room/` and its schema, and to its bots. */
export function createToolContext(
  { sql, archive, forgotten, now }: Pick<Tables, 'sql' | 'archive' | 'forgotten' | 'now'>,
  {
    asker,
    campfire,
    ...turn
  }: Pick<ToolContext, 'campfire' | 'signal' | 'timeZone'> & { asker: number },
): ToolContext {
  const pins = new Pins(sql)
  return {
    ...turn,
    campfire: withoutForgotten(campfire, forgotten),
    quoted: (quote) => forgotten.cut(quote),
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

/** What is forgotten still stands in Campfire, and no tool reads it there. */
function withoutForgotten(
  campfire: ToolContext['campfire'],
  forgotten: Tables['forgotten'],
): ToolContext['campfire'] {
  return {
    boost: (...boost) => campfire.boost(...boost),
    attach: (...file) => campfire.attach(...file),
    async list(...range) {
      const page = await campfire.list(...range)
      const messages = page.messages.filter(
        ({ id, author }) => !forgotten.has({ id, author: author.id }),
      )
      return { ...page, messages }
    },
  }
}
