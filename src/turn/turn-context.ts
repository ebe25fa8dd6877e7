import type { ApprovalRequests } from '../approval.ts'
import type { SecondLook } from '../prompt.ts'
import type { RecoveryNeeds } from '../recovery.ts'
import type { Draft, DraftNeeds, ProgressNote, ReplyNeeds, Signs } from '../reply.ts'
import type { SessionNeeds } from '../session.ts'
import type { HandNeeds, MadeNeeds, StepNeeds, TimeLimit } from '../step.ts'

/**
 * One turn and all that it may touch: what each folder declares to need of it, taken together. The rows
 * are the truth; this is how they are reached.
 */
export type Turn = ReplyNeeds &
  DraftNeeds &
  StepNeeds &
  MadeNeeds &
  HandNeeds &
  SessionNeeds &
  RecoveryNeeds & {
    direct: boolean
    /** What people call us in this room. */
    readonly nameHere: string
    draft: Draft
    secondLook: Pick<SecondLook, 'isDue' | 'begin' | 'settle'>
    signs: Signs
    time: TimeLimit
    progressNote: ProgressNote
    approval: ApprovalRequests
    /** How a file can be given to us, where one is wanted. */
    fileOffer(): Promise<string | null>
    /** Erases the words of this conversation, as far as the asker may. */
    forget(): void
  }
