import { type AnswerBlock, serverToolOf } from '../../model.ts'

/**
 * An answer without what was done by tools that are not offered: those of the API's own that this address does not have,
 * or that a bot has no more. Whoever does not have them takes nothing back of them, nor what was cited of it. And who
 * offers no tool at all may send back no use of one. The same answer where all of them are there.
 */
export function withoutGoneTools(content: AnswerBlock[], names: ReadonlySet<string> | null) {
  if (!names) return content
  const kept = content.flatMap((block): AnswerBlock[] => {
    const tool = serverToolOf(block)
    if (tool && !names.has(tool)) return []
    if (block.type === 'tool_use' && names.size === 0) return []
    return [block.type === 'text' ? withCitationsOf(block, names) : block]
  })
  const isAll = kept.length === content.length && kept.every((block, at) => block === content[at])
  return isAll ? content : kept
}

type Text = Extract<AnswerBlock, { type: 'text' }>

/** What was searched is cited by its place among what was found, and a page that was opened as any document. */
function withCitationsOf(block: Text, names: ReadonlySet<string>): Text {
  const { citations, ...words } = block
  const kept = (citations ?? []).filter(({ type }) =>
    names.has(type === 'web_search_result_location' ? 'web_search' : 'web_fetch'),
  )
  if (kept.length === (citations ?? []).length) return block
  return kept.length > 0 ? { ...words, citations: kept } : words
}
