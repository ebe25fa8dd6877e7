import { expect, it } from 'vitest'
import type { ListedMessage } from '../../../src/campfire.ts'
import { momentOf } from '../../../src/clock.ts'
import { readSince, Since } from '../../../src/tools/read-messages/since.ts'
import { EMPTY } from '../../support/tools.ts'

const FIRST = Date.parse('2026-11-20T09:00:00Z')
const MINUTE = 60_000

/** Number n is said at n minutes past nine; David says each tenth. */
function message(id: number): ListedMessage {
  const author = { id: id % 10 ? 2 : 1, name: 'Someone', role: 'member' }
  return { id, at: FIRST + id * MINUTE, author, html: '', plain: `${id}`, file: null }
}

async function reads(
  since: string,
  { count = 100, before, asked = [], requests = 30, asker = 1 }: Partial<Asking> = {},
) {
  const all = Array.from({ length: count }, (_, index) => message(index + 1))
  let left = requests
  const campfire = {
    async list(range?: { before: number } | { after: number }) {
      left--
      const end = range && 'before' in range ? range.before - 1 : all.length
      const messages = all.slice(Math.max(0, end - 40), end)
      return { messages, more: end > 40, total: null, unreadable: 0 }
    },
    boost: nobody,
    attach: nobody,
  }
  const { messages, ends, start } = await readSince(since, before, {
    ...EMPTY,
    campfire,
    now: FIRST + 2 * 86_400_000,
    asker: { ...EMPTY.asker, id: asker, asked: () => asked },
    requestsLeft: () => left,
    keep: (messages) => messages,
  })
  return [messages[0]?.id, messages.at(-1)?.id, messages.length, ends, start?.id ?? null]
}

interface Asking {
  count: number
  before: number
  asked: number[]
  requests: number
  asker: number
}

it.each<[string, Partial<Asking>, (number | string | null | undefined)[]]>([
  ['5', {}, [6, 100, 95, null, 5]],
  ['95', {}, [96, 100, 5, null, 95]],
  ['100', {}, [undefined, undefined, 0, null, 100]],
  ['0', {}, [1, 100, 100, null, null]],
  ['2026-11-20T09:50', {}, [50, 100, 51, null, 49]],
  ['2026-11-20T09:50:30', {}, [51, 100, 50, null, 50]],
  ['2026-11-20', {}, [1, 100, 100, null, null]],
  ['2026-11-21', {}, [undefined, undefined, 0, null, 100]],
  ['my last word here', { asked: [100] }, [91, 99, 9, null, 90]],
  ['my last word here', { asked: [90, 100] }, [81, 99, 18, null, 80]],
  ['my last word here', { asked: [100], asker: 9 }, [1, 99, 99, null, null]],
  ['1', { count: 1_000 }, [601, 1_000, 400, 'too many', null]],
  ['1', { count: 1_000, before: 601 }, [201, 600, 400, 'too many', null]],
  ['1', { count: 1_000, before: 201 }, [2, 200, 199, null, 1]],
  ['1', { requests: 2 }, [21, 100, 80, 'too many', null]],
])('since %s, %j', async (since, asking, found) => {
  expect(await reads(since, asking)).toEqual(found)
})

it('does not know the last word of whom nobody knows', async () => {
  await expect(reads('my last word here')).rejects.toThrow('Give a time')
})

it.each([
  ['4711', true],
  ['2026-11-20', true],
  ['2026-11-20T09:00', true],
  ['my last word here', true],
  ['2026-02-30', false],
  ['2026-11-20 09:00', false],
  ['2026-11-20T25:00', false],
  ['2026-11-20T09:60:00', false],
  ['yesterday', false],
  ['-5', false],
  ['', false],
])('%j is a beginning: %j', (since, isOne) => {
  expect(Since.safeParse(since).success).toBe(isOne)
})

it.each([
  ['2026-11-20T14:00', 'Europe/Berlin', '2026-11-20T13:00:00Z'],
  ['2026-11-20', 'Europe/Berlin', '2026-11-19T23:00:00Z'],
  // It comes twice, and the first is meant; and it never comes.
  ['2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30:00Z'],
  ['2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T01:00:00Z'],
  ['2026-11-20T14:00:30', 'UTC', '2026-11-20T14:00:30Z'],
])('%s in %s is %s', (local, zone, moment) => {
  expect(new Date(momentOf(local, zone)).toISOString()).toBe(moment.replace('Z', '.000Z'))
})

async function nobody(): Promise<never> {
  throw new Error('it has no business there')
}

it('says that a time is still to come, so that nobody is told that they have missed nothing', async () => {
  await expect(reads('2026-11-23')).rejects.toThrow(/still to come: it is 2026-11-22 09:00 UTC now/)
})
