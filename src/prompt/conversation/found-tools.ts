import type { AnswerBlock } from '../../model.ts'

/**
 * An answer without those tools that it has found and that are gone by now, with a deploy or from the list of a server:
 * the API takes nothing back that speaks of a tool it is not given. The same answer where all of them are there.
 */
export function withToolsThere(content: AnswerBlock[], names: ReadonlySet<string> | null) {
  const there = names ? content.map((block) => withThose(block, names)) : content
  return there.every((block, at) => block === content[at]) ? content : there
}

function withThose(block: AnswerBlock, names: ReadonlySet<string>): AnswerBlock {
  if (block.type !== 'tool_search_tool_result') return block
  const { content } = block
  if (!('tool_references' in content) || !Array.isArray(content.tool_references)) return block
  const tool_references = content.tool_references.filter(({ tool_name }) => names.has(tool_name))
  const isWhole = tool_references.length === content.tool_references.length
  return isWhole ? block : { ...block, content: { ...content, tool_references } }
}
