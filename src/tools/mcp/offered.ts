import type { Definition, Offered } from '../../tables/room/mcp/servers.ts'
import { unfenced } from '../untrusted.ts'
import { cleanSchema } from './schema.ts'
import { MOST_TOOLS, type Server } from './server.ts'

/** Ours, of each server: see `lookTool`. */
export const LOOK = 'tools'
const LONGEST_DESCRIPTION = 1_000
/** Of all that a server offers: it goes out with each request, and may be read. */
const MOST_CHARACTERS = 60_000
/** Those that are gone are known for a while: whoever comes back changed is no newcomer. */
const MOST_KNOWN = 2 * MOST_TOOLS

interface Raw {
  name: string
  description?: string | undefined
  inputSchema?: unknown
  annotations?: { [hint: string]: unknown } | undefined
}

/** Of what a server lists, what may be used: named as the API takes names, once, and of a size. */
export function definitionsIn(server: Server, listed: Raw[]): Definition[] {
  let left = MOST_CHARACTERS
  const named = Map.groupBy(listed, ({ name }) => name)
  return [...named.values()]
    .flatMap(([first, another]) => {
      // Of two by one name nobody knows which is meant.
      if (!first || another || !isMeant(server, first)) return []
      const schema = cleanSchema(first.inputSchema)
      if (!schema) return []
      const { description = '', annotations: hints } = first
      return {
        name: first.name,
        description: unfenced(description.slice(0, LONGEST_DESCRIPTION)),
        schema,
        isRepeatable: hints?.readOnlyHint === true || hints?.idempotentHint === true,
        isDestructive: hints?.destructiveHint === true,
      }
    })
    .slice(0, MOST_TOOLS)
    .filter((definition) => {
      left -= JSON.stringify(definition).length
      return left >= 0
    })
}

function isMeant({ allow }: Server, { name }: Raw) {
  const fits = typeof name === 'string' && /^[A-Za-z0-9_-]{1,40}$/.test(name) && name !== LOOK
  return fits && (allow?.includes(name) ?? true)
}

/** What is offered by now, with since when each is as it is. */
export function offeredAfter(before: Offered[], listed: Definition[], now: number): Offered[] {
  const known = new Map(before.map((one) => [one.definition.name, one]))
  const isFull = before.length >= MOST_KNOWN
  const offered = listed.map((definition): Offered => {
    const old = known.get(definition.name)
    known.delete(definition.name)
    // Where no more can be known, it may be one of those that were dropped.
    if (!old) return { definition, changed: isFull ? now : null, isGone: false }
    const isSame = JSON.stringify(old.definition) === JSON.stringify(definition)
    return { definition, changed: isSame ? old.changed : now, isGone: false }
  })
  const gone = [...known.values()].map((one) => ({ ...one, isGone: true }))
  return [...offered, ...gone].slice(0, MOST_KNOWN)
}
