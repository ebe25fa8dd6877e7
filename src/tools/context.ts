import { linkTo, nameOf } from '../address.ts'
import type { Campfire } from '../campfire.ts'
import type { Skill } from '../skills/skill.ts'
import type { Reach } from '../tables/room/archive/room-index.ts'
import type { Archive } from '../tables/room/archive.ts'
import type { Files } from '../tables/room/files.ts'
import { Lists } from '../tables/room/lists.ts'
import type { Quote } from '../tables/room/message.ts'
import type { People } from '../tables/room/people.ts'
import { Pins } from '../tables/room/pins.ts'
import type { Reminders } from '../tables/room/reminders/to-come.ts'
import { ToolResults } from '../tables/room/steps/tool-results.ts'
import { roomIn, type Tables } from '../tables.ts'
import type { Asker } from './context/asker.ts'
import type { Beside } from './context/beside.ts'
import { withoutForgotten, withoutWordsForgotten } from './context/without-forgotten.ts'
import type { Server } from './mcp/server.ts'

export type { PersonalMemory } from './context/personal-memory.ts'

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
  asker: Asker
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
