import type { Bot } from '../bots.ts'
import type { TurnBudget } from '../budget.ts'
import type { Model } from '../model.ts'
import type { Preface, SecondLook } from '../prompt.ts'
import type { Draft, ProgressNote } from '../reply.ts'
import type { Sentences } from '../sentences.ts'
import type { Files } from '../tables/room/files.ts'
import type { Instructions } from '../tables/room/instructions.ts'
import type { PastTurn } from '../tables/room/sessions.ts'
import type { ToolUse } from '../tables/room/step.ts'
import type { Steps } from '../tables/room/steps.ts'
import type { TurnRow } from '../tables/room/turns.ts'
import type { ToolContext } from '../tools.ts'
import type { TimeLimit } from './time-limit.ts'

/** What one call of the model needs of the turn that makes it. */
export interface AskNeeds {
  /** What it may cost. */
  budget: Pick<TurnBudget, 'isFree' | 'ready' | 'reserve' | 'settled'>
  row: TurnRow
  steps: Steps
  model: Model
  /** Aborted by a stop, and where the time is over. */
  signal: AbortSignal
  time: Pick<TimeLimit, 'isOver'>
  draft: Pick<Draft, 'begin' | 'breakOff'>
  approval: Pick<ToolNeeds['approval'], 'readFrom'>
  /** What the model remembers: the turns of this session that are over. */
  memory: { past(): Preface & { turns: PastTurn[] } }
  /** What was left out of requests that were refused. */
  remedies: { suspect: number | null; adopt(): void }
  /** What the asker has reworded or taken back since. */
  secondLook: Pick<SecondLook, 'signal'>
  change(changes: Partial<Omit<TurnRow, 'id'>>): void
  now(): number
  /** Names the turn in logs. */
  ref: { room: number; bot: string; turn: number }
}

/** What it needs to pass an answer on while it comes. */
export interface HearNeeds {
  steps: Pick<Steps, 'all'>
  time: Pick<TimeLimit, 'check'>
  draft: Pick<Draft, 'hear' | 'heard' | 'tell' | 'think'>
  /** Where nothing grows. */
  progressNote: Pick<ProgressNote, 'hear'>
  /** The bot's own words, in the language of the asker. */
  readonly sentences: Sentences
}

/** What it needs to run what the model asks for. */
export interface ToolNeeds {
  bot: Bot
  row: TurnRow
  steps: Steps
  draft: Pick<Draft, 'tell'>
  /** The bot's own words, in the language of the asker. */
  readonly sentences: Sentences
  approval: {
    /** Somebody has to say yes before this tool runs, by which that goes. */
    isNeeded(tool: string, goes: string[] | null): boolean
    /** What is approved has become something else since, or what goes by it. */
    isOutdated(use: Pick<ToolUse, 'id' | 'name' | 'input'>, goes: string[] | null): boolean
    /** There is nobody whose yes would count. */
    isInVain(): boolean
    ask(tool: string, input: unknown, goes: string[] | null): void
    /** What was to be asked for is not, any more. */
    takeBack(): void
    /** What comes from outside of the room was read. */
    readFrom(source: string): void
  }
  /** What the model remembers: the turns of this session that are over. */
  memory: { past(): Preface & { turns: PastTurn[] } }
  /** All that this tool use may reach: of whoever has asked for it. */
  toolsFor(use: ToolUse): ToolContext
  now(): number
  /** Names the turn in logs. */
  ref: { room: number; bot: string; turn: number }
}

/** What a request is made of. */
export interface RequestNeeds {
  bot: Bot
  row: TurnRow
  steps: Steps
  model: Pick<Model, 'without'>
  /** What people gave. */
  files: Pick<Files, 'find' | 'read' | 'uploads'>
  /** What the model remembers: the turns of this session that are over. */
  memory: { past(): Preface & { turns: PastTurn[] } }
  /** What the bot is told, as it was when this turn began. */
  readonly instructions: Instructions
  now(): number
}

/** What it needs to know what is to be asked next. */
export interface TakeNeeds extends RequestNeeds {
  budget: Pick<TurnBudget, 'ready' | 'waitsForLong'>
  time: Pick<TimeLimit, 'isShort'>
  draft: Pick<Draft, 'announce'>
  progressNote: Pick<ProgressNote, 'check'>
  /** The bot's own words, in the language of the asker. */
  readonly sentences: Sentences
  /** What the asker has told about themselves, in words; decided once for a turn. Nobody waits long for it. */
  aboutAsker(): Promise<string | null>
  /** What the asker has said since; from here on it belongs to this turn. */
  takeSteering(): string | null
  secondLook: Pick<SecondLook, 'takeNews'>
  progress(): { started: number; now: number; steps: Steps['all'] }
}

/** What a step needs of the turn that takes it. */
export type StepNeeds = TakeNeeds & AskNeeds & HearNeeds & ToolNeeds
