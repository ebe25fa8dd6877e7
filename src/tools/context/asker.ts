import type { Language } from '../../languages.ts'
import type { PersonalMemory } from './personal-memory.ts'

/** Who has asked for what is done. */
export interface Asker {
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
