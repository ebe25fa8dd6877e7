import { expect, it } from 'vitest'
import { migrate } from '../../../src/storage/migrate.ts'
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

const VERSIONS = MIGRATIONS.map((_, index) => ({ version: index + 1 }))

it('a room finds its tables when it starts', async () => {
  await inRoom(({ sql }) => {
    expect(tablesIn(sql)).toEqual([...TABLES, 'schema'].toSorted())
    expect(sql.exec('SELECT version FROM schema').toArray()).toEqual(VERSIONS)
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
    expect(written).toBeLessThanOrEqual(65)
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
      ...VERSIONS,
      { version: VERSIONS.length + 1 },
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
    expect(sql.exec('SELECT version FROM schema').toArray()).toEqual(VERSIONS)
  })
})

it('a room of a newer version is left alone', async () => {
  await inRoom(({ storage, sql }) => {
    sql.exec('INSERT INTO schema (version) VALUES (99)')
    expect(migrating(storage).written).toBe(0)
    expect(tablesIn(sql)).toEqual([...TABLES, 'schema'].toSorted())
  })
})
