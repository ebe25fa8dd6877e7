import type { Language } from '../languages.ts'

/**
 * What the bot says to the room in its own words, without the model: what happened, what becomes of
 * the request, whom to ask. One file for each language has all of it. A `ref` is in the log, too. Names
 * and whatever else others wrote come escaped: a sentence puts them where they belong and no more.
 */
export interface Sentences {
  language: Language
  /** How numbers are written, as `de-DE`. */
  locale: string
  operator: (ref: string) => string
  unavailable: (ref: string) => string
  tooLong: (ref: string) => string
  failed: (ref: string) => string
  parked: (ref: string) => string
  unpostable: (ref: string) => string
  /** Said where nobody can ask whether it stands. */
  inDoubt: (ref: string) => string
  /** The same, where it is not sent twice. */
  mayBeMissing: (ref: string) => string
  /** Campfire did not take the answer for more than a day. */
  outOfReach: (ref: string) => string
  tryingAgain: string
  /** Said once where nothing can be edited, and the answer takes long. */
  working: string
  /** A line under what stands of an answer that broke off; three dots follow. */
  pickingUp: string
  /** Said once, before it keeps silent towards somebody who may be another bot. */
  rests: string
  refused: string
  empty: string
  stopped: string
  /** Behind an answer that was stopped on the way. */
  stoppedHere: string
  /** Behind what stands of an answer that could not be finished. */
  brokenOff: string
  /** Said once in a direct that others have joined. */
  mentionMe: string
  forgotten: ByPlace
  /** Behind an answer that was cut off by its own length. */
  cutOff: string
  /** Behind the last words of a turn that was at its limit and had no answer yet. */
  atEnd: string
  /** The oldest part of the conversation was let go of, since it had grown too long. */
  partlyForgotten: string
  /** Some of it was, since the model would not take it. */
  partlyLeftOut: string
  /** Of the API's own tools. */
  serverTools: {
    searching(query: string): string
    opening(host: string): string
    running: string
    /** The address that the model is asked at does not have one that the bot's file names. */
    lost: string
    /** Files that people gave, and the API was not to be handed. */
    notHanded: (names: string) => string
    /** Of files that code has made: those that are not in the room, each with why. */
    made: {
      left: (items: string) => string
      /** One of which not even the name is known. */
      unnamed: string
      why: Record<'kind' | 'large' | 'many' | 'lost' | 'refused' | 'unsure', string>
    }
  }
  /** The answer is in a file, too. */
  whole: string
  limit: LimitWords
  help: {
    who: (name: string, about: string) => string
    direct: string
    room: string
    /** Before some things that people ask for, one in a line. */
    examples: string
    /** What the API's own tools can be asked for. */
    web: string
    code: string
    /** Other people's services, by name. */
    servers: (names: string) => string
    words: (forgets: string) => string
    forgets: ByPlace
    limits: string
  }
  /** For the operator: of a server of other people. */
  signInEnded: (server: string, bot: string) => string
  approval: ApprovalWords
  files: FileWords
  reminder: ReminderWords
  why: WhyWords
}

interface ByPlace {
  direct: string
  room: string
}

/** What may be spent is used up, or nearly. Each has the word by which people know it: a limit. */
export interface LimitWords {
  /** Of whoever asks, of this room, of this bot, of all that we are here. */
  yours: (until: string) => string
  room: (until: string) => string
  mine: (until: string) => string
  everyones: (until: string) => string
  /** Others are being answered, and what they leave may be enough. */
  waits: string
  /** They still are, and whoever waited has no more time for it. */
  tiedUp: string
  /** Behind any of these, for whoever has said yes to something. */
  yesWaits: string
  /** For the operator. `whose` as in `BUDGETS`. */
  note: (shown: {
    whose: string
    percent: string
    spent: string
    amount: string
    until: string
  }) => string
}

export interface ApprovalWords {
  /** Of a tool that has no sentence of its own. */
  run: (tool: string) => string
  several: (count: number) => string
  /** Whoever asked, by name where several people read it, and others who may say yes. */
  who: (you: string | null, others: string[]) => string
  /** One who may say yes, and whose name is not known here. */
  someone: string
  /** How to answer: in a direct; where it takes a mention, and the bot's name is known or is not. */
  direct: (who: string) => string
  mention: (who: string, bot: string) => string
  unnamed: (who: string) => string
  input: string
  /** So many characters of it are not shown. */
  cut: (count: string) => string
  /** What people keep and would lose by it; so many more of it are not named. */
  goes: (what: string) => string
  more: (count: number) => string
  /** Nobody has said yes in time. */
  late: (tools: string) => string
  /** Somebody has, and a limit was used up then; by now it is too late. */
  unpaid: (tools: string) => string
  /** What the message of a request says in the end, and nothing else; `who` answered, where the name is known. */
  granted: (who: string | null) => string
  refused: (who: string | null) => string
  withdrawn: string
  expired: string
}

export interface FileWords {
  /** Both ways in which somebody can give a file: the page behind the link, and Campfire's own link to it. */
  offer: (link: string) => string
  /** The same where it is not known how the page can be reached. */
  paste: string
}

export interface ReminderWords {
  /** `forget` leaves them alone, and says so. */
  kept: string
  /** In place of what somebody is reminded of, where nobody would take that. */
  refused: string
  /** The line below what somebody is reminded of: its number, and who asked for it, if that was somebody else. */
  foot: (number: number, by: string | null) => string
  late: (span: string) => string
  /** Of one that comes again and again: so many times before this one. */
  missed: (count: number, shown: string) => string
  paused: (who: string, numbers: string) => string
}

export type WhyReason =
  | 'mentioned'
  | 'direct'
  | 'always'
  | 'files'
  | 'not mentioned'
  | 'bots in a row'
  | 'too many in a row'
  | 'taken back'
  | 'forgotten'
  | 'cancelled'
  | 'answered elsewhere'
  | 'limit'
  | 'approval expired'
  | 'approval unpaid'
  | 'several people'
  | 'note'

export interface WhyWords {
  /** The one that was quoted is not known. */
  unknown: string
  nothing: string
  why: string
  /** Why it spoke or kept silent; `note`: it had something to say that nobody has asked for. */
  reasons: Record<WhyReason, string>
  scheduled: (number: number) => string
  again: string
  read: string
  tools: string
  took: string
  /** One of its three: what it is about, what there is to say of that, and the turn's reference in the last. */
  line: (label: string, said: string[], ref?: string) => string
  /** A control word was answered. */
  word: string
  messages: (count: number, shown: string) => string
  /** It was reworded after it was sent, and answered in its new words. */
  edited: string
  others: string
  noOthers: string
  forgotten: string
  /** How the conversation so far was found: in memory, in storage, or not at all. */
  tiers: Record<'hot' | 'warm' | 'cold', string>
  /** Files that code has made, which stand in the room. */
  made: (names: string[]) => string
  noTools: string
  outcomes: Record<'ok' | 'error' | 'unknown' | 'intended' | 'waiting', string>
  seconds: (shown: string) => string
  tokens: (shown: { read: string; cached: string; written: string }) => string
  /** Why the prompt cache was not used, one of `misses`, or the API's own word. */
  missed: (reason: string) => string
  misses: Record<'model_changed' | 'system_changed' | 'tools_changed' | 'messages_changed', string>
  noPrice: string
  atMost: (cost: string) => string
  models: (names: string[]) => string
  noModel: string
  /** What the API calls the newest call that was answered, and the newest that was not. */
  request: (id: string) => string
  failedRequest: (id: string) => string
  /** Of the Worker, and of the bot: its file, or what an operator has saved. */
  version: (worker: string, bot: string) => string
  /** How it ended, where that was not with an answer. */
  ends: Record<'silent' | 'stopped' | 'failed' | 'parked', string>
  crashes: (count: number, shown: string) => string
  noCrashes: string
  doubts: Record<'may stand twice' | 'may be missing' | 'may stand twice or be missing', string>
}
