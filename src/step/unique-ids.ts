import type { Answer } from '../model.ts'
import type { AskNeeds } from './needs.ts'

/**
 * The API takes an id of a tool use once in a session. It gives none twice, but what answers in its
 * place may begin to count anew with every answer.
 */
export function withUniqueIds(
  answer: Answer,
  { row, steps, memory }: Pick<AskNeeds, 'memory' | 'row' | 'steps'>,
): Answer {
  if (!answer.content.some(({ type }) => type === 'tool_use')) return answer
  const before = [...memory.past().turns.flatMap((turn) => turn.steps), ...steps.all]
  const known = new Set(before.flatMap(({ uses }) => uses.map(({ id }) => id)))
  const ids = answer.content.flatMap((block) => (block.type === 'tool_use' ? block.id : []))
  const taken = new Set([...known, ...ids])
  const names = new Map<string, string>()
  for (const id of ids.filter((id) => known.has(id))) {
    // So long that the API still takes it.
    const name = `${id.slice(0, 80)}_${row.id}_${steps.all.length}`
    const free = taken.has(name) ? `${name}_${names.size}` : name
    names.set(id, free)
    taken.add(free)
  }
  const own = (id: string) => names.get(id) ?? id
  return {
    ...answer,
    content: answer.content.map((block) =>
      block.type === 'tool_use' ? { ...block, id: own(block.id) } : block,
    ),
    unreadableInputs: answer.unreadableInputs.map(own),
  }
}
