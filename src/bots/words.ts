import * as z from 'zod'
import { hasPrice, lacksEffort } from '../model.ts'
import type { StoredWords } from '../tables/bot-words.ts'
import type { Tool } from '../tools/tool.ts'
import { Bot } from './bot.ts'
import { isOfSkills } from './skill-tools.ts'

/** Characters. Whoever needs more than a long page of a book means a file for the bot to read. */
const LONGEST = 50_000

const Model = z.string().trim().min(1).max(100)

/** What of a bot an operator may change where it runs. All else is the matter of its file in `src/bots`. */
export const Words = z.strictObject({
  instructions: z.string().trim().min(1).max(LONGEST),
  model: Model,
  fallbackModel: Model.nullable(),
  effort: Bot.shape.effort.unwrap().nullable(),
  thinking: Bot.shape.thinking.unwrap().nullable(),
  maxTokens: Bot.shape.maxTokens.unwrap(),
  /** By their names, in the order in which the model reads them. */
  tools: z.array(z.string()),
  limits: Bot.shape.limits.unwrap(),
})
export type Words = z.infer<typeof Words>

export function wordsOf(bot: Bot): Words {
  return {
    instructions: bot.instructions.trim(),
    model: bot.model,
    fallbackModel: bot.fallbackModel ?? null,
    effort: bot.effort ?? null,
    thinking: bot.thinking ?? null,
    maxTokens: bot.maxTokens,
    tools: bot.tools.filter((tool) => !isOfSkills(tool)).map(({ name }) => name),
    limits: bot.limits,
  }
}

export type Issue = { path: (string | number)[]; message: string }

/** Changes what is named, and leaves the rest. Whatever a bot's file must be, its words here must be too. */
export function changeWords(
  before: Words,
  changes: unknown,
  tools: Tool[],
): { ok: true; words: Words } | { ok: false; issues: Issue[] } {
  if (!isObject(changes)) return { ok: false, issues: [{ path: [], message: NO_OBJECT }] }
  const { limits } = changes
  const merged = isObject(limits)
    ? { ...changes, limits: { ...before.limits, ...limits } }
    : changes
  const read = Words.safeParse({ ...before, ...merged })
  if (!read.success) return { ok: false, issues: read.error.issues.map(withItsKeys) }
  const issues = misfitsOf(read.data, tools)
  return issues.length ? { ok: false, issues } : { ok: true, words: read.data }
}

const NO_OBJECT = 'please send a JSON object, such as {"model": "claude-sonnet-5-5"}'

/**
 * The bot with these words in place of its file's. What we do not know of them, or not any more, stays as the file
 * has it; a tool that is gone is left out.
 */
export function withWords(bot: Bot, stored: StoredWords, tools: Tool[]): Bot {
  const { fallbackModel, effort, thinking, ...words } = readWords(bot, stored)
  const { fallbackModel: _, effort: __, thinking: ___, ...file } = bot
  return {
    ...file,
    ...words,
    ...(fallbackModel && { fallbackModel }),
    ...(effort && { effort }),
    ...(thinking && { thinking }),
    tools: words.tools.flatMap((name) => tools.find((tool) => tool.name === name) ?? []),
  }
}

export function readWords(bot: Bot, stored: StoredWords): Words {
  const file = wordsOf(bot)
  const known = Object.entries(stored).filter(([name, value]) => {
    const field = Words.shape[name as keyof Words]
    return Object.hasOwn(Words.shape, name) && field.safeParse(value).success
  })
  return Words.safeParse({ ...file, ...Object.fromEntries(known) }).data ?? file
}

/** Names of fields in which two differ. */
export function differencesOf(one: Words, other: Words) {
  return FIELDS.filter((name) => JSON.stringify(one[name]) !== JSON.stringify(other[name]))
}

const FIELDS = Words.keyof().options

function misfitsOf({ tools: names, effort, ...words }: Words, tools: Tool[]): Issue[] {
  const unknown = names.find((name) => !tools.some((tool) => tool.name === name))
  const twice = names.find((name, index) => names.indexOf(name) < index)
  return [
    ...(['model', 'fallbackModel'] as const).flatMap((field) => {
      const model = words[field]
      return model === null ? [] : misfitsOfModel(model, effort).map(about(field))
    }),
    ...(unknown === undefined ? [] : [`there is no tool named ${unknown}`].map(about('tools'))),
    ...(twice === undefined ? [] : [`${twice} stands there twice`].map(about('tools'))),
  ]
}

/** Why it cannot be had, in words. */
export function misfitsOfModel(model: string, effort: Words['effort']) {
  return [
    ...(hasPrice(model) ? [] : [`no price is known of ${model}: give it one in PRICES first`]),
    ...(effort && lacksEffort(model) ? [`${model} has no effort setting (${effort})`] : []),
  ]
}

function about(field: keyof Words) {
  return (message: string): Issue => ({ path: [field], message })
}

/** Zod names a field that it does not know beside its message. */
function withItsKeys(issue: { path: PropertyKey[]; message: string; keys?: string[] }): Issue {
  const path = [...issue.path, ...(issue.keys ?? [])].filter((name) => typeof name !== 'symbol')
  return { path, message: issue.message }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
