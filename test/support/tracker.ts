import type { Tool as Definition } from '@anthropic-ai/sdk/resources/messages/messages'
import { beforeEach } from 'vitest'
import { Server } from '../../src/tools/mcp/server.ts'
import { useBotChanges } from './bots.ts'
import { McpServer } from './mcp.ts'
import { useWorld } from './world.ts'

export const HOUR = 60 * 60_000
export const find = {
  name: 'find',
  description: 'Finds issues.',
  inputSchema: {
    type: 'object',
    properties: { words: { type: 'string' } },
    required: ['words'],
  },
}

/** A bot with somebody else's server, which stands there, and what the model is told of it. */
export function useTracker() {
  const world = useWorld()
  const change = useBotChanges()
  const there = {} as { tracker: McpServer }

  const entry = (changes: object = {}) =>
    Server.parse({
      name: 'tracker',
      url: there.tracker.url,
      about: 'our issue tracker',
      ...changes,
    })
  /** Whose bot takes what the tracker says for what people say: what becomes of it else is in `wary-of-what-it-read`. */
  const has = (changes: object = {}, more: Parameters<typeof change>[0] = {}) =>
    change({ mcp: [entry(changes)], trusted: ['tracker'], reply: 'whole', ...more })
  const toldLast = () => JSON.stringify(world.model.prompts.at(-1)?.messages)
  const toolsNow = () =>
    (world.model.prompts.at(-1)?.tools ?? []) as (Definition & { defer_loading?: boolean })[]
  const theirs = () => toolsNow().flatMap(({ name }) => (name.includes('__') ? [name] : []))

  beforeEach(() => {
    there.tracker = new McpServer(world).offer(find, ({ words }) => `Nobody reported ${words}.`)
  })

  return { world, there, has, toldLast, toolsNow, theirs }
}
