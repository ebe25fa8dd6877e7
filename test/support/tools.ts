import type { ToolContext } from '../../src/tools/context.ts'

/** A room in which nothing was pinned and nothing is kept. */
export const EMPTY: Pick<ToolContext, 'pins' | 'results'> = {
  pins: { all: () => [], add: () => true, remove: () => {} },
  results: { read: () => null },
}
