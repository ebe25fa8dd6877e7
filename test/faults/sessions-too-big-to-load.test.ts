import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { describe, expect, it } from 'vitest'
import { Session } from '../../src/tables/room/sessions.ts'
import { Turns } from '../../src/tables/room/turns.ts'
import { useBotChanges } from '../support/bots.ts'
import { begins, inRoom } from '../support/rows.ts'
import { useWorld } from '../support/world.ts'

const world = useWorld()
const assistant = useBotChanges()

describe('a session too big to load', () => {
  it('is read from its newest end, and cut deep, so that the next turns begin at the same place', async () => {
    await inRoom(({ sql }) => {
      const row = new Session(sql).begin(0, 1)
      for (let n = 0; n < 40; n++) said(sql, `question ${n} ${'x '.repeat(100_000)}`)
      const session = new Session(sql)
      const newest = session.past(row, 41)
      expect([newest.at(0)?.id, newest.at(-1)?.id]).toEqual([21, 40])

      expect(session.isTooLong(row, 41)).toBe(true)
      session.dropOldest(row, 41)
      expect(idsOf(session.past(row, 41))).toEqual([32, 33, 34, 35, 36, 37, 38, 39, 40])
      for (let id = 41; id < 51; id++) {
        expect([new Session(sql), session].map((one) => one.isTooLong(row, id))).toEqual([
          false,
          false,
        ])
        const prompt = `question ${id} ${'x '.repeat(100_000)}`
        session.remember(row.id, { id: said(sql, prompt), prompt, steps: [], sentence: null })
        expect(session.past(row, id + 1)[0]?.id).toBe(32)
      }
      session.remember(row.id, { id: 51, prompt: 'x'.repeat(300_000), steps: [], sentence: null })
      expect(session.isTooLong(row, 52)).toBe(true)
    })
  })

  it('with one turn that is too big alone begins anew', async () => {
    await inRoom(({ sql }) => {
      const row = new Session(sql).begin(0, 1)
      for (let n = 0; n < 3; n++) said(sql, 'x'.repeat(1_900_000))
      const session = new Session(sql)
      expect(session.isTooLong(row, 4)).toBe(true)
      session.dropOldest(row, 4)
      expect(idsOf(session.past(row, 4))).toEqual([3])
    })
  })

  it.each([
    ['of too many turns', 200, 20],
    ['of too many words', 25, 200_000],
  ])(
    '%s loses its oldest end when a turn begins, and the next begins at the same place',
    async (_, count, length) => {
      const { model, david } = world
      assistant({ compactAt: 100_000_000 })
      model.says('Hello.').says('One.').says('Two.')
      await world.asks(david, 'the very first')
      await runInDurableObject(world.room(), (_, { storage }) => {
        for (let n = 2; n <= count; n++) said(storage.sql, `<turn ${n}>${'x'.repeat(length)}`)
      })
      await evictDurableObject(world.room())
      await world.asks(david, 'one')
      await world.asks(david, 'two')

      expect(world.answers()).toEqual(['Hello.', 'One.', 'Two.'])
      const [cut, next] = model.prompts.slice(-2).map(({ messages }) => JSON.stringify(messages))
      const read = Array.from(cut?.matchAll(/<turn (\d+)>/g) ?? [], ([, n]) => Number(n))
      expect(read.at(-1)).toBe(count)
      expect(read.length).toBeLessThanOrEqual(count / 2)
      expect(read.length).toBeGreaterThan(count / 3)
      expect(next?.startsWith(cut?.slice(0, -1) ?? '?')).toBe(true)
    },
  )

  function said(sql: SqlStorage, prompt: string) {
    const turns = new Turns(sql)
    const turn = begins(sql, { prompt })
    turns.change(turn, { state: 'replied', ended: 1 })
    return turn.id
  }

  function idsOf(turns: { id: number }[]) {
    return turns.map(({ id }) => id)
  }
})
