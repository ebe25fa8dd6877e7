import { linkTo, nameOf } from '../address.ts'
import type { Campfire, Page } from '../campfire.ts'
import type { Changed } from '../tables/person/changes.ts'
import type { PersonFact, ToRemember } from '../tables/person/facts.ts'
import type { Archive } from '../tables/room/archive.ts'
import type { Quote } from '../tables/room/message.ts'
import { Pins } from '../tables/room/pins.ts'
import { ToolResults } from '../tables/room/tool-results.ts'
import type { Tables } from '../tables.ts'

/** All that a tool may reach. Who asks and where comes from the turn, never from the model. */
export interface ToolContext {
  campfire: Pick<Campfire, 'list' | 'boost' | 'attach'>
  archive: Pick<Archive, 'search'>
  /** What is remembered of the room. Changed with the result of the tool use, or not at all. */
  pins: Pick<Pins, 'add' | 'all' | 'find' | 'mayBeAlways' | 'remove' | 'sayAlways'>
  asker: {
    id: number
    /** What they asked to be remembered of themselves. Null: nobody can be sure who asks. */
    memory: PersonalMemory | null
    /** The last message in which it was asked, where it has a number. */
    message(): number | null
    /** All of them, oldest first. */
    asked(): number[]
  }
  /** What somebody is called here, where that is known. */
  nameOf(person: number): string | null
  /** Opens the message in Campfire. */
  linkTo(message: number): string
  /** A quote without words that are forgotten. */
  quoted?(quote: Quote): Quote
  /** ToolResults of earlier tool uses here. Null: not kept, or never was. */
  results: { read(turn: number, step: number, number: number): string | null }
  /** How often Campfire may still be asked before a later handler has to go on. */
  requestsLeft(): number
  readonly now: number
  /** Where the bot's clock is, as Europe/Berlin: every day and time of a tool is of there. */
  timeZone: string
  signal: AbortSignal
  /** Names this tool use among all of a Campfire, for whatever else it changes. The same after a crash. */
  use: string
  /** All of it is written, or where it throws nothing. */
  atomically<T>(work: () => T): T
}

/** Theirs in every room, so it is kept elsewhere: what is changed there is named by the tool use. */
export interface PersonalMemory {
  /** Nobody else reads what is said here. */
  isAlone: boolean
  recall(): Promise<PersonFact[]>
  remember(use: string, wanted: ToRemember): Promise<Changed>
  /** Null: all of it. */
  forget(use: string, number: number | null): Promise<Changed>
}

type FromTurn = Pick<
  ToolContext,
  'asker' | 'atomically' | 'campfire' | 'requestsLeft' | 'signal' | 'timeZone'
> & { turn: number }

/** A tool with a table of its own is added here, in `tables/room/` and its schema, and to its bots. */
export function createToolContext(
  { sql, archive, forgotten, people, place, service, now }: ContextNeeds,
  { turn, campfire, ...context }: FromTurn,
): ToolContext {
  return {
    ...context,
    use: `${nameOf(place)}/turns/${turn}`,
    campfire: withoutForgotten(campfire, forgotten),
    quoted: (quote) => forgotten.cut(quote),
    archive,
    pins: new Pins(sql),
    nameOf: (person) => people.nameOf(person),
    linkTo: (message) => linkTo(service.address, place.room, message),
    results: new ToolResults(sql),
    get now() {
      return now()
    },
  }
}

type ContextNeeds = Pick<
  Tables,
  'sql' | 'archive' | 'forgotten' | 'people' | 'place' | 'service' | 'now'
>

/** What is forgotten still stands in Campfire, and no tool reads it there. */
function withoutForgotten(
  campfire: ToolContext['campfire'],
  forgotten: Tables['forgotten'],
): ToolContext['campfire'] {
  return {
    boost: (...boost) => campfire.boost(...boost),
    attach: (...file) => campfire.attach(...file),
    async list(range) {
      let page = await campfire.list(range)
      for (let pages = 1; ; pages++) {
        const messages = page.messages.filter(
          ({ id, author }) => !forgotten.has({ id, author: author.id }),
        )
        // Whoever reads on goes by what a page shows, so none is empty while there is more.
        const next = messages.length || !page.more ? null : nextOf(page, range)
        if (!next || pages >= MOST_EMPTY) return { ...page, messages }
        page = await campfire.list(next)
      }
    },
  }
}

/** Pages of nothing but what is forgotten. */
const MOST_EMPTY = 10

function nextOf({ messages }: Page, range?: { before: number } | { after: number }) {
  const edge = range && 'after' in range ? messages.at(-1) : messages[0]
  if (!edge) return null
  return range && 'after' in range ? { after: edge.id } : { before: edge.id }
}
