import { expect, it } from 'vitest'
import { lastReplyId } from '../../../src/tables/room/replies/own-messages.ts'
import { Replies } from '../../../src/tables/room/replies.ts'
import { begins, inRoom } from '../../support/rows.ts'

const parts = [
  { body: 'One **bold** word 太字', file: null },
  { body: 'The whole', file: 'answer.md' },
  { body: 'Three', file: null },
]

it('what is read from the rows is what memory held', async () => {
  await inRoom(({ sql }) => {
    const replies = new Replies(sql, 7, [])
    const reads = () => expect(new Replies(sql, 7).all).toEqual(replies.all)
    reads()
    replies.intend(parts, null)
    reads()
    const [first, second] = replies.all
    if (first) replies.posted(first, 'posted', 12)
    if (second) replies.posted(second, 'doubtful', null)
    reads()
    expect(replies.all.map(({ part, state, message }) => [part, state, message])).toEqual([
      [1, 'posted', 12],
      [2, 'doubtful', null],
      [3, 'intended', null],
    ])
  })
})

it('remembers what was the newest message when it was meant', async () => {
  await inRoom(({ sql }) => {
    new Replies(sql, 7, []).intend(parts, 41)
    expect(new Replies(sql, 7).all.map(({ cursor }) => cursor)).toEqual([41, 41, 41])
  })
})

it('what Campfire refused, and all that was to follow, gives way', async () => {
  await inRoom(({ sql }) => {
    const replies = new Replies(sql, 7, [])
    replies.intend(parts, null)
    const [first] = replies.all
    if (first) replies.posted(first, 'posted', 12)
    replies.instead({ body: 'I had an answer.', file: null })

    expect(replies.all.map(({ part, body, file, state }) => [part, body, file, state])).toEqual([
      [1, parts[0]?.body, null, 'posted'],
      [2, 'I had an answer.', null, 'intended'],
    ])
    expect(new Replies(sql, 7).all).toEqual(replies.all)
  })
})

it('what was sent without an answer is doubted, and may give way or be dropped', async () => {
  await inRoom(({ sql }) => {
    const replies = new Replies(sql, 7, [])
    replies.intend(parts, 40)
    for (const reply of replies.all.slice(0, 2)) replies.doubt(reply)
    const [first] = replies.all
    if (first) {
      replies.posted(first, 'posted', 12)
      replies.doubt(first)
    }
    const states = () => new Replies(sql, 7).all.map(({ state }) => state)
    expect(states()).toEqual(['posted', 'doubted', 'intended'])

    replies.instead({ body: 'Stopped.', file: null })
    expect(states()).toEqual(['posted', 'intended'])
    expect(new Replies(sql, 7).all).toEqual(replies.all)

    replies.drop()
    expect(states()).toEqual(['posted'])
    expect(replies.all).toHaveLength(1)
    replies.drop()
    expect(states()).toEqual(['posted'])
  })
})

it('is never empty', async () => {
  await inRoom(({ sql }) => {
    expect(() => new Replies(sql, 7, []).intend([], null)).toThrow('never empty')
  })
})

it('nothing gives way when all stands', async () => {
  await inRoom(({ sql }) => {
    const replies = new Replies(sql, 7, [])
    replies.instead({ body: 'x', file: null })
    replies.intend(parts.slice(0, 1), null)
    for (const reply of replies.all) replies.posted(reply, 'posted', 12)
    replies.instead({ body: 'x', file: null })
    expect(new Replies(sql, 7).all.map(({ body }) => body)).toEqual([parts[0]?.body])
  })
})

it('the newest of our own messages is known, however many turns kept silent since', async () => {
  await inRoom(({ sql, cost }) => {
    expect(lastReplyId(sql)).toBeNull()
    for (let message = 1; message <= 50; message++) {
      const replies = new Replies(sql, begins(sql).id, [])
      replies.intend(parts.slice(0, 1), null)
      for (const reply of replies.all) replies.posted(reply, 'posted', message * 10)
    }
    cost()
    expect(lastReplyId(sql)).toBe(500)
    expect(cost().read).toBeLessThan(10)

    for (let silences = 0; silences < 20; silences++) begins(sql, { silent: true })
    expect(lastReplyId(sql)).toBe(500)
    new Replies(sql, begins(sql).id, []).intend(parts, 500)
    expect(lastReplyId(sql)).toBe(500)
  })
})

it('costs two writes for a part', async () => {
  await inRoom(({ sql, cost }) => {
    const replies = new Replies(sql, 7, [])
    replies.intend(parts, 1)
    for (const reply of replies.all) replies.posted(reply, 'posted', 12)
    expect(cost().written).toBe(6)
  })
})
