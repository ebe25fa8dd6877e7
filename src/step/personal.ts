import { outcomeNotice } from '../approval.ts'
import { isApproved } from '../tables/room/answers.ts'
import type { ToolUse } from '../tables/room/step.ts'
import type { Steps } from '../tables/room/steps.ts'
import type { Tool } from '../tools.ts'

/**
 * When a turn is over nothing about its asker stays in the session: what the model asked of their memory
 * loses its words, and what it was told becomes a stub. The next prompt begins differently by that, so what
 * was thought behind it is not sent again: see `Conversation`.
 */
export function leaveOutPersonal(steps: Steps, tools: Tool[]) {
  for (const step of steps.all) {
    const told = isApproved(step) ? outcomeNotice(step.uses) : ''
    const inputs = new Map<string, object>()
    for (const use of step.uses) {
      const kept = keptOf(tools, use)
      if (!kept) continue
      inputs.set(use.id, kept)
      use.input = kept
      if (use.result !== null) steps.result(use, use.state, STUB)
    }
    if (!inputs.size) continue
    steps.reword(step, step.content.map(withKept))
    if (told) steps.rewrite({ text: withOutcomes(told, step.uses), result: same })

    function withKept(block: (typeof step.content)[number]) {
      const input = block.type === 'tool_use' && inputs.get(block.id)
      return input ? { ...block, input } : block
    }
  }
}

/** Of what was approved the model is told in a notice. */
function withOutcomes(told: string, uses: ToolUse[]) {
  return (notice: string) => notice.replace(told, () => outcomeNotice(uses))
}

function same(result: string) {
  return result
}

const STUB = '{"ok":true,"result":"It was about the asker, and is not kept here."}'

function keptOf(tools: Tool[], { name, input }: { name: string; input: unknown }) {
  const tool = tools.find((tool) => tool.name === name)
  const parsed = tool?.input.safeParse(input)
  return tool && parsed?.success ? tool.personal(parsed.data) : null
}
