import { expect, it } from 'vitest'
import { migrate } from '../../../src/storage/migrate.ts'
import { MIGRATIONS as OF_THE_ACCOUNT } from '../../../src/tables/account/schema.ts'
import { MIGRATIONS as OF_A_PERSON } from '../../../src/tables/person/schema.ts'
import { MIGRATIONS } from '../../../src/tables/room/schema.ts'
import { counted, inRoom } from '../../support/rows.ts'

const TABLES = [
  'archive',
  'facts',
  'messages',
  'people',
  'approvals',
  'compactions',
  'file_chunks',
  'file_reads',
  'file_words',
  'files',
  'forgotten',
  'instructions',
  'list_items',
  'lists',
  'leases',
  'pins',
  'reminder_posts',
  'reminders',
  'replies',
  'said',
  'servers',
  'sessions',
  'steps',
  'tool_uses',
  'uploads',
  'turns',
]

/** Counts what a migration writes. */
function migrating(storage: DurableObjectStorage, migrations = MIGRATIONS) {
  const { sql, cost } = counted(storage)
  const transactionSync = <T>(work: () => T) => storage.transactionSync(work)
  migrate({ sql, transactionSync } as DurableObjectStorage, migrations)
  return cost()
}

function tablesIn(sql: SqlStorage) {
  return sql
    .exec<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    .toArray()
    .map(({ name }) => name)
    .filter((name) => !/^(archive|said|file_words)_/.test(name) && !name.startsWith('_cf'))
}

/** Everything in the tables but the words of those who wrote them down. */
function shapesIn(sql: SqlStorage) {
  return sql
    .exec<{ name: string; sql: string | null }>('SELECT name, sql FROM sqlite_master ORDER BY name')
    .toArray()
    .map((one) => `${one.name}: ${one.sql?.replace(/\s+/g, ' ').replace(/ ?([(),]) ?/g, '$1')}`)
}

const NEWEST = { version: MIGRATIONS.length }

it('a room finds its tables when it starts', async () => {
  await inRoom(({ sql }) => {
    expect(tablesIn(sql)).toEqual([...TABLES, 'schema'].toSorted())
    expect(sql.exec('SELECT version FROM schema').toArray()).toEqual([NEWEST])
  })
})

it('starting again writes nothing and reads next to nothing', async () => {
  await inRoom(({ sql, storage }) => {
    sql.exec("INSERT INTO facts VALUES ('a', '1')")
    const { written, read } = migrating(storage)
    expect(written).toBe(0)
    expect(read).toBeLessThan(5)
    expect(sql.exec('SELECT * FROM facts').toArray()).toEqual([{ name: 'a', value: '1' }])
  })
})

it('a fresh room costs few writes', async () => {
  await inRoom(async ({ storage, sql }) => {
    await storage.deleteAll()
    const { written } = migrating(storage)
    expect(tablesIn(sql)).toContain('turns')
    expect(written).toBeLessThanOrEqual(10)
  })
})

it.each([
  ['room', MIGRATIONS],
  ['account', OF_THE_ACCOUNT],
  ['person', OF_A_PERSON],
])('a new %s has the tables that one of the first version has come to', async (_, migrations) => {
  await inRoom(async ({ storage, sql }) => {
    await storage.deleteAll()
    migrating(storage, migrations)
    const atOnce = shapesIn(sql)
    await storage.deleteAll()
    for (const [index] of migrations.entries()) migrating(storage, migrations.slice(0, index + 1))
    expect(atOnce).toEqual(shapesIn(sql))
    expect(atOnce.length).toBeGreaterThan(2)
  })
})

it('an account that is older than its first migration gets what was added to its table', async () => {
  await inRoom(async ({ storage, sql }) => {
    await storage.deleteAll()
    sql.exec(String(OF_THE_ACCOUNT[0]?.split(';')[0]))
    migrating(storage, OF_THE_ACCOUNT)
    expect(sql.exec('SELECT title FROM rooms').toArray()).toEqual([])
  })
})

it('a migration that is added is applied once, to old rooms and to fresh ones', async () => {
  const SECOND =
    'ALTER TABLE turns ADD COLUMN note TEXT; CREATE TABLE boosts (id INTEGER PRIMARY KEY)'
  await inRoom(({ storage, sql }) => {
    sql.exec("INSERT INTO facts VALUES ('a', '1')")
    migrating(storage, [...MIGRATIONS, SECOND])
    migrating(storage, [...MIGRATIONS, SECOND])

    expect(tablesIn(sql)).toContain('boosts')
    expect(sql.exec('SELECT version FROM schema').toArray()).toEqual([
      NEWEST,
      { version: NEWEST.version + 1 },
    ])
    expect(sql.exec('SELECT count(*) AS facts FROM facts').one()).toEqual({ facts: 1 })
  })
})

it('one that fails changes nothing', async () => {
  await inRoom(({ storage, sql }) => {
    const broken = [
      ...MIGRATIONS,
      'CREATE TABLE boosts (id INTEGER PRIMARY KEY); INSERT INTO nowhere VALUES (1)',
    ]
    expect(() => migrating(storage, broken)).toThrow('nowhere')
    expect(tablesIn(sql)).not.toContain('boosts')
    expect(sql.exec('SELECT version FROM schema').toArray()).toEqual([NEWEST])
  })
})

it('a room of a newer version is left alone', async () => {
  await inRoom(({ storage, sql }) => {
    sql.exec('INSERT INTO schema (version) VALUES (99)')
    expect(migrating(storage).written).toBe(0)
    expect(tablesIn(sql)).toEqual([...TABLES, 'schema'].toSorted())
  })
})
