import type { SessionMessage } from './prompt.ts'

export const EPHEMERAL = { type: 'ephemeral' as const }
/** The API looks for what it has cached at so many blocks before a breakpoint, and no further. */
const LOOK_BACK = 20

/**
 * Marks where the last call ended, when so much came since that the cache would not be found from the
 * automatic breakpoint at the end: ten tools at once are twenty blocks. A mark changes nothing of what
 * is cached.
 */
export function withBreakpoint(messages: SessionMessage[]): SessionMessage[] {
  const end = messages.slice(0, -1).findLastIndex(({ role }) => role === 'user')
  const since = messages.slice(end + 1).reduce((sum, { content }) => sum + content.length, 0)
  const last = messages[end]
  if (!last || since < LOOK_BACK || typeof last.content === 'string') return messages

  const content = last.content.map((block, index) =>
    index === last.content.length - 1 ? { ...block, cache_control: EPHEMERAL } : block,
  )
  return messages.with(end, { ...last, content } as SessionMessage)
}
