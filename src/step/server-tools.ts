import type { Bot } from '../bots.ts'
import type { AnswerBlock } from '../model.ts'
import { serverToolOf } from '../model.ts'
import type { Sentences } from '../sentences.ts'
import { answersIn } from '../tables/room/answers.ts'
import type { Step } from '../tables/room/step.ts'

/** The names of the API's own tools by which an answer has read what comes from outside of the room. */
export function readByServerTools(content: AnswerBlock[]) {
  const results = content.filter(({ type }) => type.endsWith('_tool_result'))
  return [...new Set(results.flatMap((block) => serverToolOf(block) ?? []))]
}

/** What people read while one of them runs. Null: of this one there is nothing to say. */
export function statusOfServerTool(
  { name, input }: { name: string; input: object },
  { serverTools }: Sentences,
) {
  switch (serverToolOf({ type: 'server_tool_use', name })) {
    case 'web_search':
      return serverTools.searching(shown('query' in input ? input.query : ''))
    case 'web_fetch':
      return serverTools.opening(hostOf('url' in input ? input.url : ''))
    case 'code_execution':
      return serverTools.running
    default:
      return null
  }
}

/** How often this turn has used each of the API's own tools. */
export function usedIn(steps: Step[]): ReadonlyMap<string, number> {
  const used = new Map<string, number>()
  for (const block of answersIn(steps).flatMap(({ content }) => content)) {
    const name = block.type === 'server_tool_use' ? serverToolOf(block) : null
    if (name) used.set(name, (used.get(name) ?? 0) + 1)
  }
  return used
}

/** One of them is used up: no call of this turn may use it once more, so the next is its last. */
export function isUsedUp({ webSearch, webFetch }: Bot['serverTools'], steps: Step[]) {
  const used = usedIn(steps)
  const most: [string, number | undefined][] = [
    ['web_search', webSearch?.maxUses],
    ['web_fetch', webFetch?.maxUses],
  ]
  return most.some(([name, uses]) => uses !== undefined && (used.get(name) ?? 0) >= uses)
}

const LOST = 'no such tool here: '

/** What a step has failed of, where it is that this address does not have such a tool of the API's. */
export function lostTool(field: string | null) {
  const tool = field && serverToolOf({ type: 'server_tool_use', name: field })
  return tool ? `${LOST}${tool}` : null
}

export function hasLostTool(steps: { error: string | null }[]) {
  return steps.some(({ error }) => error?.startsWith(LOST))
}

const LONGEST = 60

/** In italics, so with nothing in it that is markup there, nor a name that would be told. */
function shown(told: unknown) {
  const words = String(told ?? '')
    .replace(/[*_`~#<>[\]\\|@\s]+/g, ' ')
    .trim()
  return words.length > LONGEST ? `${words.slice(0, LONGEST).toWellFormed()}…` : words
}

function hostOf(told: unknown) {
  return shown(URL.parse(String(told))?.host)
}
