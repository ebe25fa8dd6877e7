import { CampfireError, isDenied, visible } from './campfire.ts'
import { withDeadline } from './clock.ts'
import type { ToolContext } from './tools/context.ts'
import { fitResult } from './tools/fit-result.ts'
import { Change, FromFiles, NothingThere, type Tool, Uncertain } from './tools/tool.ts'

export { type FileToPost, madeByCode } from './tools/attach-file.ts'
export { createToolContext, type ToolContext } from './tools/context.ts'
export * as mcp from './tools/mcp.ts'
export { ASK_FOR_FILE, approvalFor, isRepeatable, type Tool } from './tools/tool.ts'
export { unforged } from './tools/untrusted.ts'

export interface ToolCall {
  name: string
  input: unknown
  /** The input was no JSON, or was cut off. */
  unreadable: boolean
  /** Which it is within its turn. */
  step: number
  number: number
}

interface ToolOutcome {
  /** `unknown`: it may or may not have been done. */
  state: 'ok' | 'error' | 'unknown'
  /** The envelope that the model reads. */
  result: string
  /** Nothing was read for it: all of its words are ours. */
  isOurs?: true
  /** Words of files that strangers wrote are in it, whatever else the tool reads. */
  isFromFiles?: true
}

/** How a tool use ends: called where its result is written. A change of our rows is made by it. */
type Finish = () => ToolOutcome

const LONGEST_ERROR = 500

/** Never throws: whatever goes wrong is for the model to read and work around. */
export async function runTool(
  tools: Tool[],
  call: ToolCall,
  context: ToolContext,
): Promise<Finish> {
  const tool = tools.find(({ name }) => name === call.name)
  if (!tool) return () => refused(`There is no tool named ${call.name}.`)
  try {
    if (call.unreadable)
      return () => refused('The input was not whole JSON. Nothing was done. Try again.')

    if (context.signal.aborted) return stopped

    const input = tool.input.safeParse(call.input)
    if (!input.success) {
      const why = whatDoesNotFit(input.error)
      return () => refused(`The input does not fit: ${why}`)
    }

    const result = await withDeadline(tool.timeoutMs, async (deadline) => {
      const signal = AbortSignal.any([context.signal, deadline])
      const use = `${context.use}/${call.step}.${call.number}`
      return await untilAborted(tool.run(input.data, { ...context, signal, use }), signal)
    })
    const isPersonal = tool.personal(input.data) !== null
    return () => finish(result, { tool, context, isPersonal })
  } catch (error) {
    if (error instanceof NothingThere) return () => refused(error.message)
    const isDoubtful =
      error instanceof Left ||
      error instanceof Uncertain ||
      (error instanceof CampfireError && error.uncertain)
    // What is kept in another object may be kept, too, though nobody does it again from here.
    return () =>
      isDoubtful && tool.effect !== 'read'
        ? unknown()
        : failed(whatWentWrong(error), fileIn(tool, call))
  }
}

function finish(
  result: unknown,
  { tool, context, isPersonal }: { tool: Tool; context: ToolContext; isPersonal: boolean },
) {
  try {
    if (result instanceof FromFiles)
      return { ...ok(result.result, tool, isPersonal), isFromFiles: true as const }
    if (!(result instanceof Change)) return ok(result, tool, isPersonal)
    if (context.signal.aborted) return stopped()
    // What it throws undoes what it had written by then.
    return context.atomically(() => ok(result.make(), tool, isPersonal))
  } catch (error) {
    return failed(whatWentWrong(error))
  }
}

function stopped() {
  return failed('It was stopped. Nothing was done.')
}

/** The one shape in which a result reaches the model: it says ok or error first. */
export function failed(error: string, about: { file?: unknown } = {}): ToolOutcome {
  return { state: 'error', result: visible(JSON.stringify({ ok: false, ...about, error })) }
}

/** What is wrong with a question to a file is told in words of the file: the columns that there are. */
function fileIn({ readsOutside }: Tool, { input }: ToolCall) {
  return readsOutside === 'files' ? { file: Object(input).file } : {}
}

/** The same where no tool has looked anywhere. */
export function refused(error: string): ToolOutcome {
  return { ...failed(error), isOurs: true }
}

/** For the model to say so, or to find out. */
export function unknown(): ToolOutcome {
  const error = 'outcome unknown: it was interrupted, and may or may not have been done'
  return { state: 'unknown', result: failed(error).result }
}

function ok(result: unknown, tool: Tool, isPersonal: boolean): ToolOutcome {
  const about = isPersonal ? { personal: true } : {}
  try {
    const fitting = fitResult(result, tool.longestResult)
    // Nothing that people cannot see.
    const json = visible(JSON.stringify({ ok: true, ...about, ...fitting }))
    return { state: 'ok', result: json }
  } catch (error) {
    const why = `is not valid JSON (${whatWentWrong(error)})`
    if (tool.effect === 'read') return failed(`The result ${why}. Ask for less.`)
    const done = `It was done, once. Its result ${why} and cannot be shown: do not do it again for that.`
    return { state: 'ok', result: JSON.stringify({ ok: true, result: done }) }
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
  if (isDenied(error)) return DENIED
  if (error.kind === 'gone') return 'There is no such message in this room. Nothing was done.'
  return error.message
}

const DENIED =
  'A page says that this Campfire lets no bot do that: it is too old, or something stands before it just now. Do without, and say so.'

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
