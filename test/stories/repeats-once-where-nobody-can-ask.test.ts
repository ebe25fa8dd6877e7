import { describe, expect, it, vi } from 'vitest'
import { SENTENCES } from '../../src/sentences.ts'
import { answer, callOf, hurry, lost, silent } from '../faults/faults.ts'
import { logged } from '../faults/quiescence.ts'
import { endsWell, writes } from '../faults/story.ts'
import { useWorld } from '../support/world.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

const PAGE = '<!doctype html><title>Sign in</title>'
const html = { 'content-type': 'text/html' }

/** What no Campfire answers to a new message, and most likely nothing was done. */
const NOT_OURS = [
  ['a sign-in page of somebody else', answer(200, html, PAGE)],
  ['a 204', answer(204)],
  ['a 500 page', answer(500, html, PAGE)],
] as const

const world = useWorld('v1.4.9')

describe('on v1.4.9, where every post', () => {
  it.each([
    ['loses its connection', lost],
    ['is met with silence', silent],
    ['is met with a 504', answer(504)],
  ] as const)(
    '%s after it is saved, an answer stands twice at most, and the receipt says so',
    async (_, trouble) => {
      hurry(30_000)
      posts('after', () => trouble)
      world.model.says('Hello.')
      await world.asks(world.david, 'hello?')
      await world.passesBy(24 * HOUR)

      expect(world.answers()).toEqual(['Hello.', 'Hello.'])
      expect(await states()).toEqual(['failed'])
      expect(events()).toContain('reply.may_be_missing')
      expect(await endsWell(world)).toContain('may be here twice, or be missing (3-1-1)')
    },
  )

  it('is met with a 500 after it is saved, an answer stands twice at most, and so does the sentence', async () => {
    posts('after', () => answer(500))
    world.model.says('Hello.')
    await world.asks(world.david, 'hello?')
    await world.passesBy(24 * HOUR)

    expect(world.answers().filter((text) => text === 'Hello.')).toHaveLength(2)
    expect(world.answers().length).toBeLessThanOrEqual(4)
    expect(await states()).toEqual(['failed'])
  })

  it('kills the process after it is saved, an answer stands twice at most', async () => {
    let deaths = 0
    world.fault = async (request, when) => {
      if (when !== 'after' || callOf(request) !== 'create') return undefined
      deaths++
      return await world.dies()
    }
    world.model.says('Hello.')
    await world.says(world.david, 'hello?')
    for (let lives = 0; lives < 8; lives++) {
      vi.setSystemTime(Date.now() + MINUTE)
      await world.handles()
    }

    expect(deaths).toBe(2)
    expect(world.answers()).toEqual(['Hello.', 'Hello.'])
  })
})

describe('on v1.4.9, an answer', () => {
  it('that meets a database locked for 25 s stands when it is free', async () => {
    const began = Date.now()
    posts('before', () => (Date.now() - began < 25 * SECOND ? answer(500) : undefined))
    world.model.says('Hello.')
    await world.asks(world.david, 'hello?')
    await world.passesBy(5 * MINUTE)

    expect(world.answers()).toEqual(['Hello.'])
    expect(await states()).toEqual(['replied'])
  })

  it.each(NOT_OURS)(
    'that meets %s for two minutes gives way to a sentence, and is none',
    async (_, trouble) => {
      await world.isKnownToBeOld()
      const began = Date.now()
      posts('before', () => (Date.now() - began < 2 * MINUTE ? trouble : undefined))
      world.model.says('Hello.')
      await world.asks(world.david, 'hello?')
      await world.passesBy(10 * MINUTE)

      expect(world.answers()).toEqual([SENTENCES.unpostable('3-1-1')])
      expect(await states()).toEqual(['failed'])
      expect(await endsWell(world)).toContain(', failed, ')
    },
  )

  it.each(NOT_OURS)(
    'that meets %s, as everything does for ten minutes, is sent when that is over',
    async (_, trouble) => {
      await world.isKnownToBeOld()
      const began = Date.now()
      world.fault = async (request, when) =>
        when === 'before' && callOf(request) && Date.now() - began < 10 * MINUTE
          ? trouble()
          : undefined
      world.model.says('Here after all.')
      await world.asks(world.david, 'hello?')
      await world.passesBy(20 * MINUTE)

      expect(world.answers()).toEqual(['Here after all.'])
      expect(await states()).toEqual(['replied'])
    },
  )

  it('in parts, the second of which meets a page twice, says that it could not go on', async () => {
    await world.isKnownToBeOld()
    let sent = 0
    posts('before', () => (++sent === 2 || sent === 3 ? answer(200, html, PAGE) : undefined))
    writes(world, 'in parts')
    await world.asks(world.david, 'tell me')
    await world.passesBy(10 * MINUTE)

    expect(world.answers()).toEqual([
      expect.stringMatching(/^Part 0/),
      SENTENCES.unpostable('3-1-1'),
    ])
    expect(await states()).toEqual(['failed'])
  })

  it('that meets a database locked for ten minutes has its sentence', async () => {
    await world.isKnownToBeOld()
    const began = Date.now()
    posts('before', () => (Date.now() - began < 10 * MINUTE ? answer(500) : undefined))
    world.model.says('Hello.')
    await world.asks(world.david, 'hello?')
    await world.passesBy(20 * MINUTE)

    expect(world.answers()).toEqual([SENTENCES.unpostable('3-1-1')])
  })

  it('that meets a 500 for good ends as failed, with a line in the log', async () => {
    posts('before', () => answer(500))
    world.model.says('Hello.')
    await world.asks(world.david, 'hello?')
    await world.passesBy(HOUR)

    expect(world.answers()).toEqual([])
    expect(await states()).toEqual(['failed'])
    expect(events()).toContain('reply.may_be_missing')
  })

  it('that nobody takes for an hour, as Campfire is away, is sent once it is back', async () => {
    const began = Date.now()
    world.fault = async (request, when) =>
      when === 'before' && callOf(request) && Date.now() - began < HOUR ? lost() : undefined
    world.model.says('Here after all.')
    await world.asks(world.david, 'hello?')
    await world.passesBy(HOUR + 10 * MINUTE)

    expect(world.answers()).toEqual(['Here after all.'])
    expect(await states()).toEqual(['replied'])
  })
})

type Answers = (request: Request) => Response | Promise<Response>

function posts(side: 'before' | 'after', trouble: () => Answers | undefined) {
  world.fault = async (request, when) =>
    when === side && callOf(request) === 'create' ? await trouble()?.(request) : undefined
}

async function states() {
  return (await world.rows('SELECT state FROM turns ORDER BY id')).map(({ state }) => state)
}

function events() {
  return logged().map(({ event }) => event)
}
