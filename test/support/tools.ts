import type { ToolContext } from '../../src/tools/context.ts'

/** A room in which nothing was pinned and nothing is kept, and whose clock is that of everywhere. */
export const EMPTY: Pick<ToolContext, 'pins' | 'results' | 'timeZone'> = {
  pins: { all: () => [], add: () => true, remove: () => {} },
  timeZone: 'UTC',
  results: { read: () => null },
}
