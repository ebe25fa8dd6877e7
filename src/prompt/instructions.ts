import type { Bot } from '../bots.ts'
import type { ToolDefinition } from '../model.ts'
import { type Instructions, KnownInstructions } from '../tables/room/instructions.ts'
import type { TurnRow } from '../tables/room/turns.ts'
import type { Tables } from '../tables.ts'
import type { Tool } from '../tools.ts'
import { Fingerprint } from './fingerprint.ts'
import { systemPrompt } from './system-prompt.ts'

/** What a bot is told before anything that was said. */
export function instructionsOf(bot: Bot): Instructions {
  const system = systemPrompt(bot)
  const tools = bot.tools.map(asDefinition)
  const hash = new Fingerprint().add(system).add(JSON.stringify(tools)).value.toString(36)
  return { system, tools, hash }
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

function asDefinition({ name, description, inputSchema }: Tool): ToolDefinition {
  return { name, description, inputSchema }
}
