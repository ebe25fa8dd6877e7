import type { StepNeeds } from '../step.ts'
import type { Memory } from './memory.ts'
import type { Remedies } from './remedies.ts'

/** What telling a session in short needs of the turn that does it. */
export type SessionNeeds = StepNeeds & { memory: Memory; remedies: Remedies }
