import type { Changed } from '../../tables/person/changes.ts'
import type { PersonFact, ToRemember } from '../../tables/person/facts.ts'

/** Theirs in every room, so it is kept elsewhere: what is changed there is named by the tool use. */
export interface PersonalMemory {
  /** Nobody else reads what is said here. */
  isAlone: boolean
  recall(): Promise<PersonFact[]>
  remember(use: string, wanted: ToRemember): Promise<Changed>
  /** Null: all of it. */
  forget(use: string, number: number | null): Promise<Changed>
}
