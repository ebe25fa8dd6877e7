import type { SessionMessage, Spot, TurnEnds } from './prompt.ts'

export const EPHEMERAL = { type: 'ephemeral' as const }
/** The API looks for what it has cached at so many blocks before a breakpoint, and no further. */
const LOOK_BACK = 20

/**
 * Marks where the cache is to be found that the automatic breakpoint at the end does not find. A mark changes
 * nothing of what is cached. There may be four, with that one and the one behind the system prompt.
 */
export function withBreakpoints(messages: SessionMessage[], ends?: TurnEnds): SessionMessage[] {
  const spots = [lastCall(messages), ...(ends ? ownMessages(messages, ends) : [])]
  return spots.filter((spot) => spot !== null).reduce(marked, messages)
}

/** Where the last call ended, when so much came since: ten tools at once are twenty blocks. */
function lastCall(messages: SessionMessage[]): Spot | null {
  const message = messages.slice(0, -1).findLastIndex(({ role }) => role === 'user')
  const spot = { message, block: (messages[message]?.content.length ?? 0) - 1 }
  const isFar = message >= 0 && blocksAfter(messages, spot) >= LOOK_BACK
  return isFar ? spot : null
}

/**
 * What is told of the asker is left out when their turn is over, and with it the end of each of its calls. So
 * the cache ends before it: there it is written, and found again by the turn that comes next.
 */
function ownMessages(messages: SessionMessage[], { before, newest, isLeftOut }: TurnEnds) {
  if (!newest) return []
  const isNew = newest.message === messages.length - 1
  const isOver = messages.at(-1)?.role === 'assistant'
  const sinceBefore = before ? blocksAfter(messages, before) - blocksAfter(messages, newest) : 0
  const isFar = isOver && blocksAfter(messages, newest) >= LOOK_BACK
  return [
    ...(isNew && sinceBefore >= LOOK_BACK ? [before] : []),
    ...(isLeftOut || isFar ? [newest] : []),
  ]
}

function blocksAfter(messages: SessionMessage[], { message, block }: Spot) {
  const rest = messages.slice(message + 1).reduce((sum, { content }) => sum + content.length, 0)
  return rest + (messages[message]?.content.length ?? 0) - 1 - block
}

function marked(messages: SessionMessage[], spot: Spot): SessionMessage[] {
  const message = messages[spot.message]
  if (!message || typeof message.content === 'string') return messages
  const content = message.content.map((block, index) =>
    index === spot.block ? { ...block, cache_control: EPHEMERAL } : block,
  )
  return messages.with(spot.message, { ...message, content } as SessionMessage)
}
