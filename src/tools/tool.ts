import * as z from 'zod'
import type { Language } from '../languages.ts'
import type { ToolContext } from './context.ts'

export interface Tool {
  name: string
  description: string
  /** JSON Schema, as the model is shown it. */
  inputSchema: z.core.JSONSchema.JSONSchema
  /** Checks what the model sent. */
  input: z.ZodType
  /** After a crash a tool that may be repeated is run again; any other has an unknown outcome. */
  repeatable: boolean
  /** What people read while it runs, as "Searching for “budget”"; none: nothing is said. */
  status?: ((input: unknown, language?: Language) => string) | undefined
  /** What people are asked before it runs, as "May I post **report.csv** here?"; none: a plain "May I run it?". */
  asks?: ((input: unknown, language?: Language) => string) | undefined
  /** The result for the model to read. What it throws, the model reads too. */
  run(input: unknown, context: ToolContext): Promise<unknown>
}

export function defineTool<Input extends z.ZodType>(tool: {
  name: string
  description: string
  input: Input
  repeatable: boolean
  status?: (input: z.infer<Input>, language: Language) => string
  asks?: (input: z.infer<Input>, language: Language) => string
  run(input: z.infer<Input>, context: ToolContext): Promise<unknown>
}): Tool {
  const { $schema: _, ...inputSchema } = z.toJSONSchema(tool.input, { io: 'input' })
  return {
    ...tool,
    inputSchema,
    status: inWords(tool.status),
    asks: inWords(tool.asks),
    run: (input, context) => tool.run(input as z.infer<Input>, context),
  }
}

function inWords<Input>(say?: (input: Input, language: Language) => string) {
  return say && ((input: unknown, language: Language = 'en') => say(input as Input, language))
}

export function shortened(text: string, longest: number) {
  return text.length > longest ? `${text.slice(0, longest).toWellFormed()}…` : text
}
