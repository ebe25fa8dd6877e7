import { describe, expect, it } from 'vitest'
import { CampfireError, type ListedMessage } from '../../../src/campfire.ts'
import type { Remark } from '../../../src/tables/room/archive.ts'
import { readAgain } from '../../../src/tools/search-conversation/read-again.ts'
import { EMPTY, EMPTY_HANDS, listing } from '../../support/tools.ts'

const MINUTE = 60_000
const BOT = EMPTY.self

/** Number n is said at minute n. */
function stands(id: number, plain = `said ${id}`, author = 1): ListedMessage {
  return {
    id,
    at: id * MINUTE,
    author: { id: author, name: 'David', role: 'member' },
    html: '',
    plain,
    file: null,
  }
}

function kept(message: number | null, text = `said ${message}`, author = 1): Remark {
  return { message, author, name: 'David', at: (message ?? 0) * MINUTE, text }
}

interface Room {
  room: ListedMessage[]
  /** What is in the index. */
  known?: number[]
  requests?: number
  list?: ReturnType<typeof listing>
}

async function reads(hits: Remark[], { room, known, requests = 30, list }: Room) {
  const asked: object[] = []
  const [dropped, reworded] = [new Set<number>(), new Map<number, string>()]
  const numbers = known ?? room.map(({ id }) => id)
  const lists = list ?? listing(room, asked)
  const found = await readAgain(hits, {
    self: BOT,
    campfire: { ...EMPTY_HANDS, list: lists },
    requestsLeft: () => requests - asked.length,
    index: {
      ...EMPTY.index,
      above: (message, count) => numbers.filter((id) => id > message).slice(0, count),
      drop: (messages) => [...messages].map((id) => dropped.add(id) && id),
      reword: (texts) => {
        for (const [id, text] of texts) reworded.set(id, text)
      },
    },
  })
  return { ...found, ids: found.found.map(({ message }) => message), asked, dropped, reworded }
}

const ROOM = Array.from({ length: 200 }, (_, index) => stands(index + 1))
const without = (...ids: number[]) => ROOM.filter(({ id }) => !ids.includes(id))

describe('a hit', () => {
  it('is read from the page before the next number that is known, with one request', async () => {
    const read = await reads([kept(50)], { room: ROOM })
    expect(read).toMatchObject({ ids: [50], gone: 0, unread: 0, asked: [{ before: 51 }] })
  })

  it('is on the newest page, where nothing is known to be newer', async () => {
    expect(await reads([kept(200)], { room: ROOM })).toMatchObject({ ids: [200], asked: [{}] })
  })

  it('goes to another neighbour where the next one is gone', async () => {
    const read = await reads([kept(50)], { room: without(51), known: [50, 51, 52] })
    expect(read).toMatchObject({ ids: [50], asked: [{ before: 51 }, { before: 52 }] })
  })

  it('that is far from all that is known is found by its own number', async () => {
    const read = await reads([kept(50)], { room: ROOM, known: [50, 150] })
    expect(read).toMatchObject({
      ids: [50],
      asked: [{ before: 150 }, { after: 50 }, { before: 51 }],
    })
  })

  it.each([
    ['by the page where it was', [50, 51]],
    ['by its own number, far from all that is known', [50, 150]],
    ['by the newest page', [50]],
  ])('that was deleted leaves the index: seen %s', async (_, known) => {
    const read = await reads([kept(50), kept(49)], { room: without(50), known })
    expect(read).toMatchObject({ ids: [49], gone: 1, unread: 0, dropped: new Set([50]) })
  })

  it('that was edited is shown as it is now, and kept so', async () => {
    const room = [...ROOM.slice(0, 49), stands(50, 'said otherwise'), ...ROOM.slice(50)]
    const read = await reads([kept(50)], { room })
    expect(read.found).toEqual([expect.objectContaining({ message: 50, text: 'said otherwise' })])
    expect(read.reworded).toEqual(new Map([[50, 'said otherwise']]))
    expect((await reads([kept(51)], { room })).reworded.size).toBe(0)
  })

  it.each([
    ['whose number another person has now', kept(50, 'said 50', 2)],
    ['whose number was given again, a month later', { ...kept(50), at: -30 * 24 * 60 * MINUTE }],
  ])('%s is not shown', async (_, hit) => {
    expect(await reads([hit], { room: ROOM })).toMatchObject({ ids: [], gone: 0, unread: 1 })
  })

  it('of ours stands for all the messages of the answer', async () => {
    const room = [...ROOM, stands(201, 'First part.', BOT), stands(202, 'Second.', BOT)]
    const { found, reworded } = await reads([kept(201, 'First part.\n\nSecond.', BOT)], { room })
    expect(found).toEqual([expect.objectContaining({ text: 'First part.\n\nSecond.' })])
    expect(reworded.size).toBe(0)
  })

  it('that never had a number is shown as it was said', async () => {
    expect(await reads([kept(null)], { room: ROOM })).toMatchObject({ ids: [null], asked: [] })
  })
})

describe('what could not be read again', () => {
  it('is counted, where Campfire fails', async () => {
    let times = 0
    const list: Room['list'] = async (range) => {
      if (++times === 1)
        throw new CampfireError(
          'broken',
          { method: 'GET', room: 1, names: 'cursor' },
          { status: 500 },
        )
      return await listing(ROOM)(range)
    }
    const read = await reads([kept(50), kept(60)], { room: ROOM, list })
    expect(read).toMatchObject({ ids: [60], gone: 0, unread: 1, dropped: new Set() })
  })

  it('is counted, where a handler has no requests left', async () => {
    const hits = Array.from({ length: 10 }, (_, index) => kept(10 + index))
    const read = await reads(hits, { room: ROOM, requests: 6 })
    expect(read).toMatchObject({ gone: 0, unread: 4 })
    expect(read.asked).toHaveLength(6)
  })

  it('is not called gone by a page with a message that nobody can read', async () => {
    const list: Room['list'] = async (range) => ({
      ...(await listing(without(50))(range)),
      unreadable: 1,
    })
    expect(await reads([kept(50)], { room: ROOM, list })).toMatchObject({ gone: 0, unread: 1 })
  })
})

it('reads six at a time', async () => {
  let [now, most] = [0, 0]
  const list: Room['list'] = async (range) => {
    most = Math.max(most, ++now)
    await Promise.resolve()
    const page = await listing(ROOM)(range)
    now--
    return page
  }
  const hits = Array.from({ length: 10 }, (_, index) => kept(10 + index))
  expect((await reads(hits, { room: ROOM, list })).ids).toHaveLength(10)
  expect(most).toBe(6)
})

it('shows what is kept where a Campfire shows nobody a room', async () => {
  const list: Room['list'] = async () => {
    throw new CampfireError(
      'unsupported',
      { method: 'GET', room: 1, names: 'room' },
      { status: 404 },
    )
  }
  expect(await reads([kept(50)], { room: ROOM, list })).toMatchObject({
    ids: [50],
    isKeptOnly: true,
  })
})
