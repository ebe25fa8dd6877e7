import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import fc from 'fast-check'
import { expect, it, vi } from 'vitest'
import { nameOf } from '../../../src/address.ts'
import {
  QueueStats,
  RoomView,
  SessionLine,
  SessionStats,
  SettingsSet,
} from '../../../src/operator/schemas.ts'
import type { Room } from '../../../src/room.ts'
import { useBotChanges } from '../../support/bots.ts'
import { runs } from '../../support/extent.ts'
import { alive, KILLED } from '../../support/worker.ts'
import { useWorld } from '../../support/world.ts'

const HOME = 'https://firekeeper.example.com'
/** What a failure was made of is small already: to shrink it takes longer than to read it. */
const RUNS = { ...runs(150), timeout: 20_000, endOnFailure: true }
const PATIENCE = 600_000
const MOST_RINGS = 30

const world = useWorld()
const assistant = useBotChanges()

/** What should never stand in a column, and does. */
const garbage = fc.oneof(
  fc.constantFrom(
    null,
    '',
    ' ',
    'null',
    '[]',
    '{}',
    '[null]',
    '"x"',
    '-1',
    '1e999',
    '99999999999999999999',
    '{"input_tokens":1e400,"output_tokens":"many"}',
    '{"ttlMinutes":-5,"model":7,"speaks":"always"}',
    '{"name":7,"direct":"perhaps"}',
    '[{"type":"text"}]',
    '[{"type":"text","text":"cut o',
    '[{"type":"constructor"}]',
    '[{"type":"tool_use","id":1,"name":"x","input":{}}]',
    '[{"type":"tool_use","id":"toolu_1","name":"x","input":"none"}]',
    '[{"message":"x","boost":{}}]',
    'x'.repeat(50_000),
  ),
  fc.json(),
  fc.string({ unit: 'binary' }),
)

/** By numbers, since nobody lists them here: there may be new ones. */
const damage = fc.record({
  table: fc.nat({ max: 10_000 }),
  column: fc.nat({ max: 10_000 }),
  garbage,
  newest: fc.boolean(),
})
const damages = fc.array(damage, { minLength: 2, maxLength: 6 })
type Damage = typeof damage extends fc.Arbitrary<infer T> ? T : never

it(
  'garbage in any row of a room with a session harms no message that comes after it',
  async () => {
    const property = fc.asyncProperty(damages, fc.boolean(), async (damages, isEvicted) => {
      const stand = await Stand.of()
      await stand.converses()
      await stand.endures(damages, async () => {
        if (isEvicted) await evictDurableObject(stand.room)
        await stand.shows()
        await stand.asksAndIsAnswered()
        await stand.shows()
      })
    })
    await fc.assert(property, RUNS)
    await tellsTheirSum()
  },
  PATIENCE,
)

const POINTS = ['model call', 'second model call', 'post', 'posted'] as const

it(
  'garbage in any row of a turn in flight harms no message that comes after it',
  async () => {
    const points = fc.constantFrom(...POINTS)
    const property = fc.asyncProperty(damages, points, async (damages, point) => {
      const stand = await Stand.of()
      await stand.converses()
      await stand.diesAt(point)
      await stand.endures(damages, async () => {
        await stand.shows()
        await stand.rests()
        await stand.asksAndIsAnswered()
        await stand.shows()
      })
    })
    await fc.assert(property, RUNS)
    await tellsTheirSum()
  },
  PATIENCE,
)

/** What all the rooms of a test have come to. */
async function tellsTheirSum() {
  QueueStats.parse(await (await operate('/queue/stats')).json())
  SessionStats.parse(await (await operate('/session/stats')).json())
}

async function operate(path: string, init: RequestInit = {}) {
  const headers = { authorization: 'Bearer letmein' }
  const answer = await exports.default.fetch(new Request(`${HOME}${path}`, { ...init, headers }))
  expect([path, answer.status]).toEqual([path, 200])
  return answer
}

/** One room of many, and what is done to it. */
class Stand {
  readonly place: { id: number }
  /** In words, for whoever reads the failure. */
  readonly #damaged: string[] = []

  constructor(place: { id: number }) {
    this.place = place
  }

  /** A stub of an object that was killed is of no use any more. */
  get room() {
    return world.room(this.place)
  }

  static async of() {
    const { campfire, david, jason, assistant } = world
    return new Stand(campfire.addRoom('Room', [david, jason, assistant]))
  }

  /** Something of everything: tools, a wait for leave, settings, a session before this one. */
  async converses() {
    const { model, david, jason } = world
    assistant({ approval: { boost: 'always' } })
    await this.#patch({ ttlMinutes: 120, reply: 'whole' })
    const id = await world.posts(david, { text: 'boost this' }, this.place)
    model.uses('search_conversation', { words: 'x' }).says('One.')
    await world.asks(david, 'one', this.place)
    await this.room.resetSession()
    model.says('Two.')
    await world.asks(jason, 'two', this.place)
    model.uses('boost', { message_id: id, content: '👏' })
    await world.asks(david, 'three', this.place)
  }

  async #suffers(damages: Damage[]) {
    await runInDurableObject(this.room, (_, { storage: { sql } }) => {
      const tables = Map.groupBy(columnsIn(sql), ({ table }) => table)
      for (const { garbage, newest, ...at } of damages) {
        const columns = pick([...tables.values()], at.table)
        const { table, name, notNull, key } = pick(columns, at.column)
        if (garbage === null && notNull) continue
        const where = newest && key ? `WHERE ${key} = (SELECT max(${key}) FROM ${table})` : ''
        sql.exec(`UPDATE OR REPLACE ${table} SET ${name} = ? ${where}`, garbage)
        this.#damaged.push(`${table}.${name} ${where} is ${JSON.stringify(garbage)?.slice(0, 200)}`)
      }
    })
  }

  /** Nothing fails after that, not even where it would be caught. */
  async endures(damages: Damage[], work: () => Promise<void>) {
    await this.#suffers(damages)
    try {
      await work()
      expect(failures()).toEqual([])
    } catch (cause) {
      throw new Error(`Not endured: ${this.#damaged.join('; ')}`, { cause })
    }
  }

  async diesAt(point: (typeof POINTS)[number]) {
    const { model, david } = world
    model.uses('search_conversation', { words: 'x' }).says('In flight.')
    let calls = 0
    const isIt = (request: Request, when: 'before' | 'after') => {
      if (request.url.includes('/v1/messages')) {
        if (when === 'before') calls++
        return when === 'before' && calls === (point === 'model call' ? 1 : 2) && !isPost(point)
      }
      const posts = request.method === 'POST' && request.url.endsWith('/messages')
      return posts && point === (when === 'before' ? 'post' : 'posted')
    }
    world.fault = async (request, when) => {
      if (!isIt(request, when)) return undefined
      world.fault = null
      await alive.get(this.#name())?.storage.sync()
      alive.get(this.#name())?.abort(KILLED)
      return await new Promise<never>(() => {})
    }
    await world.says(david, 'in flight', this.place)
    await this.#ring()
    expect(world.fault).toBeNull()
    this.#scripts()
  }

  /** Until nothing is open any more. */
  async rests() {
    for (let rings = 0; rings < MOST_RINGS; rings++) {
      await this.#ring()
      const { waiting, running } = await this.room.queueNow()
      if (!waiting && !running) return
      vi.setSystemTime(Date.now() + Math.max(0, (await world.wakesIn(this.place)) ?? 0))
    }
    throw new Error(`It rang ${MOST_RINGS} times and is not at rest`)
  }

  async asksAndIsAnswered() {
    const before = world.answers(this.place).length
    this.#scripts()
    const id = await world.says(world.jason, 'and now?', this.place)
    await this.rests()
    const after = world.answers(this.place).slice(before)
    world.model.forget()
    world.model.refused.length = 0
    expect(id).toBeGreaterThan(0)
    expect(after).toEqual([expect.stringMatching(/./)])
  }

  /** The operator's routes, as they promise to be. */
  async shows() {
    const path = `/rooms/${this.place.id}/assistant`
    RoomView.parse(await (await operate(path)).json())
    const session = await operate(`${path}/session`)
    for (const line of new TextDecoder()
      .decode(await session.arrayBuffer())
      .split('\n')
      .filter(Boolean)) {
      SessionLine.parse(JSON.parse(line))
    }
    await this.#patch({ reply: 'whole' })
  }

  #scripts() {
    world.model.forget()
    for (let item = 0; item < 12; item++) world.model.says('Fine.')
  }

  async #ring() {
    await runInDurableObject(this.room, async (room: Room) => await room.alarm()).catch((error) => {
      if (!error.durableObjectReset) throw error
    })
  }

  async #patch(settings: object) {
    const answer = await operate(`/rooms/${this.place.id}/assistant/settings`, {
      method: 'PATCH',
      body: JSON.stringify(settings),
    })
    SettingsSet.parse(await answer.json())
  }

  #name() {
    return nameOf({ url: env.CAMPFIRE_URL, room: this.place.id, bot: world.assistant.id })
  }
}

interface Column {
  table: string
  name: string
  notNull: boolean
  key: string | undefined
}

function pick<T>(all: T[], number: number): T {
  const one = all[number % all.length]
  if (one === undefined) throw new Error('There is nothing to pick from')
  return one
}

/** Every column of every table that takes text. The archive takes anything. */
function columnsIn(sql: SqlStorage): Column[] {
  const tables = sql
    .exec<{ name: string }>(
      `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'archive\\_%' ESCAPE '\\' AND name NOT LIKE 'said\\_%' ESCAPE '\\'
       AND name NOT LIKE 'file\\_words\\_%' ESCAPE '\\' AND name NOT LIKE '\\_cf%' ESCAPE '\\' AND name NOT LIKE 'sqlite%' AND name <> 'schema'
       ORDER BY name`,
    )
    .toArray()
  return tables.flatMap(({ name: table }) => {
    const columns = sql
      .exec<{ name: string; type: string; notnull: number }>(`PRAGMA table_info(${table})`)
      .toArray()
    const key = ['turn', 'id', 'arrival'].find((key) => columns.some(({ name }) => name === key))
    return columns
      .filter(({ type }) => type === 'TEXT' || type === '')
      .map(({ name, notnull }) => ({ table, name, notNull: notnull === 1, key }))
  })
}

/** What a handler of the room let through. */
function failures() {
  return vi
    .spyOn(console, 'error')
    .mock.calls.map(([line]) => String(line))
    .filter((line) => line.includes('room.alarm_failed'))
}

function isPost(point: (typeof POINTS)[number]) {
  return point === 'post' || point === 'posted'
}
