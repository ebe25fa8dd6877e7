import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { describe, expect, it } from 'vitest'
import { firstState } from '../../src/tables/room/archive/index-state.ts'
import { useBotChanges } from '../support/bots.ts'
import { tablesIn } from '../support/rows.ts'
import { bill } from '../support/worker.ts'
import { useWorld } from '../support/world.ts'

const DAY = 86_400_000

describe('what is kept long enough', () => {
  const world = useWorld()
  const assistant = useBotChanges()

  it('is deleted whole: turns, steps, replies and messages, but for the newest turns', async () => {
    const { model, david } = world
    model.says('One.')
    await world.asks(david, 'one')
    await fill(300)
    for (let days = 0; days < 2; days++) await world.passes(91 * DAY)
    const [left] = await world.rows(
      `SELECT (SELECT count(*) FROM turns) AS turns, (SELECT count(*) FROM steps) AS steps,
         (SELECT min(id) FROM turns) AS first, (SELECT count(*) FROM messages WHERE id <= 300) AS ids`,
    )
    expect(left).toEqual({ turns: 201, steps: 201, first: 101, ids: 0 })

    model.says('As ever.')
    await world.asks(david, 'and now?')
    expect(world.answers()).toEqual(['One.', 'As ever.'])
  })

  it('is billed for that once: ten writes for a turn, beside those of its own time', async () => {
    const { model, david } = world
    for (let turn = 0; turn < 20; turn++) {
      model.says('One.')
      await world.asks(david, 'one')
    }
    await fill(300, 50)
    await world.passes(91 * DAY)
    bill.start()
    for (let times = 0; times < 2; times++) await world.passes(91 * DAY)

    // Of what was filled in all messages go, and of 100 turns their step and themselves.
    const ofOthers = 300 + 100 * 2
    expect(bill.written()).toBeGreaterThan(ofOthers)
    expect((bill.written() - ofOthers) / 20).toBeLessThanOrEqual(10)
    expect(await world.rows('SELECT count(*) AS turns FROM turns')).toEqual([{ turns: 201 }])
  })

  it('and its receipts are kept for 90 days, where its words are not', async () => {
    assistant({ archiveDays: 7 })
    const { model, david } = world
    model.says('One swordfish.')
    await world.asks(david, 'one')
    await fill(300)
    for (let days = 0; days < 3; days++) await world.passes(8 * DAY)
    const count = async () =>
      await world.rows(
        `SELECT (SELECT count(*) FROM turns) AS turns, (SELECT count(*) FROM steps) AS steps,
           (SELECT count(*) FROM steps WHERE content IS NOT NULL) AS told`,
      )
    expect(await count()).toEqual([{ turns: 301, steps: 301, told: 0 }])
  })

  it('a message that was deleted in the room is looked for once, in whatever life', async () => {
    const { model, campfire, david } = world
    model.says('One.').says('Two.').says('Three.').says('Four.')
    const gone = await world.asks(david, 'one')
    await world.asks(david, 'two')
    campfire.deleteMessage(gone)
    await world.talksElsewhere()
    await world.asks(david, 'three')
    await runInDurableObject(world.room(), (_, { storage }) => {
      for (let n = 0; n < 1_000; n++)
        storage.sql.exec(
          "INSERT INTO archive (words, text, message, author, name, at) VALUES ('a', 'a', 5, 1, 'David', ?)",
          Date.now(),
        )
    })
    await world.says(david, 'four')
    bill.start()
    await world.rings()

    expect(bill.read()).toBeLessThan(300)
  })

  it('what was said to the bot goes in time where thousands of others spoke, and each of theirs is read once', async () => {
    assistant({ archiveDays: 7 })
    const { model, david } = world
    await hearsOfAnIndex(2_500)
    model.says('One swordfish.')
    await world.asks(david, 'swordfish?')
    await world.passes(DAY)
    expect(await said()).toEqual({ toUs: 2, overheard: 2_500 })

    bill.start()
    await world.passes(7 * DAY)
    expect(bill.read()).toBeGreaterThan(2_500)
    expect(await said()).toEqual({ toUs: 0, overheard: 2_500 })
    // From then on only what has grown old meanwhile is looked at.
    model.says('Two.')
    await world.asks(david, 'and now?')
    await world.passes(DAY)
    bill.start()
    await world.passes(7 * DAY)
    expect(bill.read()).toBeLessThan(300)
    expect(await said()).toEqual({ toUs: 0, overheard: 2_500 })
  })

  async function said() {
    const [row] = await world.rows(
      `SELECT count(*) FILTER (WHERE overheard = 0) AS toUs, count(*) FILTER (WHERE overheard = 1) AS overheard
       FROM said`,
    )
    return row
  }

  /** Of so many messages, a second apart, that others wrote before the bot came; the room is listed to its first. */
  async function hearsOfAnIndex(messages: number) {
    for (let n = 0; n < messages; n++)
      world.campfire.says(world.kevin, world.watercooler, { text: 'lunch' })
    await runInDurableObject(world.room(), (_, { storage }) => {
      const sql = tablesIn(storage)
      sql.exec(
        `WITH RECURSIVE n (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n WHERE id < ?)
         INSERT INTO said (rowid, words, who, text, author, name, at, overheard)
         SELECT id, 'lunch', 'author4', 'lunch', 4, 'Kevin', ? + id * 1000, 1 FROM n`,
        messages,
        Date.now() - messages * 1_000,
      )
      sql.exec(
        "INSERT INTO facts (name, value) VALUES ('index', ?)",
        JSON.stringify({ ...firstState(), top: messages, next: null, isWhole: true }),
      )
    })
    await evictDurableObject(world.room())
  }

  /** As many turns more, a minute ago. */
  async function fill(turns: number, from = 2) {
    await runInDurableObject(world.room(), (_, { storage: { sql } }) => {
      for (let n = from; n < from + turns; n++) {
        sql.exec(
          `INSERT INTO turns (id, session, kind, state, asker, asker_name, tier, taken_through, started, ended)
           VALUES (?, 1, 'talk', 'replied', 1, 'David', 'hot', ?, ?, ?)`,
          n,
          n,
          Date.now(),
          Date.now(),
        )
        sql.exec(
          `INSERT INTO steps (turn, number, kind, state, model, asked) VALUES (?, 1, 'talk', 'answered', 'm', 0)`,
          n,
        )
        sql.exec(
          `INSERT INTO messages (id, author, name, at, due, turn) VALUES (?, 1, 'David', ?, 0, ?)`,
          n,
          Date.now(),
          n,
        )
      }
    })
  }
})
