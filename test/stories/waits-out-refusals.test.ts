import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { describe, expect, it, vi } from 'vitest'
import type { Room } from '../../src/room.ts'
import { SENTENCES } from '../../src/sentences.ts'
import { callOf, hurry } from '../faults/faults.ts'
import { logged } from '../faults/quiescence.ts'
import { extent, half } from '../support/extent.ts'
import { until } from '../support/until.ts'
import { useWorld } from '../support/world.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
/** Some hundred handlers, on a busy machine. */
const A_DAY_TAKES = 60_000

const PAGE = '<!doctype html><title>Something else</title>'
const html = { 'content-type': 'text/html' }

/** Of a firewall, a proxy or a gateway, and such as Campfire gives them itself. */
const REFUSALS: [string, () => Response][] = [
  ['a 403 of a firewall', () => new Response(PAGE, { status: 403, headers: html })],
  ['a 401 of a gateway', () => new Response(PAGE, { status: 401, headers: html })],
  ['a 404 of a proxy', () => new Response(PAGE, { status: 404, headers: html })],
  ['a 406 of a firewall', () => new Response(PAGE, { status: 406, headers: html })],
  [
    'a 302 to a maintenance page',
    () => new Response('', { status: 302, headers: { location: 'https://status.example.com/' } }),
  ],
  ['a key that is rotated', rotated],
  ['a room that is left', () => new Response('', { status: 404, headers: { 'x-version': '1' } })],
]

/** After it nobody knows whether it was done. */
const GATEWAY: [string, () => Response] = [
  'a gateway that wants a sign-in',
  () => new Response(PAGE, { status: 511, headers: html }),
]

/** What a firewall may do with words that it does not like, beside refusing them; `isAnswered`: as Campfire might. */
const DROPS: [what: string, drop: () => Response, isAnswered: boolean][] = [
  [
    'a connection that is cut',
    () => {
      throw new Error('Network connection lost.')
    },
    false,
  ],
  ['a 504', () => new Response('', { status: 504 }), false],
  ['a 503 page', () => new Response(PAGE, { status: 503, headers: html }), false],
  ['a 429', () => new Response('', { status: 429 }), true],
  ['a 500', () => new Response(PAGE, { status: 500, headers: html }), true],
]

describe.each(['rails', 'v1.4.9'] as const)('on %s', (dialect) => {
  const world = useWorld(dialect)
  // Where nobody can list a room, each refusal is met once in `npm test`, and the long ones in `npm run proof`.
  const isShort = extent === 'some' && dialect === 'v1.4.9'

  describe('an answer that is refused', () => {
    it.each(REFUSALS)('once, by %s, is posted all the same', async (_, refusal) => {
      let times = 0
      refusesPosts(() => (times++ ? undefined : refusal()))
      world.model.says('Here.')
      await world.asks(world.david, 'hello?')
      await world.passesBy(MINUTE)

      expect(world.answers()).toEqual(['Here.'])
      expect(await states()).toEqual(['replied'])
    })

    it.each([...(isShort ? [] : half(REFUSALS)), GATEWAY])(
      'for an hour, as everything is, by %s, is posted then',
      async (_, refusal) => {
        const began = Date.now()
        refusesAll(() => (Date.now() - began < HOUR ? refusal() : undefined))
        world.model.says('Here after all.')
        await world.asks(world.david, 'hello?')
        await world.passesBy(HOUR - MINUTE)
        expect(world.answers()).toEqual([])
        await world.passesBy(10 * MINUTE)

        expect(world.answers()).toEqual(['Here after all.'])
        expect(await states()).toEqual(['replied'])
      },
    )

    it('for its words gives way to a sentence after two minutes, and no other answer waits', async () => {
      const { model, david, jason } = world
      refusesPosts((body) => (body.includes('DROP TABLE') ? firewall() : undefined))
      model.says('It is `DROP TABLE users`.').says('Hello, Jason.')
      await world.asks(david, 'how do I drop a table?')
      const began = Date.now()
      await world.asks(jason, 'hello?')
      expect(Date.now()).toBe(began)
      expect(world.answers()).toEqual(['Hello, Jason.'])
      await world.passesBy(MINUTE + 45 * SECOND)
      expect(world.answers()).toEqual(['Hello, Jason.'])
      await world.passesBy(MINUTE)

      expect(world.answers()).toEqual(['Hello, Jason.', SENTENCES.unpostable('3-1-1')])
      expect(await states()).toEqual(['failed', 'replied'])
      model.says('Anything else.')
      await world.asks(david, 'and something else?')
      expect(world.answers().at(-1)).toBe('Anything else.')
    })

    it.each(DROPS)(
      'for its words, by %s, keeps nobody else waiting, and has one end',
      async (_, drop, isAnswered) => {
        const { model, david, jason } = world
        refusesPosts((body) => (body.includes('DROP TABLE') ? drop() : undefined))
        model.says('It is `DROP TABLE users`.').says('Hello, Jason.')
        await world.asks(david, 'how do I drop a table?')
        await world.asks(jason, 'hello?')
        await world.passesBy(20 * SECOND)
        expect(world.answers()).toContain('Hello, Jason.')
        await world.passesBy(5 * MINUTE)

        // Where nobody can ask whether the answer stands, a sentence that it does not might be wrong.
        const isKnown = dialect === 'rails' || isAnswered
        const sentence = isKnown ? SENTENCES.unpostable('3-1-1') : SENTENCES.inDoubt('3-1-1')
        expect(world.answers()).toEqual(['Hello, Jason.', sentence])
        expect(await states()).toEqual(['failed', 'replied'])
        model.says('Anything else.')
        await world.asks(david, 'and something else?')
        expect(world.answers().at(-1)).toBe('Anything else.')
      },
    )

    it.each([
      ['was stopped', stopsIt],
      ['came to the end of its time', outlastsIt],
    ])('for its words, after it %s, gives way to a sentence as well', async (_, ends) => {
      refusesPosts((body) => (body.includes('DROP TABLE') ? firewall() : undefined))
      await ends('It is `DROP TABLE users`. And so on.')
      await world.passesBy(5 * MINUTE)

      expect(world.answers()).toEqual([SENTENCES.unpostable('3-1-1')])
      expect(await states()).toEqual(['failed'])
    })

    it('for its words, after it was stopped, and by a 500 each time, has its sentence', async () => {
      refusesPosts((body) =>
        body.includes('DROP TABLE')
          ? new Response(PAGE, { status: 500, headers: html })
          : undefined,
      )
      await stopsIt('It is `DROP TABLE users`. And so on.')
      await world.passesBy(5 * MINUTE)

      expect(world.answers()).toEqual([SENTENCES.unpostable('3-1-1')])
    })

    it.skipIf(isShort)(
      'for more than a day, after it came to the end of its time, is told of all the same',
      async () => {
        const began = Date.now()
        refusesAll(() => (Date.now() - began < 25 * HOUR ? firewall() : undefined))
        await outlastsIt('Too late. And so on.')
        await world.passesBy(26 * HOUR)

        expect(world.answers()).toEqual([SENTENCES.outOfReach('3-1-1')])
      },
      A_DAY_TAKES,
    )

    it(
      'for more than a day is told of all the same',
      async () => {
        const began = Date.now()
        refusesAll(() => (Date.now() - began < 25 * HOUR ? firewall() : undefined))
        world.model.says('Too late.')
        await world.asks(world.david, 'hello?')
        await world.passesBy(25 * HOUR + 30 * MINUTE)
        await world.passesBy(HOUR)

        expect(world.answers()).toEqual([SENTENCES.outOfReach('3-1-1')])
        expect(await states()).toEqual(['failed'])
      },
      A_DAY_TAKES,
    )

    it.skipIf(isShort)(
      'by nobody, but Campfire is not there for 25 hours: something is said',
      async () => {
        const began = Date.now()
        refusesAll(() =>
          Date.now() - began < 25 * HOUR ? new Response('', { status: 503 }) : undefined,
        )
        world.model.says('Too late.')
        await world.asks(world.david, 'hello?')
        await world.passesBy(27 * HOUR)

        expect(world.answers()).toEqual([SENTENCES.outOfReach('3-1-1')])
      },
      A_DAY_TAKES,
    )

    it.skipIf(isShort)(
      'for hours, by a 500, keeps one row of the sentence in its place',
      async () => {
        refusesPosts(() => new Response(PAGE, { status: 500, headers: html }))
        world.model.says('Nobody reads this.')
        await world.asks(world.david, 'hello?')
        await world.passesBy(3 * HOUR)

        const rows = await world.rows('SELECT count(*) AS n FROM replies')
        expect(Number(rows[0]?.n)).toBeLessThanOrEqual(2)
      },
    )

    it('keeps the order of what one person asks, whatever comes in between', async () => {
      const { model, david, jason } = world
      const began = Date.now()
      refusesPosts((body) =>
        body.includes('First') && Date.now() - began < MINUTE ? firewall() : undefined,
      )
      model.says('First.').says('For Jason.').says('Second.')
      await world.asks(david, 'one')
      await world.asks(jason, 'me?')
      await world.asks(david, 'two')
      expect(world.answers()).toEqual(['For Jason.'])
      await world.passesBy(2 * MINUTE)

      expect(world.answers()).toEqual(['For Jason.', 'First.', 'Second.'])
      const prompt = JSON.stringify(model.prompts.at(-1)?.messages)
      expect(prompt.indexOf('First.')).toBeGreaterThan(0)
      expect(prompt.indexOf('First.')).toBeLessThan(prompt.indexOf('For Jason.'))
    })

    it('is stopped while it waits', async () => {
      const { model, david, jason } = world
      refusesPosts((body) => (body.includes('First') ? firewall() : undefined))
      model.says('First.').says('For Jason.')
      await world.asks(david, 'one')
      await world.asks(jason, 'me?')
      await world.says(david, 'stop')
      await world.rings()

      expect(world.answers()).toEqual(['For Jason.', 'Stopped.'])
    })

    it('is stopped while somebody else is answered, who does not suffer for it', async () => {
      const { model, david, jason } = world
      const gate = Promise.withResolvers<void>()
      refusesPosts((body) => (body.includes('First') ? firewall() : undefined))
      model.says('First.').says('For David.').waits(gate.promise)
      await world.asks(jason, 'one')
      await world.says(david, 'me?')
      const ringing = world.rings()
      await until(() => model.prompts.length === 2)
      await world.says(jason, 'stop')
      gate.resolve()
      await ringing
      await world.passesBy(MINUTE)

      expect(world.answers().toSorted()).toEqual(['For David.', 'Stopped.'])
    })

    it('is tried again when Campfire delivers something', async () => {
      const { model, david, jason } = world
      let isShut = true
      refusesAll(() => (isShut ? firewall() : undefined))
      model.says('First.').says('For Jason.')
      await world.asks(david, 'one')
      await world.passesBy(3 * HOUR)
      isShut = false
      await world.asks(jason, 'me?')

      expect(new Set(world.answers())).toEqual(new Set(['First.', 'For Jason.']))
    })

    it('and dies meanwhile, and sleeps, is not lost', async () => {
      const { model, david, jason } = world
      if (dialect === 'v1.4.9') await world.isKnownToBeOld()
      let deaths = 0
      refusesPosts((body) => (body.includes('First') && deaths < 1 ? firewall() : undefined))
      model.says('First.').says('For Jason.')
      await world.asks(david, 'one')
      await world.asks(jason, 'me?')
      await evictDurableObject(world.room())
      world.fault = async (request, when) => {
        if (when !== 'before' || callOf(request) !== 'create' || deaths++) return undefined
        return await world.dies()
      }
      vi.setSystemTime(Date.now() + Number(await world.wakesIn()))
      await runInDurableObject(world.room(), (room: Room) => room.alarm()).catch(() => {})
      await runInDurableObject(world.room(), (room: Room) => room.alarm())
      await world.passesBy(MINUTE)

      expect(deaths).toBeGreaterThan(0)
      expect(world.answers()).toEqual(['For Jason.', 'First.'])
      expect(await states()).toEqual(['replied', 'replied'])
    })
  })

  describe("a refusal that is surely Campfire's own", () => {
    it('is told to the operator once, when it was seen for minutes', async () => {
      refusesAll(rotated)
      world.model.says('Nobody reads this.')
      await world.asks(world.david, 'hello?')
      await world.passesBy(MINUTE)
      expect(toldOf()).toEqual([])
      await world.passesBy(HOUR)

      expect(toldOf()).toEqual([{ level: 'error', reference: '3-1-1' }])
      world.fault = null
      await world.passesBy(10 * MINUTE)
      expect(world.answers()).toEqual(['Nobody reads this.'])
    })

    it('is not guessed: what a firewall says is no news of Campfire', async () => {
      refusesAll(firewall)
      world.model.says('Nobody reads this.')
      await world.asks(world.david, 'hello?')
      await world.passesBy(HOUR)
      expect(toldOf()).toEqual([])
      world.fault = null
      await world.passesBy(10 * MINUTE)
    })
  })

  /** It is stopped when the model has said so much. */
  async function stopsIt(words: string) {
    const { model, david } = world
    model.hangs('text', words)
    await world.says(david, 'go on?')
    const ringing = world.rings()
    await until(() => model.prompts.length === 1)
    await new Promise((resolve) => setTimeout(resolve, 50))
    await world.says(david, 'stop')
    await ringing
    await world.rings()
  }

  /** Its ten minutes are over when the model has said so much. */
  async function outlastsIt(words: string) {
    hurry(10 * MINUTE)
    world.model.hangs('text', words)
    await world.asks(world.david, 'go on?')
  }

  function refusesPosts(refusal: (body: string) => Response | undefined) {
    world.fault = async (request, when) => {
      const call = callOf(request)
      const isPost = call === 'create' || call === 'edit' || call === 'attach'
      return when === 'before' && isPost ? refusal(await request.clone().text()) : undefined
    }
  }

  function refusesAll(refusal: () => Response | undefined) {
    world.fault = async (request, when) =>
      when === 'before' && callOf(request) ? refusal() : undefined
  }

  async function states() {
    return (await world.rows('SELECT state FROM turns ORDER BY id')).map(({ state }) => state)
  }
})

function rotated() {
  const headers = { location: 'https://chat.example.com/session/new', 'x-version': '1' }
  return new Response('', { status: 302, headers })
}

function firewall() {
  return new Response(PAGE, { status: 403, headers: html })
}

function toldOf() {
  return logged()
    .filter(({ event }) => event === 'campfire.refuses_us')
    .map(({ level, reference }) => ({ level, reference }))
}
