import { ANSWERS } from './killed/answers.ts'
import { APPROVALS } from './killed/approvals.ts'
import { KEPT } from './killed/kept.ts'
import { OVER_TIME } from './killed/over-time.ts'
import { PEOPLE } from './killed/people.ts'
import type { ScriptedTurn } from './killed/script.ts'
import { TOOLS } from './killed/tools.ts'
import { TROUBLE } from './killed/trouble.ts'

export { TEXT } from './killed/answers.ts'
export type { ScriptedTurn } from './killed/script.ts'
export { POISON } from './killed/trouble.ts'

/** Every turn that is killed at each of its effects: see `kinds.ts`. */
export const KILLED: ScriptedTurn[] = [
  ...ANSWERS,
  ...TOOLS,
  ...APPROVALS,
  ...KEPT,
  ...TROUBLE,
  ...PEOPLE,
  ...OVER_TIME,
]
