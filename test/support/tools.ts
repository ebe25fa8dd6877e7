import { CampfireError, type ListedMessage } from '../../src/campfire.ts'
import type { ToolContext } from '../../src/tools/context.ts'
import type { ToolCall } from '../../src/tools.ts'

/** A room in which nothing is remembered and nothing is kept, and whose clock is that of everywhere. */
export const EMPTY: Omit<ToolContext, 'archive' | 'campfire' | 'now' | 'signal'> = {
  pins: {
    all: () => [],
    find: () => null,
    alike: () => null,
    spelledOther: () => null,
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
  files: {
    find: () => null,
    list: () => [],
    source: () => ({ bytes: 0, read: () => new Uint8Array() }),
    remove: () => false,
    words: {
      read: () => null,
      isBeingRead: () => false,
      begin: () => {},
      end: () => {},
      search: () => [],
      remove: () => {},
    },
  },
  beside: {
    turn: 1,
    show: async () => ({ how: 'posted', id: null }),
    attach: async () => ({ how: 'posted', id: null }),
  },
  isWary: () => false,
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
    cancel: () => {},
    change: () => {},
    full: () => null,
    find: () => null,
    lastFor: () => null,
    open: () => [],
  },
  index: {
    need: () => {},
    reach: () => ({ state: 'complete', since: null, isWhole: true }),
    above: () => [],
    drop: () => [],
    reword: () => {},
  },
  self: 3,
  skills: [],
  servers: { ask: async () => null, look: async () => [] },
  nameOf: () => null,
  linkTo: (message) => `https://chat.example.com/rooms/1/@${message}`,
  atomically: (work) => work(),
  requestsLeft: () => 30,
  web: nobody,
  use: 'https://chat.example.com/rooms/1/bots/3/turns/1',
  timeZone: 'UTC',
  results: { read: () => null },
}

/** For a tool that has no business in the room, or only one. */
export const EMPTY_HANDS: ToolContext['campfire'] = { list: nobody, boost: nobody, attach: nobody }

async function nobody(): Promise<never> {
  throw new Error('it has no business there')
}

/** A Campfire that lists these, oldest first, forty at a time. */
export function listing(
  room: ListedMessage[],
  asked: object[] = [],
): ToolContext['campfire']['list'] {
  return async (range) => {
    asked.push({ ...range })
    const [[side, cursor] = []] = Object.entries(range ?? {})
    const at = room.findIndex(({ id }) => id === cursor)
    if (side && at < 0)
      throw new CampfireError('gone', { method: 'GET', room: 1, names: 'cursor' }, { status: 404 })
    const all = side === 'after' ? room.slice(at + 1) : side ? room.slice(0, at) : room
    const messages = side === 'after' ? all.slice(0, 40) : all.slice(-40)
    return { messages, more: all.length > messages.length, total: null, unreadable: 0 }
  }
}

/** The first use of a turn. */
export function callOf(name: string, input: unknown): ToolCall {
  return { name, input, unreadable: false, step: 1, number: 1 }
}
