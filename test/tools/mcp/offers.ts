import type { Definition, Offered } from '../../../src/tables/room/mcp/servers.ts'
import { Server } from '../../../src/tools/mcp/server.ts'

export const URL_OF = 'https://mcp.example.com/mcp'

export const serverWith = (changes: object = {}) =>
  Server.parse({ name: 'tracker', url: URL_OF, ...changes })

export const schema = (properties: object, rest: object = {}) => ({
  type: 'object',
  properties,
  ...rest,
})

export function definition(changes: Partial<Definition> = {}): Definition {
  return {
    name: 'find',
    description: 'Finds.',
    schema: schema({}),
    isRepeatable: false,
    isDestructive: false,
    ...changes,
  }
}

export function offered(definition: Definition): Offered {
  return { definition, changed: null, isGone: false }
}

/** Sixty ways at each of eight levels. */
export function bomb() {
  const properties = Object.fromEntries(
    Array.from({ length: 60 }, (_, n) => [`p${n}`, { $ref: '#/$defs/n' }]),
  )
  return { ...schema({ a: { $ref: '#/$defs/n' } }), $defs: { n: schema(properties) } }
}
