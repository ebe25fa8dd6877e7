import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, it, vi } from 'vitest'
import { ZERO } from '../src/account/sums.ts'
import { Account } from '../src/account.ts'
import { Room } from '../src/room.ts'
import { MIGRATIONS as OF_THE_ACCOUNT } from '../src/tables/account/schema.ts'
import { MIGRATIONS as OF_A_PERSON } from '../src/tables/person/schema.ts'
import { Inbox } from '../src/tables/room/messages.ts'
import { MIGRATIONS } from '../src/tables/room/schema.ts'
import type { Deploy } from './crash/trial.ts'
import { Trial } from './crash/trial.ts'
import { digestOf, forbiddenIn } from './deploys/rule.ts'
import {
  SITUATIONS,
  type Situation,
  standing,
  takeDownSigns,
  UNKNOWN,
  untold,
  withPast,
} from './deploys/situations.ts'
import { NEWEST, NEXT, newerRows, OLDER, olderRows } from './deploys/versions.ts'
import { useBotChanges } from './support/bots.ts'
import { extent } from './support/extent.ts'
import { says } from './support/rows.ts'
import { useWorld } from './support/world.ts'

const world = useWorld()
const assistant = useBotChanges()
const SIGNS_SINCE = 2
const TASKS_SINCE = 1 + MIGRATIONS.findIndex((one) => one.includes('ADD COLUMN schedule'))
const TOLD_SINCE = 1 + MIGRATIONS.findIndex((migration) => migration.includes('show_at'))

/** By what they say: what was released stands in the objects of others. Each release adds its own. */
const RELEASED = ['f2d7ad6202ea', 'af2d4a75dad2', 'cd697f48fa24', '18eb120fcdf4', '4bbac311d0c5']
const RELEASED_OF_THE_ACCOUNT = ['dd74397c8e1c']

/** In `npm test` each version has an eighth of the situations, and each situation an eighth of the versions. */
function isTried(situation: Situation, version: number) {
  const isOfAll = extent !== 'some' || version === NEWEST - 1
  return isOfAll || (SITUATIONS.indexOf(situation) + version) % 8 === 0
}

describe.each(OLDER)('a turn of version %i goes on', (version) => {
  const there = SITUATIONS.filter(({ since = 1 }) => since <= version)
  for (const situation of there.filter((one) => isTried(one, version))) {
    it(`from ${situation.what}`, async () => {
      const { what, turn } = situation
      const isUntold = what === 'a tool use that was approved' && version < TOLD_SINCE
      const told = { ...situation, ...(isUntold && { turn: untold(turn) }) }
      const trial = await deployed(told, async (storage, trial) => {
        if (version < SIGNS_SINCE) takeDownSigns(trial)
        await olderRows(storage, version)
      })
      expect(await versionIn(trial)).toBe(NEWEST)
    })
  }
})

describe('a turn of a newer version goes on after a rollback', () => {
  for (const situation of SITUATIONS) {
    it(`from ${situation.what}`, async () => {
      const trial = await deployed(situation, newerRows)
      expect(await versionIn(trial)).toBe(NEWEST + 1)
      expect(await trial.rows('SELECT mood FROM moods')).toEqual([{ mood: 'glad' }])
      expect(await trial.rows('SELECT mood FROM turns WHERE id = 1')).toEqual([{ mood: 'glad' }])
    })
  }
})

describe('a word that only a newer version knows', () => {
  for (const { what, from, edit, isForgotten, isUntold } of UNKNOWN) {
    it(`is no reason to fail: ${what}`, async () => {
      const situation = situationIn(from)
      const { turn } = situation
      const told = {
        ...situation,
        ...(isForgotten && { turn: { ...turn, remembers: '' } }),
        ...(isUntold && { turn: untold(turn) }),
      }
      const trial = await deployed(told, (storage) => {
        newerRows(storage)
        expect(storage.sql.exec(edit).rowsWritten).toBeGreaterThan(0)
      })
      expect(await trial.rows('SELECT id FROM turns WHERE crashes > 1')).toEqual([])
    })
  }
})

describe('a task that waits', () => {
  it('is no word of whoever set it up to an older version, which knows of no tasks', async () => {
    assistant({ reply: 'whole', approval: { boost: 'always' } })
    world.model.uses('boost', { message_id: 1, content: '👏' })
    await world.asks(world.david, 'boost it')
    await runInDurableObject(world.room(), async (_, { storage }) => {
      const task = {
        schedule: 1,
        author: world.david.id,
        name: 'David',
        text: 'yes',
        at: Date.now(),
      }
      new Inbox(storage.sql).addTask(task, Date.now())
      await olderRows(storage, TASKS_SINCE - 1)
      await storage.setAlarm(Date.now())
    })
    await evictDurableObject(world.room())
    world.model.says('Who says so?')
    await world.rings()

    // It is not lost, and not David's yes either.
    expect(world.answers().at(-1)).toBe('Who says so?')
    expect(await world.rows('SELECT asker FROM turns ORDER BY id DESC LIMIT 1')).toEqual([
      { asker: -world.david.id },
    ])
    expect(await world.rows('SELECT state FROM approvals')).toEqual([{ state: 'waiting' }])
    const [{ boosts } = {}] = world.campfire.messagesIn(world.watercooler)
    expect(boosts).toEqual([])
  })
})

describe('a migration', () => {
  const all = [...MIGRATIONS, ...OF_THE_ACCOUNT, ...OF_A_PERSON]

  it('that was released is never edited', async () => {
    const digests = await Promise.all(MIGRATIONS.map(digestOf))
    expect(digests.slice(0, RELEASED.length)).toEqual(RELEASED)
    const ofTheAccount = await Promise.all(OF_THE_ACCOUNT.map(digestOf))
    expect(ofTheAccount.slice(0, RELEASED_OF_THE_ACCOUNT.length)).toEqual(RELEASED_OF_THE_ACCOUNT)
  })

  it.each([...all, NEXT].map((migration) => [migration.slice(0, 60), migration]))(
    'only adds: %s',
    (_, migration) => {
      expect(forbiddenIn(migration)).toEqual([])
    },
  )

  it.each([
    'DROP TABLE turns',
    'ALTER TABLE turns RENAME COLUMN due TO later',
    'ALTER TABLE turns DROP COLUMN due',
    'ALTER TABLE turns ADD COLUMN mood TEXT NOT NULL',
    "ALTER TABLE turns ADD COLUMN mood TEXT CHECK (mood = 'glad')",
    'CREATE UNIQUE INDEX one_mood ON turns (mood)',
    "UPDATE turns SET state = 'mused'",
    'DELETE FROM turns',
  ])('that an older version could not live with is found: %s', (statement) => {
    expect(forbiddenIn(`CREATE TABLE moods (id INTEGER);\n  ${statement};`)).toEqual([statement])
  })

  it('finds the tables that an account had before there were any', async () => {
    const account = env.ACCOUNTS.getByName('https://old.example.com')
    const { turns: _, ...sums } = ZERO
    await runInDurableObject(account, async (_, { storage }) => {
      await storage.deleteAll()
      storage.sql.exec(OF_THE_ACCOUNT[0] ?? '')
      storage.sql.exec(
        "INSERT INTO rooms VALUES ('here', 1, 3, 0, 0, 0, 7, ?)",
        JSON.stringify({ ...sums, cost: 5 }),
      )
    })
    await evictDurableObject(account)

    expect(await account.rooms()).toMatchObject([{ name: 'here', sums: { turns: 0, cost: 5 } }])
    const version = await runInDurableObject(account, (_, { storage }) =>
      storage.sql.exec('SELECT max(version) AS version FROM schema').one(),
    )
    expect(version).toEqual({ version: OF_THE_ACCOUNT.length })
  })
})

describe('while a deployment is under way', () => {
  const { author, ...rest } = says(1, 'hello?', { id: 900 })

  it.each(Object.keys(rest))(
    'a room is told of a message without its %s, and answers',
    async (field) => {
      world.model.says('Hello.')
      const told = Object.fromEntries(Object.entries(rest).filter(([name]) => name !== field))
      await world.room().receive({ author, ...told })
      await world.rings()

      expect(world.answers()).toEqual(['Hello.'])
    },
  )

  it('a room is told more than it knows of, and answers', async () => {
    world.model.says('Hello.')
    const more = { mood: 'glad', room: { name: 'Watercooler', direct: false, topic: 'Tea' } }
    const told = { ...rest, ...more, author: { ...author, mood: 'glad' } }
    await world.room().receive(told)
    await world.rings()

    expect(world.answers()).toEqual(['Hello.'])
  })

  it('whatever a room says to a delivery, Campfire gets no word of it', async () => {
    vi.spyOn(Room.prototype, 'receive').mockResolvedValue({ mood: 'glad' } as never)
    const { message } = world.campfire.says(world.david, world.direct, { text: 'hello?' })
    await world.campfire.deliver(message)

    expect(Room.prototype.receive).toHaveBeenCalled()
    expect(world.answers(world.direct)).toEqual([])
  })

  it('an account is told more than it knows of, and less', async () => {
    const account = env.ACCOUNTS.getByName('https://chat.example.com')
    const report = { room: 1, bot: 3, busy: false, waiting: 0, turns: [], abilities: {} }
    await account.report('more', { ...report, ...{ mood: 'glad' } })
    const { abilities: _, ...less } = report
    await account.report('less', less as typeof report)

    expect((await account.rooms()).map(({ name }) => name).toSorted()).toEqual(['less', 'more'])
  })

  it('an account knows of more abilities than a room, and it answers', async () => {
    const abilities = { list: true, ...{ fly: true } }
    vi.spyOn(Account.prototype, 'knownTo').mockReturnValue({ abilities })
    world.model.says('Hello.')
    await world.asks(world.david, 'hello?')

    expect(Account.prototype.knownTo).toHaveBeenCalled()
    expect(world.answers()).toEqual(['Hello.'])
  })
})

/** Another version takes the turn over where it stands, and the promise is kept. */
async function deployed(
  { turn, strikes, after, edit, found, past = 'I have looked.' }: Situation,
  change: Deploy['change'],
) {
  assistant(turn.bot ?? {})
  let stood = ''
  const trial = new Trial(world, strikes, {
    ...(after && { after }),
    async change(storage, trial) {
      if (edit) storage.sql.exec(edit)
      stood = standing(storage.sql)
      await change(storage, trial)
    },
  })
  const wrong = await trial.run(withPast(turn))
  expect({ stood, wrong }).toEqual({ stood: found, wrong: [] })
  expect(JSON.stringify(world.model.prompts.at(-1)?.messages)).toContain(past)
  return trial
}

function situationIn(what: string) {
  const situation = SITUATIONS.find((situation) => situation.what === what)
  if (!situation) throw new Error(`There is no situation like ${what}`)
  return situation
}

async function versionIn(trial: Trial) {
  const [row] = await trial.rows('SELECT max(version) AS version FROM schema')
  return row?.version
}
