import { describe, expect, it, vi } from 'vitest'
import { Facts } from '../../src/tables/room/facts.ts'
import { Turns } from '../../src/tables/room/turns.ts'
import { useBotChanges } from '../support/bots.ts'
import { until } from '../support/until.ts'
import { bill } from '../support/worker.ts'
import { useWorld } from '../support/world.ts'
import { abort, kill, PARKED, toolThat, useLives } from './lives.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
/** What is read of every turn that is opened. */
const OPENS = 'fields left out'

const world = useWorld()
const assistant = useBotChanges()
const { ring, states } = useLives(world)

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

function boostsOn(id: number) {
  const message = world.campfire.messagesIn(world.watercooler).find((one) => one.id === id)
  return message?.boosts ?? []
}

function prompts() {
  return world.model.prompts.map(({ messages }) => JSON.stringify(messages))
}
