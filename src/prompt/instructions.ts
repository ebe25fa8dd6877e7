import { type Bot, isDeferred, serverToolsOf } from '../bots.ts'
import type { ServerTool, ToolDefinition } from '../model.ts'
import { type Instructions, KnownInstructions } from '../tables/room/instructions.ts'
import type { TurnRow } from '../tables/room/turns.ts'
import type { Tables } from '../tables.ts'
import type { Tool } from '../tools.ts'
import { Fingerprint } from './fingerprint.ts'
import { systemPrompt } from './system-prompt.ts'

/** Of each bot, what it was told last: three times a turn it is asked for, and hardly ever is it another. */
const last = new Map<string, { of: unknown[]; instructions: Instructions }>()

/** What a bot is told before anything that was said. */
export function instructionsOf(bot: Bot): Instructions {
  const system = systemPrompt(bot)
  const of = [
    system,
    bot.serverTools,
    ...bot.tools.flatMap((tool) => [tool, isDeferred(bot, tool)]),
  ]
  const known = last.get(bot.name)
  if (known?.of.length === of.length && known.of.every((part, at) => part === of[at]))
    return known.instructions
  const instructions = made(bot, system)
  last.set(bot.name, { of, instructions })
  return instructions
}

function made(bot: Bot, system: string): Instructions {
  const ours = bot.tools.map((tool) => asDefinition(tool, isDeferred(bot, tool)))
  const tools = [...ours, ...serverToolsOf(bot.serverTools).map(asServerTool)]
  return { system, tools, hash: hashOf(system, tools) }
}

/** For a turn that begins: on record before anything is thought behind them. Gives back their name. */
export function keepInstructions({ sql, turns }: Tables, bot: Bot) {
  const instructions = instructionsOf(bot)
  const isKnown = turns.last()?.instructions === instructions.hash
  if (!isKnown) new KnownInstructions(sql).keep(instructions)
  return instructions.hash
}

/**
 * A turn keeps those that it was begun with, also over a deploy: what it thought within its tools is
 * valid behind nothing else.
 */
export function instructionsFor({ sql }: Tables, bot: Bot, { instructions: hash }: TurnRow) {
  const now = instructionsOf(bot)
  if (hash === null || hash === now.hash) return now
  return new KnownInstructions(sql).find(hash) ?? now
}

/**
 * What the API reads of them: without the tools that are left to its search, so that one more of those is
 * no change; where it refuses to search, with all of them. And without those of its own that this address does
 * not have. `start` names what is read, and thinking is
 * valid behind nothing else.
 */
export function asRead(
  { system, tools: all, hash }: Instructions,
  { searchesTools, without, used = new Map() }: Offers,
) {
  const offered = all.filter(({ name, server }) => !server || !without.has(name))
  const tools = offered.map((tool) => withLessUses(tool, used))
  const isAll = tools.length === all.length && tools.every((tool) => all.includes(tool))
  const isDeferring = searchesTools && tools.some(({ isDeferred }) => isDeferred)
  if (!isDeferring) {
    const read = tools.map(loaded)
    const start = isAll ? hash : hashOf(system, read)
    return { tools: read, start, isDeferring }
  }
  const read = tools.filter(({ isDeferred }) => !isDeferred)
  const print = new Fingerprint().add(system).add(JSON.stringify(read)).add('tool search')
  return { tools, start: print.value.toString(36), isDeferring }
}

interface Offers {
  searchesTools: boolean
  without: ReadonlySet<string>
  /** How often the open turn has used each of the API's own. */
  used?: ReadonlyMap<string, number>
}

function hashOf(system: string, tools: ToolDefinition[]) {
  return new Fingerprint().add(system).add(JSON.stringify(tools)).value.toString(36)
}

/**
 * What a turn may use so often holds for all of its calls, and the API counts each alone. So a later call is sent with
 * what is left: its tools are others then, and it costs what was cached.
 */
function withLessUses(tool: ToolDefinition, used: ReadonlyMap<string, number>): ToolDefinition {
  const { server } = tool
  const before = used.get(tool.name) ?? 0
  if (!server || server.name === 'code_execution' || !server.max_uses || !before) return tool
  return { ...tool, server: { ...server, max_uses: Math.max(1, server.max_uses - before) } }
}

function loaded(tool: ToolDefinition): ToolDefinition {
  if (tool.isDeferred === undefined) return tool
  const { isDeferred: _, ...rest } = tool
  return rest
}

function asServerTool(server: ServerTool): ToolDefinition {
  return { name: server.name, description: '', inputSchema: {}, server }
}

function asDefinition({ name, description, inputSchema }: Tool, deferred: boolean): ToolDefinition {
  return { name, description, inputSchema, ...(deferred && { isDeferred: deferred }) }
}
