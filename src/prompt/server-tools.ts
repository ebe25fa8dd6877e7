import type { Step } from '../tables/room/step.ts'

type Block = Step['content'][number]

/**
 * The answers of a turn as they may be sent back: of the API's own tools no use without what came of it,
 * and nothing that came of no use. Only the last answer may still wait for it, and nothing but the results
 * of our tools may stand behind that. What was thought in an answer from which something is taken is bound to it.
 */
export function withWholeServerTools(spoken: Step[], mayWait: boolean): Step[] {
  const whole = new Set<Block>()
  const open = new Map<unknown, Block>()
  const done = new Set<unknown>()
  for (const block of spoken.flatMap(({ content }) => content)) {
    if (block.type === 'server_tool_use' && !done.has(block.id)) open.set(block.id, block)
    const use = open.get(useOf(block))
    if (!use) continue
    for (const one of [use, block]) whole.add(one)
    done.add(useOf(block))
    open.delete(useOf(block))
  }
  return spoken.map((step, index) => {
    const waits = mayWait && index === spoken.length - 1
    const content = step.content.filter((block) => {
      if (block.type === 'server_tool_use')
        return whole.has(block) || (waits && open.get(block.id) === block)
      return useOf(block) === undefined || whole.has(block)
    })
    if (content.length === step.content.length) return step
    return { ...step, content: content.filter(({ type }) => !type.includes('thinking')) }
  })
}

/** Whose result it is. Undefined: of none. */
function useOf(block: Block) {
  return block.type.endsWith('_tool_result') && 'tool_use_id' in block
    ? block.tool_use_id
    : undefined
}
