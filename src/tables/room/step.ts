import * as z from 'zod'
import type { AnswerBlock, Usage } from '../../model.ts'
import type { Reserve } from './budget/leases.ts'

/** `asked` is the intent; `lost` is one whose answer never came because we died meanwhile. */
type StepState = 'asked' | 'answered' | 'failed' | 'lost' | 'stopped'
/**
 * `last` is the call without tools at a limit; `summary` tells the session before in short; `approved`
 * is no call: the tool uses that somebody said yes to.
 */
export type StepKind = 'talk' | 'last' | 'summary' | 'approved'

export interface Step {
  number: number
  kind: StepKind
  state: StepState
  model: string
  /** Words to the model before this call, that nobody in the room said. */
  notice: string | null
  content: AnswerBlock[]
  stop: string | null
  usage: Usage | null
  /** Millionths of a dollar: the worst case until the answer is here. Null: no price is known. */
  cost: number | null
  error: string | null
  /** A hash of all that stood before its answer: what it thought is valid behind nothing else. */
  prefix: number | null
  /** The API's own name for this call. */
  request: string | null
  diagnostics?: Diagnostics | null
  /** What is reserved for it, where a limit is set; settled by its cost. */
  reserve?: Reserve | null
  asked: number
  ended: number | null
  uses: ToolUse[]
}

/** What a call told beside its answer. */
export const Diagnostics = z.object({
  /** By which the API compares the next request with this one. */
  message: z.string().nullable(),
  /** From the request to the first token of the answer. */
  firstTokenMs: z.number().nullable(),
  /** Why the prompt cache could not be used further, in the API's own word. */
  cacheMiss: z.object({ reason: z.string(), tokens: z.number().nullable() }).nullable(),
  /** Where its code has run, and until when (ms since 1970) that is kept with its files. */
  container: z.object({ id: z.string(), until: z.number() }).nullish(),
})
export type Diagnostics = z.infer<typeof Diagnostics>

export interface ToolUse {
  step: number
  number: number
  id: string
  name: string
  input: unknown
  /** The input was no JSON, or was cut off. */
  unreadable: boolean
  /** `waiting`: somebody has to say yes first, and that will be another turn. */
  state: 'intended' | 'ok' | 'error' | 'unknown' | 'waiting'
  /** The envelope as the model reads it. */
  result: string | null
}

export type Asking = Pick<Step, 'kind' | 'model' | 'notice' | 'cost' | 'prefix' | 'reserve'>
