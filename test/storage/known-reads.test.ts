import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import * as z from 'zod'
import { nameOf } from '../../src/address.ts'
import { isEmpty, isNew, readOnce, rowsOf } from '../../src/storage.ts'
import { Steps } from '../../src/tables/room/steps.ts'
import { openTables, type Tables } from '../../src/tables.ts'

let rooms = 0

/** The tables of a room that nobody has spoken in, as it opens them itself. */
async function withTables(work: (tables: Tables, sql: SqlStorage) => void) {
  const place = { url: 'https://chat.example.com', room: 9_000 + ++rooms, bot: 3 }
  const room = env.ROOMS.getByName(nameOf(place))
  await runInDurableObject(room, (_, state) => work(openTables(state, env), state.storage.sql))
}

/** How often it is really read. */
function reader({ sql }: Tables, tables: string[]) {
  let reads = 0
  const read = () => readOnce(sql, tables, `by ${tables}`, () => ++reads)
  return { read, reads: () => reads }
}

it('what was read is not read again until something is written to its table', async () => {
  await withTables(({ sql, ...tables }) => {
    const { read, reads } = reader({ sql, ...tables }, ['facts'])
    for (const _ of [1, 2, 3]) read()
    sql.exec('SELECT 1')
    sql.exec("UPDATE turns SET reason = 'x'")
    read()
    expect(reads()).toBe(1)
  })
})

it.each([
  "INSERT INTO facts (name, value) VALUES ('b', '1')",
  "INSERT OR REPLACE INTO facts (name, value) VALUES ('a', '2')",
  "\n  INSERT OR IGNORE INTO facts (name, value)\n  VALUES ('b', '2')",
  "UPDATE facts SET value = '3' WHERE name = 'a' RETURNING name",
  "update or ignore facts set value = '4'",
  "DELETE FROM facts WHERE name = 'a'",
  'DELETE FROM facts',
  "UPDATE turns SET reason = 'x'; DELETE FROM facts",
  "WITH old AS (SELECT 'a' AS name) DELETE FROM facts WHERE name IN (SELECT name FROM old)",
  'CREATE TABLE other (id INTEGER PRIMARY KEY)',
])('is read again after: %s', async (statement) => {
  await withTables((tables) => {
    const { read, reads } = reader(tables, ['turns', 'facts'])
    tables.facts.set('a', 1)
    read()
    tables.sql.exec(statement).toArray()
    read()
    expect(reads()).toBe(2)
  })
})

it.each([
  "INSERT OR IGNORE INTO facts (name, value) VALUES ('a', '2')",
  "UPDATE facts SET value = '3' WHERE name = 'nobody'",
  "DELETE FROM facts WHERE name = 'nobody'",
])('is not read again after what has found nothing to write: %s', async (statement) => {
  await withTables((tables) => {
    const { read, reads } = reader(tables, ['facts'])
    tables.facts.set('a', 1)
    read()
    tables.sql.exec(statement).toArray()
    read()
    expect(reads()).toBe(1)
  })
})

it('which rows there are is not read again when one of them changes', async () => {
  await withTables((tables) => {
    const { read, reads } = reader(tables, [rowsOf('facts')])
    tables.facts.set('a', 1)
    read()
    tables.sql.exec("UPDATE facts SET value = '2'")
    read()
    expect(reads()).toBe(1)
    tables.sql.exec('DELETE FROM facts')
    read()
    expect(reads()).toBe(2)
  })
})

it('a turn is known as it was written', async () => {
  await withTables(({ sql, turns }) => {
    const first = turns.begin({ ...TURN, started: Date.now() })
    turns.change(first, { ended: Date.now(), state: 'replied', signs: [{ message: 7, boost: 8 }] })
    const second = turns.begin({ ...TURN, started: Date.now(), files: [1, 2] })
    turns.change(first, { signs: null, made: [] })
    expect(turns.last()).toEqual(second)
    turns.change(second, { due: 5, remedy: { without: 2 } })
    const known = turns.last()
    sql.exec('UPDATE turns SET edits = edits WHERE id = ?', second.id)
    expect(known).toEqual(turns.last())
  })
})

it('a turn that was just begun has no steps but those that it was begun with', async () => {
  await withTables(({ sql, turns }) => {
    const approved = { turn: 1, uses: [{ name: 'note', input: {} }] }
    const count = (turn: number) => new Steps(sql, turn).all.length
    const first = turns.begin({ ...TURN, started: Date.now() })
    expect(count(first.id)).toBe(0)
    new Steps(sql, first.id).approve(approved, 'any', 1)
    expect(count(first.id)).toBe(1)
    const second = turns.begin({ ...TURN, started: Date.now() })
    expect([count(first.id), count(second.id)]).toEqual([1, 0])
  })
})

it('is read again after a transaction that left nothing behind', async () => {
  await withTables(({ facts, turns, atomically }) => {
    facts.set('settings', { model: 'one' })
    expect(() =>
      atomically(() => {
        facts.set('settings', { model: 'two' })
        turns.begin({ ...TURN, started: Date.now() })
        expect([name(facts), turns.last()?.id]).toEqual(['two', 1])
        throw new Error('no room left')
      }),
    ).toThrow('no room left')
    expect([name(facts), turns.last()]).toEqual(['one', null])
  })
})

it('a room that is new keeps its tables when its first transaction leaves nothing behind', async () => {
  await withTables(({ sql, facts, atomically }, stored) => {
    expect([isNew(sql), isEmpty(stored)]).toEqual([true, true])
    expect(() =>
      atomically(() => {
        throw new Error('no room left')
      }),
    ).toThrow('no room left')
    expect([isNew(sql), isEmpty(stored)]).toEqual([false, false])
    facts.set('settings', { model: 'one' })
    expect(name(facts)).toBe('one')
  })
})

it('whoever changes a turn that they hold changes nobody else’s', async () => {
  await withTables(({ turns }) => {
    turns.begin({ ...TURN, started: Date.now() })
    const [mine, theirs] = [turns.last(), turns.last()]
    if (mine) turns.change(mine, { failures: 3 })
    expect([mine?.failures, theirs?.failures, turns.last()?.failures]).toEqual([3, 0, 3])
  })
})

const TURN = {
  session: 1,
  kind: 'talk' as const,
  asker: 5,
  asker_name: 'David',
  tier: 'cold' as const,
  prompt: 'hello',
  reason: null,
  signs: null,
  takenThrough: 1,
}

function name(facts: Tables['facts']) {
  return facts.get('settings', Settings)?.model
}

const Settings = z.object({ model: z.string() })
