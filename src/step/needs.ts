import type { Bot } from '../bots.ts'
import type { Model } from '../model.ts'
import type { Preface, SecondLook } from '../prompt.ts'
import type { Draft, ProgressNote } from '../reply.ts'
import type { Sentences } from '../sentences.ts'
import type { Instructions } from '../tables/room/instructions.ts'
import type { PastTurn } from '../tables/room/sessions.ts'
import type { Steps } from '../tables/room/steps.ts'
import type { TurnRow } from '../tables/room/turns.ts'
import type { ToolContext } from '../tools.ts'
import type { TimeLimit } from './time-limit.ts'

/** What a step needs of the turn that takes it. */
export interface StepNeeds {
  bot: Bot
  row: TurnRow
  steps: Steps
  model: Model
  /** Aborted by a stop, and where the time is over. */
  signal: AbortSignal
  time: Pick<TimeLimit, 'check' | 'isOver' | 'isShort'>
  draft: Pick<Draft, 'announce' | 'begin' | 'breakOff' | 'hear' | 'tell' | 'think'>
  /** Where nothing grows. */
  progressNote: Pick<ProgressNote, 'check' | 'hear'>
  /** The bot's own words, in the language of the asker. */
  readonly sentences: Sentences
  /** What the model remembers: the turns of this session that are over. */
  memory: { past(): Preface & { turns: PastTurn[] } }
  /** What was left out of requests that were refused. */
  remedies: { suspect: number | null; adopt(): void }
  /** What the bot is told, as it was when this turn began. */
  readonly instructions: Instructions
  approval: {
    /** Somebody has to say yes before this tool runs. */
    isNeeded(tool: string): boolean
    /** There is nobody whose yes would count. */
    isInVain(): boolean
    ask(tool: string, input: unknown): void
  }
  tools: ToolContext
  /** What the asker has said since; from here on it belongs to this turn. */
  takeSteering(): string | null
  /** What the asker has reworded or taken back since. */
  secondLook: Pick<SecondLook, 'signal' | 'takeNews'>
  progress(): { started: number; now: number; steps: Steps['all'] }
  change(changes: Partial<Omit<TurnRow, 'id'>>): void
  now(): number
  /** Names the turn in logs. */
  ref: { room: number; bot: string; turn: number }
}
