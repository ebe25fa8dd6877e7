import { CampfireError, visible } from './campfire.ts'
import { withDeadline } from './deadline.ts'
import type { ToolContext } from './tools/context.ts'
import type { Tool } from './tools/tool.ts'

export { createToolContext, type ToolContext } from './tools/context.ts'
export type { Tool } from './tools/tool.ts'

export interface ToolCall {
  name: string
  input: unknown
  /** The input was no JSON, or was cut off. */
  unreadable: boolean
}

interface ToolOutcome {
  /** `unknown`: it may or may not have been done. */
  state: 'ok' | 'error' | 'unknown'
  /** The envelope that the model reads. */
  result: string
}

const TOOL_TIMEOUT = 60_000
const LONGEST_RESULT = 60_000
const LONGEST_ERROR = 500

/** Never throws: whatever goes wrong is for the model to read and work around. */
export async function runTool(
  tools: Tool[],
  call: ToolCall,
  context: ToolContext,
): Promise<ToolOutcome> {
  const tool = tools.find(({ name }) => name === call.name)
  try {
    if (!tool) return failed(`There is no tool named ${call.name}.`)
    if (call.unreadable) return failed('The input was not whole JSON. Nothing was done. Try again.')

    if (context.signal.aborted) return failed('It was stopped. Nothing was done.')

    const input = tool.input.safeParse(call.input)
    if (!input.success) return failed(`The input does not fit: ${whatDoesNotFit(input.error)}`)

    const result = await withDeadline(TOOL_TIMEOUT, async (deadline) => {
      const signal = AbortSignal.any([context.signal, deadline])
      return await untilAborted(tool.run(input.data, { ...context, signal }), signal)
    })
    return ok(result, tool.repeatable)
  } catch (error) {
    const isDoubtful = error instanceof Left || (error instanceof CampfireError && error.uncertain)
    return isDoubtful && !tool?.repeatable ? unknown() : failed(whatWentWrong(error))
  }
}

/** The one shape in which a result reaches the model: it says ok or error first. */
export function failed(error: string): ToolOutcome {
  return { state: 'error', result: visible(JSON.stringify({ ok: false, error })) }
}

/** For the model to say so, or to find out. */
export function unknown(): ToolOutcome {
  const error = 'outcome unknown: it was interrupted, and may or may not have been done'
  return { state: 'unknown', result: failed(error).result }
}

function ok(result: unknown, repeatable: boolean): ToolOutcome {
  const { json, why } = asJson({ ok: true, result })
  if (json) return { state: 'ok', result: json }
  if (repeatable) return failed(`The result ${why}. Ask for less.`)
  const done = `It was done, once. Its result ${why} and cannot be shown: do not do it again for that.`
  return { state: 'ok', result: JSON.stringify({ ok: true, result: done }) }
}

/** No BigInt, no cycle, nothing else that JSON cannot carry, nothing that people cannot see, and not too much of it. */
function asJson(value: unknown): { json: string; why: '' } | { json: null; why: string } {
  try {
    const json = visible(JSON.stringify(value))
    if (json.length <= LONGEST_RESULT) return { json, why: '' }
    return { json: null, why: `is too long (${json.length} characters)` }
  } catch (error) {
    return { json: null, why: `is not valid JSON (${whatWentWrong(error)})` }
  }
}

function whatDoesNotFit({ issues }: { issues: { path: PropertyKey[]; message: string }[] }) {
  return issues.map(({ path, message }) => `${path.join('.') || 'input'}: ${message}`).join('; ')
}

/** Campfire's errors say what failed to us; the model must know what it can do about it. */
function whatWentWrong(error: unknown) {
  if (!(error instanceof Error)) return 'It failed without saying why.'
  if (!(error instanceof CampfireError)) return error.message.slice(0, LONGEST_ERROR)
  if (error.kind === 'unsupported') return 'This Campfire is too old: it does not let bots do that.'
  if (error.kind === 'gone') return 'There is no such message in this room. Nothing was done.'
  return error.message
}

/** The tool may still be at it. */
class Left extends Error {
  override name = 'Left'
  override message = 'It took too long, or was stopped.'
}

/** A tool that does not listen to its signal is left behind. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal) {
  return new Promise<T>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(new Left()))
    work.then(resolve, reject)
  })
}
