import { log } from '../../log.ts'
import { Uncertain } from '../tool.ts'
import { unfenced } from '../untrusted.ts'
import { connected, type Line, refusalIn, Unreached } from './connect.ts'
import { definitionsIn } from './offered.ts'
import { LONGEST_ANSWER, wordsOf } from './result.ts'
import type { Server } from './server.ts'

/** What a server offers by now. What it throws means that it could not be had. */
export async function list(server: Server, line: Line) {
  return await connected(server, line, async ({ client, options, prior }) => {
    const { tools } = await client.listTools({}, options)
    const told = definitionsIn(server, tools)
    return { definitions: told.filter((one) => !tells(one, line)), prior: prior() }
  })
}

/** What is offered is read by the model, and our own token is no part of that. */
function tells(definition: unknown, { token }: Line) {
  if (token === null) return false
  let isTold = false
  JSON.stringify(definition, (key, value) => {
    isTold ||= key.includes(token) || (typeof value === 'string' && value.includes(token))
    return value
  })
  return isTold
}

interface Use {
  tool: string
  input: Record<string, unknown>
}

/** One use of a tool, once. `Uncertain`: it may have been done, whatever became of the answer. */
export async function ask(server: Server, { tool, input }: Use, line: Line) {
  const { ProtocolError, SdkHttpError } = await import('@modelcontextprotocol/client')
  const { name } = server
  // Some servers say back what they were sent, and the room is no place for that.
  const told = (words: string) => (line.token ? words.replaceAll(line.token, '[a secret]') : words)
  return await connected(server, line, async ({ client, options }) => {
    try {
      const answer = await client.callTool({ name: tool, arguments: input }, options)
      const words = told(wordsOf(answer))
      if (answer.isError) throw new Told(`${name} says that it failed: ${words}`)
      const cut = words.length > LONGEST_ANSWER && {
        cut: `These are the first ${LONGEST_ANSWER} of ${words.length} characters. Ask for less.`,
      }
      return { from: name, untrusted: words.slice(0, LONGEST_ANSWER).toWellFormed(), ...cut }
    } catch (error) {
      if (error instanceof Told || error instanceof Unreached) throw error
      const refused = refusalIn(error)
      if (refused) throw refused
      log.warn('mcp.failed', { server: name, error: kindOf(error) })
      if (error instanceof ProtocolError)
        throw new Error(`${name} refuses it: ${told(unfenced(error.message))}`)
      const isRefused = error instanceof SdkHttpError && error.status >= 400 && error.status < 500
      if (isRefused) throw new Error(`${name} refuses it (${error.status}). Nothing was done.`)
      throw new Uncertain(`${name} did not answer to the end.`, { cause: error })
    }
  })
}

class Told extends Error {}

/** Never what it says: a server may have put anything into it. */
function kindOf(error: unknown) {
  return error instanceof Error ? error.name : typeof error
}
