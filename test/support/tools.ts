import type { ToolContext } from '../../src/tools/context.ts'
import type { ToolCall } from '../../src/tools.ts'

/** A room in which nothing is remembered and nothing is kept, and whose clock is that of everywhere. */
export const EMPTY: Omit<ToolContext, 'archive' | 'campfire' | 'now' | 'signal'> = {
  pins: {
    all: () => [],
    find: () => null,
    add: () => 1,
    mayBeAlways: () => true,
    sayAlways: () => {},
    remove: () => {},
  },
  lists: {
    all: () => [],
    find: () => null,
    make: (name) => ({ id: 1, name, shown: null }),
    rename: () => {},
    remove: () => {},
    items: () => [],
    add: () => ({ number: 1, dropped: [] }),
    change: () => {},
    removeItem: () => {},
    putBefore: () => {},
    show: () => {},
  },
  beside: {
    turn: 1,
    show: async () => ({ how: 'posted', id: null }),
    attach: async () => ({ how: 'posted', id: null }),
  },
  people: { called: () => [], canBeMentioned: () => false, roleOf: () => null },
  isDirect: false,
  asker: {
    id: 1,
    memory: null,
    message: () => null,
    asked: () => [],
    language: 'en',
    isAway: false,
  },
  reminders: {
    add: (fresh) => ({
      ...fresh,
      number: 1,
      state: 'open',
      snoozed: null,
      next: fresh.due,
      fired: null,
      missed: 0,
    }),
    change: () => {},
    full: () => null,
    find: () => null,
    lastFor: () => null,
    open: () => [],
  },
  nameOf: () => null,
  linkTo: (message) => `https://chat.example.com/rooms/1/@${message}`,
  atomically: (work) => work(),
  requestsLeft: () => 30,
  use: 'https://chat.example.com/rooms/1/bots/3/turns/1',
  timeZone: 'UTC',
  results: { read: () => null },
}

/** The first use of a turn. */
export function callOf(name: string, input: unknown): ToolCall {
  return { name, input, unreadable: false, step: 1, number: 1 }
}
