import { describe, expect, it, vi } from 'vitest'
import { SENTENCES } from '../../src/sentences.ts'
import {
  type Answers,
  answer,
  callOf,
  creating,
  hurry,
  lost,
  silent,
  times,
} from '../faults/faults.ts'
import { logged } from '../faults/quiescence.ts'
import { endsWell, writes } from '../faults/story.ts'
import { useWorld } from '../support/world.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

const IN_DOUBT = SENTENCES.inDoubt('3-1-1')
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
    '%s after it is saved, an answer stands twice at most, and the room and the receipt say so',
    async (_, trouble) => {
      hurry(30_000)
      posts('after', () => trouble)
      world.model.says('Hello.')
      await world.asks(world.david, 'hello?')
      await world.passesBy(24 * HOUR)

      expect(world.answers()).toEqual(['Hello.', 'Hello.', IN_DOUBT, IN_DOUBT])
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

  it.each([
    ['loses its connection', lost],
    ['is met with a 500', answer(500)],
    ['kills the process', () => world.dies()],
  ] as const)(
    '%s after it is saved, but for words that a firewall refuses, their sentence stands twice at most',
    async (_, trouble) => {
      await world.isKnownToBeOld()
      world.fault = async (request, when) => {
        if (callOf(request) !== 'create') return undefined
        const isRefused = (await request.clone().text()).includes('Hello.')
        if (isRefused) return when === 'before' ? answer(403, html, PAGE)() : undefined
        return when === 'after' ? await trouble() : undefined
      }
      world.model.says('Hello.')
      await world.says(world.david, 'hello?')
      for (let lives = 0; lives < 40; lives++) {
        vi.setSystemTime(Date.now() + MINUTE)
        await world.handles()
      }

      const sentence = SENTENCES.unpostable('3-1-1')
      expect(world.answers()).toEqual([sentence, sentence])
      expect(await states()).toEqual(['failed'])
      expect(await endsWell(world)).toContain('may be here twice, or be missing (3-1-1)')
    },
  )

  it('kills the process after it is saved, an answer stands twice at most', async () => {
    let deaths = 0
    world.fault = async (request, when) => {
      if (when !== 'after' || callOf(request) !== 'create') return undefined
      deaths++
      return await world.dies()
    }
    world.model.says('Hello.')
    await world.says(world.david, 'hello?')
    for (let lives = 0; lives < 20; lives++) {
      vi.setSystemTime(Date.now() + MINUTE)
      await world.handles()
    }

    expect(deaths).toBe(4)
    expect(world.answers()).toEqual(['Hello.', 'Hello.', IN_DOUBT, IN_DOUBT])
  })

  it.each([
    ['loses its connection before anything is saved', lost],
    ['is met with silence before anything is saved', silent],
  ] as const)(
    '%s twice, and then no longer, says that its answer may be missing',
    async (_, trouble) => {
      hurry(30_000)
      await world.isKnownToBeOld()
      posts('before', times(2, trouble))
      world.model.says('Hello.')
      await world.asks(world.david, 'hello?')
      await world.passesBy(10 * MINUTE)

      expect(world.answers()).toEqual([IN_DOUBT])
      expect(await states()).toEqual(['failed'])
      expect(await endsWell(world)).toContain('may be here twice, or be missing (3-1-1)')
    },
  )

  it('loses its connection for eight minutes, and all else is there, says so when that is over', async () => {
    await world.isKnownToBeOld()
    const began = Date.now()
    posts('before', () => (Date.now() - began < 8 * MINUTE ? lost : undefined))
    world.model.says('Hello.')
    await world.asks(world.david, 'hello?')
    await world.passesBy(20 * MINUTE)

    expect(world.answers()).toEqual([IN_DOUBT])
  })

  it('kills the process as it is sent, says that its answer may be missing', async () => {
    await world.isKnownToBeOld()
    let deaths = 0
    world.fault = async (request, when) => {
      if (when !== 'before' || callOf(request) !== 'create' || deaths++ >= 2) return undefined
      return await world.dies()
    }
    world.model.says('Hello.')
    await world.says(world.david, 'hello?')
    for (let lives = 0; lives < 8; lives++) {
      vi.setSystemTime(Date.now() + MINUTE)
      await world.handles()
    }

    expect(world.answers()).toEqual([IN_DOUBT])
  })

  it('loses two connections of an answer in parts, says so below all of them', async () => {
    await world.isKnownToBeOld()
    let sent = 0
    posts('before', () => (++sent === 2 || sent === 3 ? lost : undefined))
    writes(world, 'in parts')
    await world.asks(world.david, 'tell me')
    await world.passesBy(10 * MINUTE)

    expect(world.answers()).toEqual([
      expect.stringMatching(/^Part 0/),
      expect.stringMatching(/^Part 6/),
      IN_DOUBT,
    ])
    expect(await states()).toEqual(['replied'])
    expect(await world.rows("SELECT text FROM archive WHERE text LIKE '%find out%'")).toEqual([])
  })

  it('loses two connections keeps nobody else waiting', async () => {
    await world.isKnownToBeOld()
    posts('before', times(2, lost))
    world.model.says('Hello.').says('Good morning.')
    await world.asks(world.david, 'hello?')
    for (let tries = 0; tries < 3; tries++) await world.handles()
    await world.asks(world.jason, 'and me?')
    await world.passesBy(5 * MINUTE)

    expect(world.answers().toSorted()).toEqual(['Good morning.', IN_DOUBT])
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

function posts(side: 'before' | 'after', trouble: () => Answers) {
  world.fault = creating(side, trouble)
}

async function states() {
  return (await world.rows('SELECT state FROM turns ORDER BY id')).map(({ state }) => state)
}

function events() {
  return logged().map(({ event }) => event)
}
