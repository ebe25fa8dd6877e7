import * as z from 'zod'
import type { InEach, Language } from '../languages.ts'
import type { ToolContext } from './context.ts'

/**
 * What a tool does to the world; how it is approved and what a crash means for it follow from that.
 *
 * read     looks, and changes nothing: no yes, and after a crash it looks again
 * change   changes rows of ours: no yes, but for what people would lose by it (`goes`). Those of the room are written as one with the result (`Change`);
 *          those of another object under the key of this very use, so that a second time changes nothing
 * outside  reaches beyond our rows: a yes, once in a session, and never repeated. A bot's file that finds it
 *          harmless says `never`
 */
export type Effect = 'read' | 'change' | 'outside'

export interface Tool {
  name: string
  description: string
  /** JSON Schema, as the model is shown it. */
  inputSchema: z.core.JSONSchema.JSONSchema
  /** Checks what the model sent. */
  input: z.ZodType
  effect: Effect
  /** So long it may take, in ms. */
  timeoutMs: number
  /** Characters of a result; what is longer is cut, and says so. */
  longestResult: number
  /** A bot of many tools leaves it to the API's tool search: it is found when it is looked for. */
  isSeldom: boolean
  /**
   * What of an input may be kept when it is about the asker: that and the result are for this turn only.
   * Null: it is about nobody.
   */
  personal(input: unknown): object | null
  /** What people ask for when they need it: `help` tells them. */
  examples?: InEach<string[]>
  /** What people read while it runs, as "Searching for “budget”"; none: nothing is said. */
  status?: ((input: unknown, language?: Language) => string) | undefined
  /** What people are asked before it runs, as "May I post **report.csv** here?"; none: a plain "May I run it?". */
  asks?: ((input: unknown, language?: Language) => string) | undefined
  /** Whose it is, where it is of somebody else's server: it is left to the API's tool search however few there are. */
  server?: string
  /** What it finds comes from outside of the room: see `trusted` in a bot's file, where it goes by its name or by this. */
  readsOutside?: boolean | 'files'
  /** Addresses that it opens: one that the model has put together tells its host something, and needs a yes. */
  opens?: ((input: unknown) => string[]) | undefined
  /**
   * What people keep and would lose by it, each in its own words; empty where nothing is named, or where it is told to
   * every later conversation. Null: neither. A session that has read what strangers wrote needs a yes for it.
   */
  goes?: ((input: unknown, context: ToolContext) => string[] | null) | undefined
  /** The yes that it takes, whatever else the bot's file says. */
  approval?: 'never' | 'once' | 'always'
  /** It was another one until then, in ms since 1970: what was said yes to before was something else. */
  approvedSince?: number | null
  /** After a crash it is run again, though it reaches outside. */
  isRepeatable?: boolean
  /** The result for the model to read, or a `Change` that gives it. What it throws, the model reads too. */
  run(input: unknown, context: ToolContext): Promise<unknown>
}

/** Made where the result is written, as one with it: there is no `await` in between. */
export class Change {
  readonly make: () => unknown

  constructor(make: () => unknown) {
    this.make = make
  }
}

/** What strangers wrote in files is in it, where the tool is one that mostly has none of that. */
export class FromFiles {
  readonly result: unknown

  constructor(result: unknown) {
    this.result = result
  }
}

/** There was nothing to read: what it says is ours, and nobody else's. */
export class NothingThere extends Error {
  override name = 'NothingThere'
}

/** It may have been done, and nobody can know. */
export class Uncertain extends Error {
  override name = 'Uncertain'
}

/** Whoever reads what a turn has used finds it by this name. */
export const ASK_FOR_FILE = 'ask_for_file'

const TIMEOUT = 30_000
const LONGEST_RESULT = 60_000

export function defineTool<Input extends z.ZodType>(tool: {
  name: string
  description: string
  input: Input
  effect: Effect
  timeoutMs?: number
  longestResult?: number
  isSeldom?: boolean
  readsOutside?: boolean | 'files'
  opens?: (input: z.infer<Input>) => string[]
  goes?: (input: z.infer<Input>, context: ToolContext) => string[] | null
  personal?: (input: z.infer<Input>) => object | null
  examples?: InEach<string[]>
  status?: (input: z.infer<Input>, language: Language) => string
  asks?: (input: z.infer<Input>, language: Language) => string
  run(input: z.infer<Input>, context: ToolContext): Promise<unknown>
}): Tool {
  const { $schema: _, ...inputSchema } = z.toJSONSchema(tool.input, { io: 'input' })
  return {
    timeoutMs: TIMEOUT,
    longestResult: LONGEST_RESULT,
    isSeldom: false,
    ...tool,
    inputSchema,
    opens: tool.opens && ((input) => tool.opens?.(input as z.infer<Input>) ?? []),
    goes: tool.goes && ((input, context) => tool.goes?.(input as z.infer<Input>, context) ?? null),
    personal: (input) => tool.personal?.(input as z.infer<Input>) ?? null,
    status: inWords(tool.status),
    asks: inWords(tool.asks),
    run: (input, context) => tool.run(input as z.infer<Input>, context),
  }
}

function inWords<Input>(say?: (input: Input, language: Language) => string) {
  return say && ((input: unknown, language: Language = 'en') => say(input as Input, language))
}

/** After a crash it is run again; of any other the outcome is unknown. */
export function isRepeatable(tool: Pick<Tool, 'effect' | 'isRepeatable'> | undefined) {
  return tool !== undefined && (tool.effect !== 'outside' || tool.isRepeatable === true)
}

/** The yes that it takes where neither it nor the bot's file says it. */
export function approvalFor(tool: Pick<Tool, 'effect'> | undefined) {
  return tool?.effect === 'outside' ? 'once' : 'never'
}

export function shortened(text: string, longest: number) {
  return text.length > longest ? `${text.slice(0, longest).toWellFormed()}…` : text
}
