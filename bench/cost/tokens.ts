import type { Bot } from '../../src/bots/bot.ts'
import { costOf } from '../../src/model/prices.ts'
import { instructionsOf } from '../../src/prompt.ts'

interface Habits {
  /** Turns of a session, from a cold start to its expiry. */
  turns: number
  /** Tokens of a question with what was said around it, of an answer, and of a tool result. */
  words: number
  answer: number
  result: number
  /** Model calls of a turn. */
  steps: number
  /** Share of turns that begin while the cache still holds the one before. */
  soon: number
}

const CHARACTERS_A_TOKEN = 4

/** Tools and system prompt, which every call begins with. */
export function headTokens(bot: Bot) {
  const { system, tools } = instructionsOf(bot)
  return Math.ceil(JSON.stringify({ system, tools }).length / CHARACTERS_A_TOKEN)
}

/** Dollars for one turn, in the mean of a session. Null where no price is known. */
export function turnCost(bot: Bot, model: string, habits: Habits): number | null {
  const { turns, words, answer, result, steps, soon } = habits
  let before = headTokens(bot)
  let sum = 0
  for (let turn = 0; turn < turns; turn++) {
    const fresh = turn === 0 ? words : answer + words
    const hit = callCost(model, { read: before, written: fresh, output: answer })
    const miss = callCost(model, { read: 0, written: before + fresh, output: answer })
    if (hit === null || miss === null) return null
    const share = turn === 0 ? 0 : soon
    before += fresh
    const further = callCost(model, { read: before, written: answer + result, output: answer })
    sum += share * hit + (1 - share) * miss + (steps - 1) * (further ?? 0)
    before += (steps - 1) * (answer + result)
  }
  return sum / turns
}

function callCost(model: string, { read, written, output }: Record<Kind, number>) {
  const usage = {
    input_tokens: 0,
    cache_read_input_tokens: read,
    cache_creation_input_tokens: written,
    output_tokens: output,
  }
  const cost = costOf(model, usage as Parameters<typeof costOf>[1])
  return cost === null ? null : cost / 1e6
}

type Kind = 'read' | 'written' | 'output'
