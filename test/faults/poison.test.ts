import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { describe, expect, it, vi } from 'vitest'
import * as z from 'zod'
import { Facts } from '../../src/tables/room/facts.ts'
import { Session } from '../../src/tables/room/sessions.ts'
import { Turns } from '../../src/tables/room/turns.ts'
import { defineTool } from '../../src/tools/tool.ts'
import { useBotChanges } from '../support/bots.ts'
import { begins, inRoom } from '../support/rows.ts'
import { until } from '../support/until.ts'
import { alive, bill, KILLED } from '../support/worker.ts'
import { useWorld } from '../support/world.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const ROOM = 'https://chat.example.com/rooms/1/bots/3'
/** What is read of every turn that is opened. */
const OPENS = 'fields left out'
const PARKED = /ran into trouble with this one several times.*\(3-1-\d+\)/

const world = useWorld()
const assistant = useBotChanges()

describe('what brings the room down before there is a turn', () => {
  it('when it is the list, is done without after three times', async () => {
    const { model, david } = world
    const deaths = diesOf(isList, 100)
    model.says('I cannot see the room, but I am here.')
    await world.says(david, 'hello?')
    await ring(6)

    expect(deaths()).toBe(3)
    expect(world.answers()).toEqual(['I cannot see the room, but I am here.'])
  })

  it('is forgotten with the next turn', async () => {
    const { model, david, jason } = world
    const deaths = diesOf(isList, 3)
    model.says('One.').says('Two.')
    await world.posts(jason, { text: 'an aside' })
    await world.says(david, 'hello?')
    await ring(6)
    await world.posts(jason, { text: 'an aside' })
    await world.asks(david, 'and now?')

    expect(deaths()).toBe(3)
    expect(world.answers()).toEqual(['One.', 'Two.'])
    expect(prompts().map((prompt) => prompt.includes('an aside'))).toEqual([false, true])
  })

  it('costs a write for each death, and nothing where there was none', async () => {
    const { model, david } = world
    const deaths = diesOf(isList, 2)
    model.says('One.')
    await world.says(david, 'hello?')
    await ring(1)
    bill.start()
    const before = await world.rows('SELECT count(*) AS n FROM facts')
    await ring(1)

    expect(deaths()).toBe(2)
    expect(before).toEqual([{ n: 1 }])
    expect(await world.rows("SELECT value FROM facts WHERE name = 'attempts'")).toEqual([
      { value: '{"after":0,"times":1}' },
    ])
    await ring(2)
    expect(world.answers()).toEqual(['One.'])
  })

  it('when it is the look a minute after a turn, is tried once more at its next time', async () => {
    const { model, david } = world
    model.says('One.').says('Two.')
    await world.asks(david, 'hello?')
    const deaths = diesOf(isList, 100)
    vi.setSystemTime(Date.now() + MINUTE)
    for (let times = 0; times < 4; times++) {
      await ring(1)
      vi.setSystemTime(Date.now() + 2 * SECOND)
    }
    expect(deaths()).toBe(3)
    expect(await world.wakesIn()).toBeGreaterThan(8 * MINUTE)
    await ring(1)
    vi.setSystemTime(Date.now() + 2 * SECOND)
    await ring(1)
    expect(deaths()).toBe(4)
    await world.asks(david, 'and now?')

    expect(deaths()).toBe(4)
    expect(world.answers()).toEqual(['One.', 'Two.'])
  })

  it('when that look goes well at the second time, leaves nothing behind', async () => {
    const { model, david } = world
    model.says('One.')
    await world.asks(david, 'hello?')
    const deaths = diesOf(isList, 1)
    vi.setSystemTime(Date.now() + MINUTE)
    await ring(1)
    vi.setSystemTime(Date.now() + 2 * SECOND)
    await ring(1)

    expect(deaths()).toBe(1)
    expect(await world.rows("SELECT value FROM facts WHERE name = 'attempts'")).toEqual([
      { value: '{"after":1,"times":0}' },
    ])
  })
})

describe('a message that cannot be begun', () => {
  it('is set aside with a sentence, and the next is answered', async () => {
    const { model, david, jason } = world
    beginning('poison', kill)
    await world.says(david, 'poison')
    await world.says(jason, 'hello?')
    model.says('Hello, Jason.')
    await ring(12)

    expect(world.answers()).toEqual([expect.stringMatching(PARKED), 'Hello, Jason.'])
    expect(await states()).toEqual(['parked', 'replied'])
  })

  it('holds up nobody who said something before', async () => {
    const { model, david, jason } = world
    beginning('poison', kill)
    await world.says(jason, 'hello?')
    await world.says(david, 'poison')
    model.says('Hello, Jason.')
    await ring(16)

    expect(world.answers()).toEqual(['Hello, Jason.', expect.stringMatching(PARKED)])
  })

  it('is set aside also when it is an error that we catch, and nothing is half begun', async () => {
    const { model, david } = world
    const tries = beginning('poison', () => {
      throw new Error('It does not begin')
    })
    await world.says(david, 'poison')
    await ring(1)
    expect(await world.rows('SELECT * FROM turns')).toEqual([])
    expect(await world.rows('SELECT * FROM sessions')).toEqual([])
    expect(await world.wakesIn()).toBeGreaterThan(0)

    await world.passes(10 * MINUTE)
    await world.passes(10 * MINUTE)
    await world.passes(10 * MINUTE)
    await world.passes(10 * MINUTE)
    model.says('All well.')
    await world.asks(david, 'and now?')

    expect(tries()).toBe(3)
    expect(world.answers()).toEqual([expect.stringMatching(PARKED), 'All well.'])
  })

  it('takes with it the sign that says that it waits', async () => {
    const { model, david, jason } = world
    const gate = Promise.withResolvers<void>()
    model.says('One.').waits(gate.promise)
    beginning('poison', () => {
      throw new Error('It does not begin')
    })
    await world.says(david, 'hello?')
    const ringing = world.rings()
    await until(() => model.prompts.length === 1)
    const id = await world.says(jason, 'poison')
    await until(() => boostsOn(id).length === 1)
    gate.resolve()
    await ringing
    for (let times = 0; times < 4; times++) await world.passes(10 * MINUTE)

    expect(world.answers()).toEqual(['One.', expect.stringMatching(PARKED)])
    expect(boostsOn(id)).toEqual([])
  })
})

describe('what brings the room down in a turn', () => {
  it('when it is a tool result, is parked, and the next is answered', async () => {
    const { model, david } = world
    assistant({ tools: [toolThat('poison', async () => 'poisoned result')], approval: {} })
    diesOf((body) => body.includes('poisoned result'), 100)
    model.uses('poison')
    await world.says(david, 'use it')
    await ring(10)
    model.says('All well.')
    await world.asks(david, 'and now?')

    expect(world.answers()).toEqual([expect.stringMatching(PARKED), 'All well.'])
    expect(JSON.stringify(model.prompts.at(-1)?.messages)).not.toContain('poisoned')
  })

  it('while it is opened, before anything leaves, is parked all the same', async () => {
    const { david } = world
    diesOf((body) => body.includes('"messages"'), 1)
    await world.says(david, 'hello?')
    await ring(1)
    let more = 4
    const get = Facts.prototype.get
    vi.spyOn(Facts.prototype, 'get').mockImplementation(function (this: Facts, ...asked) {
      if (asked[0] === OPENS && more-- > 0) kill()
      return get.apply(this, asked)
    })
    for (let lives = 0; lives < 8 && !world.answers().length; lives++) {
      await ring(1)
      vi.setSystemTime(Date.now() + 6 * MINUTE)
    }
    expect(world.answers()).toEqual([expect.stringMatching(PARKED)])
  })

  it('when it is what was said before, is let go after the second', async () => {
    const { model, david } = world
    model.says('The answer that will bring us down.')
    await world.asks(david, 'one')
    diesOf((body) => body.includes('bring us down'), 100)
    await world.says(david, 'two')
    await ring(10)
    await world.says(david, 'three')
    await ring(10)
    model.says('Afresh.')
    await world.asks(david, 'four')

    expect(await states()).toEqual(['replied', 'parked', 'parked', 'replied'])
    expect(world.answers().at(-1)).toBe('Afresh.')
  })
})

describe('a stored row that does not parse', () => {
  it('of the turn in flight parks it, with one sentence', async () => {
    const { model, david } = world
    const kills = async () => {
      await abort()
      return await new Promise(() => {})
    }
    assistant({ tools: [toolThat('kill', kills)], approval: {} })
    model.uses('kill')
    await world.says(david, 'hello?')
    await ring(1)
    await world.rows(`UPDATE steps SET content = '[{"type": "tool_u'`)
    for (let times = 0; times < 8; times++) await later(10 * SECOND)
    model.says('All well.')
    await world.asks(david, 'and now?')

    expect(world.answers()).toEqual([expect.stringMatching(PARKED), 'All well.'])
    expect(await states()).toEqual(['parked', 'replied'])
  })

  it.each([
    'truncated [',
    '"a string"',
    '{"type":"text","text":"no list"}',
    '[{"type":"tool_use","id":"toolu_1"}]',
    '[{"type":"text"}]',
    '[null]',
  ])('of an earlier turn leaves the session with the whole of it: %s', async (garbage) => {
    const { model, david } = world
    model.uses('search_conversation', { words: 'x' }).says('One.').says('Two.').says('Three.')
    await world.asks(david, 'first question')
    await world.asks(david, 'second question')
    await world.rows(`UPDATE steps SET content = '${garbage}' WHERE turn = 1 AND number = 1`)
    await evictDurableObject(world.room())
    await world.asks(david, 'third question')

    const told = JSON.stringify(model.prompts.at(-1)?.messages)
    expect(world.answers()).toEqual(['One.', 'Two.', 'Three.'])
    expect(told).not.toMatch(/first question|tool_result|One\./)
    expect(told).toContain('Two.')
    expect(setAside()).toContainEqual({ table: 'steps', key: '1-1' })
    expect(warnings().join('\n')).not.toContain(garbage)
  })

  it('of a tool use has an unknown outcome, and the pair stays whole', async () => {
    const { model, david } = world
    model.uses('search_conversation', { words: 'x' }).says('One.').says('Two.')
    await world.asks(david, 'first question')
    await world.rows("UPDATE tool_uses SET state = 'garbage', result = NULL")
    await evictDurableObject(world.room())
    await world.asks(david, 'second question')

    expect(world.answers()).toEqual(['One.', 'Two.'])
    expect(JSON.stringify(model.prompts.at(-1)?.messages)).toContain('outcome unknown')
  })
})

describe('a remark in the archive that is garbage', () => {
  it('is not found, and keeps no alarm from being set', async () => {
    const { model, david } = world
    model.says('One.').uses('search_conversation', { words: '' }).says('Two.')
    await world.asks(david, 'first question')
    await world.rows("UPDATE said SET at = 'long ago' WHERE rowid = 1")
    await world.rows('UPDATE said SET name = NULL WHERE rowid = 2')
    await evictDurableObject(world.room())
    await world.asks(david, 'second question')

    expect(world.answers()).toEqual(['One.', 'Two.'])
    expect(await world.wakesIn()).toBe(MINUTE)
    await world.passes(3 * 60 * MINUTE)
    expect(await world.wakesIn()).toBeGreaterThan(MINUTE)
    expect(setAside()).toContainEqual({ table: 'said', key: 2 })
  })
})

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

describe('a tool that', () => {
  const ways: [string, () => unknown, RegExp][] = [
    ['throws', () => fails(new Error('out of paper')), /out of paper/],
    ['throws what is no error', () => fails({ toString: null }), /failed without saying why/],
    ['returns 5 MB', () => 'x'.repeat(5_000_000), /first 60000 of 5000000 characters/],
    ['returns a number too big for JSON', () => 10n ** 30n, /BigInt/],
    ['returns itself in itself', () => cycle(), /circular/],
    ['returns half a character', () => 'half \ud83d of it', /half \\\\+ud83d of it/],
    ['returns nothing', () => undefined, /\\"ok\\":true/],
  ]

  it.each(ways)('%s: the model reads it, and the answer comes', async (_, result, told) => {
    const { model, david } = world
    assistant({ tools: [toolThat('odd', async () => result())], approval: {} })
    model.uses('odd').says('That was odd.').says('All well.')
    await world.asks(david, 'use it')
    await world.asks(david, 'and now?')

    expect(world.answers()).toEqual(['That was odd.', 'All well.'])
    expect(JSON.stringify(model.prompts[1]?.messages.at(-1))).toMatch(told)
  })

  it('never comes back is left behind when it is stopped', async () => {
    const { model, david } = world
    let runs = false
    const hangs = () => {
      runs = true
      return new Promise(() => {})
    }
    assistant({ tools: [toolThat('hang', hangs)], approval: {} })
    model.uses('hang')
    await world.says(david, 'use it')
    const ringing = world.rings()
    await until(() => runs)
    await world.says(david, 'stop')
    await ringing
    model.says('All well.')
    await world.asks(david, 'and now?')

    expect(world.answers()).toEqual(['Stopped.', 'All well.'])
  })

  function fails(error: unknown): never {
    throw error
  }

  function cycle() {
    const self: Record<string, unknown> = {}
    self.self = self
    return self
  }
})

function toolThat(name: string, run: () => Promise<unknown>) {
  return defineTool({ name, description: name, input: z.object({}), effect: 'read', run })
}

/** The object dies over the first so many requests that are like this. */
function diesOf(isLike: (body: string, request: Request) => boolean, most: number) {
  let deaths = 0
  world.fault = async (request, when) => {
    if (when === 'after' || deaths >= most) return undefined
    if (!isLike(await request.clone().text(), request)) return undefined
    deaths++
    await abort()
    return await new Promise<never>(() => {})
  }
  return () => deaths
}

function isList(_: string, { method, url }: Request) {
  return method === 'GET' && url.includes('/messages')
}

async function abort() {
  await alive.get(ROOM)?.storage.sync()
  alive.get(ROOM)?.abort(KILLED)
}

/** What happens when a turn begins that has this in its prompt. */
function beginning(words: string, happens: () => void) {
  const begin = Turns.prototype.begin
  let times = 0
  vi.spyOn(Turns.prototype, 'begin').mockImplementation(function (this: Turns, beginning) {
    if (beginning.prompt?.includes(words)) {
      times++
      happens()
    }
    return begin.call(this, beginning)
  })
  return () => times
}

/** In the middle of what has no `await`. */
function kill() {
  alive.get(ROOM)?.abort(KILLED)
  throw new Error(KILLED)
}

/** Runs the handler so often, as the platform does after a death. */
async function ring(times: number) {
  for (let rings = 0; rings < times; rings++) {
    await world.lives()
  }
}

async function later(ms: number) {
  vi.setSystemTime(Date.now() + ms)
  await ring(1)
}

function boostsOn(id: number) {
  const message = world.campfire.messagesIn(world.watercooler).find((one) => one.id === id)
  return message?.boosts ?? []
}

function prompts() {
  return world.model.prompts.map(({ messages }) => JSON.stringify(messages))
}

async function states() {
  return (await world.rows('SELECT state FROM turns ORDER BY id')).map(({ state }) => state)
}

function setAside() {
  return warnings()
    .map((line) => JSON.parse(line))
    .filter(({ event }) => event === 'row.set_aside')
    .map(({ table, key }) => ({ table, key }))
}

function warnings() {
  return vi.spyOn(console, 'warn').mock.calls.map(([line]) => String(line))
}
