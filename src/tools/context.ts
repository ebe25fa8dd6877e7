import { linkTo, nameOf } from '../address.ts'
import type { Campfire, Page } from '../campfire.ts'
import type { Language } from '../languages.ts'
import type { Skill } from '../skills/skill.ts'
import type { Changed } from '../tables/person/changes.ts'
import type { PersonFact, ToRemember } from '../tables/person/facts.ts'
import type { Reach } from '../tables/room/archive/room-index.ts'
import type { Archive } from '../tables/room/archive.ts'
import type { Files } from '../tables/room/files.ts'
import { Lists, type Shown } from '../tables/room/lists.ts'
import type { Quote } from '../tables/room/message.ts'
import type { People } from '../tables/room/people.ts'
import { Pins } from '../tables/room/pins.ts'
import type { Reminders } from '../tables/room/reminders/to-come.ts'
import { ToolResults } from '../tables/room/steps/tool-results.ts'
import { roomIn, type Tables } from '../tables.ts'
import type { Server } from './mcp/server.ts'

/** All that a tool may reach. Who asks and where comes from the turn, never from the model. */
export interface ToolContext {
  campfire: Pick<Campfire, 'list' | 'boost' | 'attach'>
  /** What was said here, as far as it is kept. */
  archive: Pick<Archive, 'search'>
  /** How far back all that was said is kept. From the first `need` on the room is read backwards. */
  index: { need(): void; reach(): Reach } & Pick<Archive, 'above' | 'drop' | 'reword'>
  /** Our own number. */
  self: number
  /** What is remembered of the room. Changed with the result of the tool use, or not at all. */
  pins: Pick<
    Pins,
    'add' | 'alike' | 'all' | 'find' | 'mayBeAlways' | 'remove' | 'sayAlways' | 'spelledOther'
  >
  /** What is to be done here. Changed with the result of the tool use, or not at all. */
  lists: Pick<Lists, keyof Lists>
  /** What people gave here. Deleted with the result of the tool use, or not at all. */
  files: Pick<Files, 'find' | 'list' | 'source' | 'remove'> & {
    words: Pick<Files['words'], keyof Files['words']>
  }
  /** Shows something in the room, beside the answer. */
  beside: Beside
  asker: {
    id: number
    /** What they asked to be remembered of themselves. Null: nobody can be sure who asks. */
    memory: PersonalMemory | null
    /** The last message in which it was asked, where it has a number. */
    message(): number | null
    /** All of them, oldest first. */
    asked(): number[]
    /** What they are spoken to in. */
    readonly language: Language
    /** They have said nothing just now: a schedule of theirs is due. */
    isAway: boolean
  }
  people: Pick<People, 'called' | 'canBeMentioned' | 'roleOf'>
  /** What is to come in this room. Changed with the result of the tool use, or not at all. */
  reminders: Pick<Reminders, 'add' | 'cancel' | 'change' | 'find' | 'full' | 'lastFor' | 'open'>
  /** The session has read what strangers wrote: what it keeps to be done later is theirs as well. */
  isWary(): boolean
  /** What somebody is called here, where that is known. */
  nameOf(person: number): string | null
  /** Everyone is told of each message here. */
  isDirect: boolean
  /** Opens the message in Campfire. */
  linkTo(message: number): string
  /** A quote without words that are forgotten. */
  quoted?(quote: Quote): Quote
  /** ToolResults of earlier tool uses here. Null: not kept, or never was. */
  results: { read(turn: number, step: number, number: number): string | null }
  /** Other people's servers. */
  servers: {
    ask(
      server: Server,
      use: { tool: string; input: Record<string, unknown>; signal: AbortSignal },
    ): Promise<unknown>
    look(server: Server, signal: AbortSignal): Promise<unknown>
  }
  /** Any place of the public web: who asks there looks first where that is. */
  web: typeof fetch
  /** Kinds of work that the bot has learned. */
  skills: Skill[]
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

/**
 * A message or a file of its own, once for a tool use, whatever crashes in between. `unsure`: it may stand or
 * not, and nobody can know.
 */
export interface Beside {
  /** Which turn this is. */
  turn: number
  /**
   * Edits the message that `before` says, where it still stands; of another `intended` is told, and that begins
   * as `quiet`: people are told of a message as it is posted, and of no edit.
   */
  show(
    words: { body: string; quiet: string },
    before: Shown | null,
    intended: (place: Omit<Shown, 'at'>) => void,
  ): Promise<{ how: 'posted' | 'edited' | 'unsure'; id: number | null }>
  attach(
    file: { name: string; type: string; body: string },
    use: string,
  ): Promise<{ how: 'posted' | 'edited' | 'unsure'; id: number | null }>
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
  | 'asker'
  | 'beside'
  | 'campfire'
  | 'requestsLeft'
  | 'servers'
  | 'signal'
  | 'skills'
  | 'timeZone'
  | 'web'
> & {
  turn: number
  /** The room may be indexed: the bot's file says so, or whoever runs it here. */
  indexes: boolean
  /** As far as we know by now. */
  canList: boolean
  /** Whoever of these is called is none of the people, also where no list has said so yet. */
  bots: ReadonlySet<number>
}

/** A tool with a table of its own is added here, in `tables/room/` and its schema, and to its bots. */
export function createToolContext(
  {
    atomically,
    sql,
    archive,
    facts,
    files,
    forgotten,
    index,
    people,
    place,
    reminders,
    service,
    session,
    now,
  }: ContextNeeds,
  { turn, campfire, indexes, canList, bots, ...context }: FromTurn,
): ToolContext {
  return {
    ...context,
    atomically,
    use: `${nameOf(place)}/turns/${turn}`,
    campfire: withoutForgotten(campfire, forgotten),
    quoted: (quote) => forgotten.cut(quote),
    archive: withoutWordsForgotten(archive, forgotten),
    index: {
      need: () => indexes && canList && index.begin(),
      above: (...message) => archive.above(...message),
      drop: (messages) => archive.drop(messages),
      reword: (texts) => archive.reword(texts),
      reach: () =>
        canList && indexes ? index.reach() : { ...NOWHERE, state: canList ? 'none' : 'not listed' },
    },
    self: place.bot,
    pins: new Pins(sql),
    lists: new Lists(sql),
    files,
    reminders,
    isWary: () => (session.current()?.tainted ?? null) !== null,
    nameOf: (person) => people.nameOf(person),
    people: {
      called: (name) => people.called(name).filter(({ id }) => !bots.has(id)),
      canBeMentioned: (id) => people.canBeMentioned(id),
      roleOf: (id) => people.roleOf(id),
    },
    isDirect: roomIn({ facts }).direct,
    linkTo: (message) => linkTo(service.address, place.room, message),
    results: new ToolResults(sql),
    get now() {
      return now()
    },
  }
}

const NOWHERE = { since: null, isWhole: false }

type ContextNeeds = Pick<
  Tables,
  | 'atomically'
  | 'sql'
  | 'archive'
  | 'facts'
  | 'files'
  | 'forgotten'
  | 'index'
  | 'people'
  | 'place'
  | 'reminders'
  | 'service'
  | 'session'
  | 'now'
>

/** An older version, after which we came back, knows nothing of what it left in the index. */
function withoutWordsForgotten(archive: ToolContext['archive'], forgotten: Tables['forgotten']) {
  const search: ToolContext['archive']['search'] = (wanted) =>
    archive.search(wanted).filter(({ message: id, author }) => !forgotten.has({ id, author }))
  return { search }
}

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
