import * as z from 'zod'
import type { Campfire } from '../campfire.ts'
import type { Archive } from '../room/archive.ts'
import type { Pin } from '../room/pins.ts'

/** All that a tool may reach. */
export interface ToolContext {
  campfire: Pick<Campfire, 'list' | 'boost' | 'attach'>
  archive: Pick<Archive, 'search'>
  /** Facts and promises that outlive the conversation; what is added is the asker's. */
  pins: {
    all(): Pin[]
    /** False: there are too many. */
    add(fact: string): boolean
    remove(number: number): void
  }
  /** Results of earlier tool uses here. Null: not kept, or never was. */
  results: { read(turn: number, step: number, number: number): string | null }
  now: number
  /** Where the bot's clock is, as Europe/Berlin: every day and time of a tool is of there. */
  timeZone: string
  signal: AbortSignal
}

export interface Tool {
  name: string
  description: string
  /** JSON Schema, as the model is shown it. */
  inputSchema: z.core.JSONSchema.JSONSchema
  /** Checks what the model sent. */
  input: z.ZodType
  /** After a crash a tool that may be repeated is run again; any other has an unknown outcome. */
  repeatable: boolean
  /** What people read while it runs, as "Searching the room for budget"; none: nothing is said. */
  status?: ((input: unknown) => string) | undefined
  /** The result for the model to read. What it throws, the model reads too. */
  run(input: unknown, context: ToolContext): Promise<unknown>
}

export function defineTool<Input extends z.ZodType>(tool: {
  name: string
  description: string
  input: Input
  repeatable: boolean
  status?: (input: z.infer<Input>) => string
  run(input: z.infer<Input>, context: ToolContext): Promise<unknown>
}): Tool {
  const { $schema: _, ...inputSchema } = z.toJSONSchema(tool.input, { io: 'input' })
  return {
    ...tool,
    inputSchema,
    status: tool.status && ((input) => tool.status?.(input as z.infer<Input>) ?? ''),
    run: (input, context) => tool.run(input as z.infer<Input>, context),
  }
}

const LONGEST_STATUS = 60

/** Words for a status line: short, on one line, and without markup or mentions. */
export function quiet(text: string) {
  const line = shortened(text.replace(/\s+/g, ' ').trim(), LONGEST_STATUS)
  // Of a backslash and of brackets an escape is read as written: see `escapes.ts`.
  const bare = line.replace(/[\\[\]&:!]/g, (sign) => `&#${sign.charCodeAt(0)};`)
  return bare.replace(/[`*_<>~|@]|#(?!\d+;)/g, '\\$&')
}

export function shortened(text: string, longest: number) {
  return text.length > longest ? `${text.slice(0, longest).toWellFormed()}…` : text
}
