import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Message, Taken } from '../../../src/tables/room/message.ts'
import { Inbox } from '../../../src/tables/room/messages.ts'
import { runs } from '../../support/extent.ts'
import { inRoom, type Rows, says, takes } from '../../support/rows.ts'

const DAVID = 1
const JASON = 2
const KEVIN = 4

/** Takes what is due into a turn, as the room does, and says what it took. */
function take(inbox: Inbox, { sql }: Pick<Rows, 'sql'>, now = 0) {
  const taken = inbox.next(now, wantsOwnTurn)
  if (taken) inbox.mark(taken.messages, takes(sql, taken).id)
  return taken
}

function wantsOwnTurn({ text }: Message) {
  return text === 'help'
}

function ids(taken: Taken | null) {
  return taken ? taken.messages.map(({ id }) => id) : null
}

it('takes nothing when nobody has spoken', async () => {
  await inRoom(({ sql }) => {
    const inbox = new Inbox(sql)
    expect([inbox.next(0, wantsOwnTurn), inbox.nextDue()]).toEqual([null, null])
  })
})

it('gives back what it was given', async () => {
  await inRoom(({ sql }) => {
    const inbox = new Inbox(sql)
    const quote = { author: 'Jason', messageId: 7, text: '"quoted" 引用' }
    inbox.add(says(DAVID, 'héllo 👋\n', { id: 12, quote }), 1_000)

    expect(inbox.waiting()).toEqual([
      {
        arrival: 1,
        id: 12,
        author: 1,
        name: 'David',
        text: 'héllo 👋\n',
        file: null,
        quote,
        at: 1_000,
        due: 1_000,
        mentioned: true,
        sign: null,
      },
    ])
  })
})

it('takes the messages of one asker in the order of their ids, although they overtook each other', async () => {
  await inRoom(({ sql }) => {
    const inbox = new Inbox(sql)
    for (const id of [14, 12, 13]) inbox.add(says(DAVID, `say ${id}`, { id }), id)

    expect(ids(take(inbox, { sql }, 100))).toEqual([12, 13, 14])
    expect(take(inbox, { sql }, 100)).toBeNull()
  })
})

it('keeps to the order of arrival where a message has no id', async () => {
  await inRoom(({ sql }) => {
    const inbox = new Inbox(sql)
    inbox.add(says(DAVID, 'one', { id: 14 }), 0)
    inbox.add(says(DAVID, 'two'), 0)
    inbox.add(says(DAVID, 'three', { id: 12 }), 0)

    expect(ids(take(inbox, { sql }))).toEqual([14, null, 12])
  })
})

it('ignores a repeat for ever, also when its words are long gone', async () => {
  await inRoom(({ sql, cost }) => {
    const inbox = new Inbox(sql)
    expect(inbox.add(says(DAVID, 'hi', { id: 12 }), 0)).toBe(true)
    expect(inbox.add(says(DAVID, 'hi', { id: 12 }), 1)).toBe(false)
    take(inbox, { sql })
    cost()
    expect(inbox.add(says(DAVID, 'hi', { id: 12 }), 400 * 86_400_000)).toBe(false)
    expect(cost().written).toBe(0)
    expect(take(inbox, { sql }, 400 * 86_400_000)).toBeNull()
  })
})

it('knows no repeats of what has no id', async () => {
  await inRoom(({ sql }) => {
    const inbox = new Inbox(sql)
    expect(inbox.add(says(DAVID, 'hi'), 0)).toBe(true)
    expect(inbox.add(says(DAVID, 'hi'), 0)).toBe(true)
    expect(ids(take(inbox, { sql }))).toEqual([null, null])
  })
})

describe('with several askers', () => {
  it('takes one at a time, whoever has waited longest first, with the others as context', async () => {
    await inRoom(({ sql }) => {
      const inbox = new Inbox(sql)
      const said = [JASON, DAVID, JASON, KEVIN, DAVID]
      for (const [index, author] of said.entries())
        inbox.add(says(author, 'hi', { id: 20 + index }), index)

      const first = take(inbox, { sql }, 9)
      expect(first?.asker).toEqual({ id: JASON, name: 'Jason' })
      expect(ids(first)).toEqual([20, 22])
      expect(first?.context.map(({ id }) => id)).toEqual([21, 23, 24])
      expect(ids(take(inbox, { sql }, 9))).toEqual([21, 24])
      expect(ids(take(inbox, { sql }, 9))).toEqual([23])
      expect(take(inbox, { sql }, 9)).toBeNull()
    })
  })

  it('somebody who goes on talking does not push in front', async () => {
    await inRoom(({ sql }) => {
      const inbox = new Inbox(sql)
      inbox.add(says(DAVID, 'one', { id: 1 }), 0)
      inbox.add(says(JASON, 'me too', { id: 2 }), 0)
      expect(ids(take(inbox, { sql }))).toEqual([1])
      inbox.add(says(DAVID, 'two', { id: 3 }), 0)
      expect(ids(take(inbox, { sql }))).toEqual([2])
      expect(ids(take(inbox, { sql }))).toEqual([3])
    })
  })

  it('calls the asker as the oldest message does', async () => {
    await inRoom(({ sql }) => {
      const inbox = new Inbox(sql)
      inbox.add(says(DAVID, 'one', { author: { id: DAVID, name: 'David' } }), 0)
      inbox.add(says(DAVID, 'two', { author: { id: DAVID, name: 'Dave' } }), 0)
      expect(take(inbox, { sql })?.asker).toEqual({ id: DAVID, name: 'David' })
    })
  })
})

it('gives a control word a turn of its own, in its place', async () => {
  await inRoom(({ sql }) => {
    const inbox = new Inbox(sql)
    const said = ['one', 'two', 'help', 'three', 'help', 'help']
    for (const [index, text] of said.entries()) inbox.add(says(DAVID, text, { id: index + 1 }), 0)

    const taken = said.map(() => ids(take(inbox, { sql })))
    expect(taken).toEqual([[1, 2], [3], [4], [5], [6], null])
  })
})

describe('a file', () => {
  it('waits one second, and then has a turn of its own', async () => {
    await inRoom(({ sql }) => {
      const inbox = new Inbox(sql)
      inbox.add(says(DAVID, '', { id: 1, file: 'a.pdf' }), 5_000)

      expect(inbox.nextDue()).toBe(6_000)
      expect(take(inbox, { sql }, 5_999)).toBeNull()
      expect(ids(take(inbox, { sql }, 6_000))).toEqual([1])
    })
  })

  it('is taken with the words of the same person', async () => {
    await inRoom(({ sql }) => {
      const inbox = new Inbox(sql)
      inbox.add(says(DAVID, '', { id: 1, file: 'a.pdf' }), 5_000)
      inbox.add(says(DAVID, 'what is it?', { id: 2 }), 5_400)

      expect(inbox.nextDue()).toBe(5_400)
      expect(ids(take(inbox, { sql }, 5_400))).toEqual([1, 2])
      expect(inbox.nextDue()).toBeNull()
    })
  })

  it('makes nobody else wait', async () => {
    await inRoom(({ sql }) => {
      const inbox = new Inbox(sql)
      inbox.add(says(DAVID, '', { id: 1, file: 'a.pdf' }), 5_000)
      inbox.add(says(JASON, 'hi', { id: 2 }), 5_100)

      expect(ids(take(inbox, { sql }, 5_100))).toEqual([2])
      expect(take(inbox, { sql }, 5_100)).toBeNull()
      expect(ids(take(inbox, { sql }, 6_000))).toEqual([1])
    })
  })

  it('with words does not wait', async () => {
    await inRoom(({ sql }) => {
      const inbox = new Inbox(sql)
      inbox.add(says(DAVID, 'look', { id: 1, file: 'a.pdf' }), 5_000)
      expect(ids(take(inbox, { sql }, 5_000))).toEqual([1])
    })
  })
})

it('keeps nothing of what was said once it is taken, but the id', async () => {
  await inRoom(({ sql }) => {
    const inbox = new Inbox(sql)
    const quote = { author: 'Jason', messageId: 7, text: 'a secret' }
    inbox.add(says(DAVID, 'my secret', { id: 1, file: 'secret.pdf', quote }), 0)
    take(inbox, { sql })
    expect(JSON.stringify(sql.exec('SELECT * FROM messages').toArray())).not.toContain('secret')
  })
})

it('gives a stop to the turn that it stops', async () => {
  await inRoom(({ sql }) => {
    const inbox = new Inbox(sql)
    inbox.add(says(DAVID, 'one', { id: 1 }), 0)
    take(inbox, { sql })
    inbox.add(says(JASON, 'hi', { id: 2 }), 0)
    inbox.add(says(DAVID, 'stop', { id: 3 }), 0)
    inbox.assignTo(3, 1)

    expect(inbox.waiting().map(({ id }) => id)).toEqual([2])
    expect(ids(take(inbox, { sql }))).toEqual([2])
    expect(take(inbox, { sql })).toBeNull()
  })
})

it('gives the newest of those without an id', async () => {
  await inRoom(({ sql, cost }) => {
    const inbox = new Inbox(sql)
    for (let n = 0; n < 100; n++) inbox.add(says(JASON, 'hi'), 0)
    inbox.add(says(DAVID, 'stop'), 0)
    cost()
    inbox.assignTo(null, 1)
    expect(cost().read).toBeLessThan(10)
    expect(inbox.waiting().map(({ author }) => author)).toEqual(Array(100).fill(JASON))
  })
})

it('looks at a bounded number at a time, and loses none', async () => {
  await inRoom(({ sql, cost }) => {
    const inbox = new Inbox(sql)
    for (let id = 1; id <= 250; id++) inbox.add(says(id % 2 ? DAVID : JASON, 'hi', { id }), 0)
    expect(inbox.count()).toBe(250)

    const taken: (number | null)[] = []
    for (;;) {
      cost()
      const turn = take(inbox, { sql })
      expect(cost().read).toBeLessThan(500)
      if (!turn) break
      taken.push(...turn.messages.map(({ id }) => id))
    }
    expect(taken.toSorted((a, b) => Number(a) - Number(b))).toEqual(
      Array.from({ length: 250 }, (_, n) => n + 1),
    )
    expect([inbox.count(), inbox.nextDue()]).toEqual([0, null])
  })
})

describe('a hundred messages of 250,000 characters', () => {
  const LONG = 'word '.repeat(50_000)

  it.each([
    ['of one person', () => DAVID],
    ['of a hundred people', (id: number) => 100 + id],
  ])('are never all in memory: %s', async (_, author) => {
    await inRoom(({ sql }) => {
      const inbox = new Inbox(sql)
      for (let id = 1; id <= 100; id++) inbox.add(says(author(id), `${id} ${LONG}`, { id }), 0)

      const taken = inbox.next(0, wantsOwnTurn)
      const read = [...(taken?.messages ?? []), ...(taken?.context ?? []), ...inbox.waiting()]
      expect(read).toHaveLength(200)
      expect(read.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThan(1_000_000)
      expect(read.every(({ text }, index) => text.startsWith(`${(index % 100) + 1} word`))).toBe(
        true,
      )
    })
  })

  it('have all their words until they are taken', async () => {
    await inRoom(({ sql }) => {
      const inbox = new Inbox(sql)
      for (const id of [1, 2, 3]) inbox.add(says(DAVID, `${id} ${LONG}`, { id }), 0)
      const [first] = inbox.next(0, wantsOwnTurn)?.messages ?? []

      expect(first?.text).toHaveLength(133_334)
      expect(first && inbox.whole(first).text).toBe(`1 ${LONG}`)
    })
  })

  it('are read to the end where there is one alone', async () => {
    await inRoom(({ sql }) => {
      const inbox = new Inbox(sql)
      inbox.add(says(DAVID, LONG, { id: 1 }), 0)
      expect(inbox.alone(0)?.messages[0]?.text).toBe(LONG)
      expect(inbox.next(0, wantsOwnTurn)?.messages[0]).toMatchObject({ text: LONG })
      expect(inbox.more(DAVID, wantsOwnTurn)[0]).toMatchObject({ text: LONG })
    })
  })
})

it('costs two writes for a message, and one for taking it', async () => {
  await inRoom(({ sql, cost }) => {
    const inbox = new Inbox(sql)
    inbox.add(says(DAVID, 'hi', { id: 1 }), 0)
    expect(cost().written).toBe(2)
    const taken = inbox.next(0, wantsOwnTurn)
    inbox.mark(taken?.messages ?? [], 1)
    expect(cost().written).toBe(1)
  })
})

// Whatever the order in which people speak, deliveries repeat and turns are taken.
const anything = fc.array(
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        author: fc.constantFrom(DAVID, JASON, KEVIN),
        id: fc.option(fc.integer({ min: 1, max: 40 })),
        text: fc.constantFrom('hi', 'help', ''),
        after: fc.constantFrom(0, 400, 1_100),
      }),
    },
    { weight: 2, arbitrary: fc.constant('take' as const) },
  ),
  { maxLength: 60 },
)

it('every message is taken exactly once, by a turn of its author, whatever comes when', async () => {
  await inRoom(async ({ sql, cost, storage }) => {
    const inbox = new Inbox(sql)
    fc.assert(
      fc
        .property(anything, (happenings) => {
          let now = 0
          const received: number[] = []
          const taken: number[] = []
          const receive = (author: number, id: number | null, text: string) => {
            const file = text ? null : 'a.pdf'
            if (inbox.add(says(author, text, { id, file }), now)) received.push(received.length + 1)
          }
          const takeOne = () => {
            const backlog = inbox.waiting().length
            cost()
            const turn = take(inbox, { sql }, now)
            expect(cost().read).toBeLessThanOrEqual(4 * backlog + 8)
            if (!turn) return false
            expect(turn.messages.every(({ author }) => author === turn.asker.id)).toBe(true)
            expect(turn.context.some(({ author }) => author === turn.asker.id)).toBe(false)
            taken.push(...turn.messages.map(({ arrival }) => arrival))
            return true
          }

          for (const happening of happenings) {
            if (happening === 'take') takeOne()
            else {
              now += happening.after
              receive(happening.author, happening.id, happening.text)
            }
          }
          now += 10_000
          while (takeOne());

          expect(taken.toSorted((a, b) => a - b)).toEqual(received)
          expect(inbox.nextDue()).toBeNull()
          cost()
          expect(take(inbox, { sql }, now)).toBeNull()
          expect(cost().read).toBeLessThanOrEqual(4)
        })
        .beforeEach(() => {
          storage.sql.exec('DELETE FROM messages')
          storage.sql.exec('DELETE FROM turns')
        }),
      runs(600),
    )
  })
})
