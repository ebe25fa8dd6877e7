import type { ApprovalRequests } from '../approval.ts'
import type { Bot } from '../bots.ts'
import type { Sentences } from '../sentences.ts'
import type { Remedies } from '../session.ts'
import type { TimeLimit } from '../step.ts'
import type { Replies } from '../tables/room/replies.ts'
import type { Steps } from '../tables/room/steps.ts'
import type { TurnRow, Verdict } from '../tables/room/turns.ts'

/** To make known what a crash has left unknown. */
export interface InterruptedNeeds {
  bot: Pick<Bot, 'tools'>
  row: TurnRow
  steps: Steps
  replies: Replies
  now(): number
}

/** To decide what the room gets in place of an answer. */
export interface DecisionNeeds {
  steps: Steps
  change(changes: Partial<Omit<TurnRow, 'id'>>): void
  /** Names the turn in logs. */
  ref: { room: number; bot: string; turn: number }
  /** Names the turn to people; the log has it too. */
  reference: string
}

/** Where a limit is used up. */
export interface LimitNeeds extends DecisionNeeds {
  replies: Replies
  approval: Pick<ApprovalRequests, 'putBack'>
  readonly sentences: Sentences
}

/** After an error. */
export interface FailureNeeds extends Omit<DecisionNeeds, 'steps'> {
  bot: Pick<Bot, 'fallbackModel'>
  row: TurnRow
  replies: Replies
  remedies: Pick<Remedies, 'leaveOut' | 'leaveOutDeclined' | 'makeRoom' | 'resume'>
  /** A field of requests that is refused here is left out for a day. False: it cannot be. */
  doWithout(field: string | null): boolean
  readonly sentences: Sentences
  /** Until its limit. */
  time: Pick<TimeLimit, 'left'>
  /** As far as we know, this Campfire can list. */
  canAsk(): boolean
  /** Campfire has brought us something after that, in ms since 1970: so it is there. */
  hasHeard(since: number): boolean
  seal(verdict: Verdict): void
  now(): number
  random(): number
}

/** What it takes to put a turn right after a crash or an error. */
export type RecoveryNeeds = InterruptedNeeds & LimitNeeds & FailureNeeds
