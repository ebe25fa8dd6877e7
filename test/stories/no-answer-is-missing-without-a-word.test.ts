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
import { useBotChanges } from '../support/bots.ts'
import { useWorld, type World } from '../support/world.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
/** Some hundred handlers, on a busy machine. */
const A_DAY_TAKES = 60_000

const MISSING = SENTENCES.mayBeMissing('3-1-1')
const IN_DOUBT = SENTENCES.inDoubt('3-1-1')
const json = { 'content-type': 'application/json', 'x-version': '1' }
const PAGE = '<!doctype html><title>500</title>'

describe('on v1.4.9, a bot that is to send nothing twice', () => {
  const world = useWorld('v1.4.9')
  const change = useBotChanges()

  it.each([
    ['loses its answer before it is saved', 'before', lost],
    ['loses its answer after it is saved', 'after', lost],
    ['hears nothing before its answer is saved', 'before', silent],
    ['is told 500 before its answer is saved', 'before', answer(500)],
    ['is shown a sign-in page in place of its answer', 'before', answer(200, {}, PAGE)],
  ] as const)('%s, and says so two minutes later', async (_, side, trouble) => {
    hurry(30_000)
    change({ unsure: 'may be missing' })
    await world.isKnownToBeOld()
    creates(world, side, times(1, trouble))
    world.model.says('Hello.')
    await world.asks(world.david, 'hello?')
    await world.passesBy(MINUTE)
    const before = side === 'after' ? ['Hello.'] : []
    expect(world.answers()).toEqual(before)
    await world.passesBy(10 * MINUTE)

    expect(world.answers()).toEqual([...before, MISSING])
    expect(await turns(world)).toEqual(['failed'])
    expect(await endsWell(world)).toContain('the answer may be missing (3-1-1)')
  })

  it('says so once Campfire is back, where it is away for an hour', async () => {
    change({ unsure: 'may be missing' })
    await world.isKnownToBeOld()
    const began = Date.now()
    world.fault = async (request, when) =>
      when === 'before' && callOf(request) && Date.now() - began < HOUR ? lost() : undefined
    world.model.says('Hello.')
    await world.asks(world.david, 'hello?')
    await world.passesBy(2 * HOUR)

    expect(world.answers()).toEqual([MISSING])
  })

  it('says so also where the sentence about it is lost as well', async () => {
    change({ unsure: 'may be missing' })
    await world.isKnownToBeOld()
    creates(world, 'before', times(2, lost))
    world.model.says('Hello.')
    await world.asks(world.david, 'hello?')
    await world.passesBy(HOUR)

    expect(world.answers()).toEqual([MISSING])
  })

  it('dies as it sends its answer, and says so', async () => {
    change({ unsure: 'may be missing' })
    await world.isKnownToBeOld()
    let deaths = 0
    world.fault = async (request, when) => {
      if (when !== 'before' || callOf(request) !== 'create' || deaths++) return undefined
      return await world.dies()
    }
    world.model.says('Hello.')
    await world.says(world.david, 'hello?')
    for (let lives = 0; lives < 8; lives++) {
      vi.setSystemTime(Date.now() + MINUTE)
      await world.handles()
    }

    expect(world.answers()).toEqual([MISSING])
  })

  it('loses one part of an answer, and says so below all of them', async () => {
    change({ unsure: 'may be missing' })
    await world.isKnownToBeOld()
    let sent = 0
    creates(world, 'before', () => (++sent === 2 ? lost : undefined))
    writes(world, 'in parts')
    await world.asks(world.david, 'tell me')
    await world.passesBy(10 * MINUTE)

    expect(world.answers()).toEqual([
      expect.stringMatching(/^Part 0/),
      expect.stringMatching(/^Part 6/),
      MISSING,
    ])
    expect(await turns(world)).toEqual(['replied'])
    expect(await world.rows("SELECT text FROM archive WHERE text LIKE '%find out%'")).toEqual([])
  })

  it('loses a sentence about its own troubles, and sends that once more', async () => {
    change({ unsure: 'may be missing', limits: { minutes: 1 } as never })
    await world.isKnownToBeOld()
    creates(world, 'before', times(1, lost))
    await world.says(world.david, 'hello?')
    world.model.fails(400)
    await world.rings()
    await world.passesBy(10 * MINUTE)

    expect(world.answers()).toEqual([expect.stringMatching(/3-1-1/)])
  })

  it('keeps nobody else waiting with that', async () => {
    change({ unsure: 'may be missing' })
    await world.isKnownToBeOld()
    creates(world, 'before', times(1, lost))
    world.model.says('Hello.').says('Good morning.')
    await world.asks(world.david, 'hello?')
    for (let tries = 0; tries < 3; tries++) await world.handles()
    await world.asks(world.jason, 'and me?')
    await world.passesBy(5 * MINUTE)

    expect(world.answers().toSorted()).toEqual(['Good morning.', MISSING])
  })
})

describe("on today's Campfire, where no page of the room can be read,", () => {
  const world = useWorld()
  const change = useBotChanges()

  it.each([
    ['before they are saved', 'before', lost, []],
    ['after they are saved', 'after', lost, ['Hello.', 'Hello.']],
    ['before they are saved, with a 500', 'before', answer(500, json), []],
  ] as const)(
    'and both posts are lost %s, the room is told so',
    async (_, side, trouble, standing) => {
      change({ reply: 'whole' })
      unreadable(() => true, side, times(2, trouble))
      world.model.says('Hello.')
      await world.asks(world.david, 'hello?')
      await world.passesBy(30 * MINUTE)

      const word = trouble === lost ? IN_DOUBT : SENTENCES.unpostable('3-1-1')
      expect(world.answers()).toEqual([...standing, word])
      expect(await turns(world)).toEqual(['failed'])
    },
  )

  it(
    'since every look is refused for good, and one post is lost, the room is told after a day',
    async () => {
      change({ reply: 'whole' })
      unreadable(() => true, 'before', times(1, lost), 403)
      world.model.says('Hello.').says('Good morning.')
      await world.asks(world.david, 'hello?')
      await world.passesBy(27 * HOUR)

      expect(world.answers()).toEqual([SENTENCES.outOfReach('3-1-1')])
      expect(await turns(world)).toEqual(['failed'])
      world.fault = null
      await world.asks(world.david, 'and now?')
      await world.passesBy(HOUR)
      expect(world.answers()).toEqual([SENTENCES.outOfReach('3-1-1'), 'Good morning.'])
    },
    A_DAY_TAKES,
  )

  it(
    'since every look is refused for good, and a post is lost that stands, the room is told after a day',
    async () => {
      change({ reply: 'whole' })
      unreadable(() => true, 'after', times(1, lost), 403)
      world.model.says('Hello.')
      await world.asks(world.david, 'hello?')
      await world.passesBy(27 * HOUR)
      expect(world.answers()).toEqual(['Hello.', SENTENCES.outOfReach('3-1-1')])
    },
    A_DAY_TAKES,
  )

  it(
    'since every look meets a 503, and one post is lost, others are answered and the room is told after a day',
    async () => {
      const { model, david, jason } = world
      change({ reply: 'whole' })
      unreadable(() => true, 'before', times(1, lost), 503)
      model.says('Hello.').says('Hello, Jason.')
      await world.asks(david, 'hello?')
      await world.passesBy(10 * MINUTE)
      await world.asks(jason, 'and me?')
      expect(world.answers()).toEqual(['Hello, Jason.'])
      await world.passesBy(27 * HOUR)

      const told = ['Hello, Jason.', SENTENCES.outOfReach('3-1-1')]
      expect(world.answers()).toEqual(told)
      expect(await turns(world)).toEqual(['failed', 'replied'])
      model.says('They said hello.').says('Good morning.')
      await world.asks(david, 'and now?')
      expect(world.answers()).toEqual([...told, 'Good morning.'])
    },
    A_DAY_TAKES,
  )

  it(
    'since every look meets a 503, one post is lost and nobody comes, the operator is told after a week',
    async () => {
      change({ reply: 'whole' })
      unreadable(() => true, 'before', times(1, lost), 503)
      world.model.says('Hello.')
      await world.asks(world.david, 'hello?')
      await world.passesBy(8 * 24 * HOUR)

      expect(world.answers()).toEqual([])
      expect(await turns(world)).toEqual(['failed'])
      expect(logged()).toContainEqual(
        expect.objectContaining({ level: 'error', event: 'turn.gave_up', reference: '3-1-1' }),
      )
      const receipt = await world.room().receipt(1)
      expect(receipt).toMatchObject({ state: 'failed', error: expect.stringContaining('503') })
    },
    A_DAY_TAKES,
  )

  it('and one post is lost of a bot that sends nothing twice, the room is told so', async () => {
    change({ reply: 'whole', unsure: 'may be missing' })
    unreadable(() => true, 'before', times(1, lost))
    world.model.says('Hello.')
    await world.asks(world.david, 'hello?')
    await world.passesBy(30 * MINUTE)

    expect(world.answers()).toEqual([MISSING])
  })

  it.each([
    ['neither stands', 'before', 'may stand twice'],
    ['both stand', 'after', 'may stand twice'],
    ['it does not stand', 'before', 'may be missing'],
    ['it stands', 'after', 'may be missing'],
  ] as const)(
    'but for two minutes, the answer stands once and nothing else: %s, %s, %s',
    async (_, side, unsure) => {
      change({ reply: 'whole', unsure })
      const ends = async () => (await turns(world))[0] === 'paused' && (await hasSentence())
      let isReadable = false
      unreadable(() => !isReadable, side, times(unsure === 'may be missing' ? 1 : 2, lost))
      world.model.says('Hello.')
      await world.asks(world.david, 'hello?')
      for (let tries = 0; tries < 40 && !(await ends()); tries++) await world.lives()
      expect(await ends()).toBe(true)
      isReadable = true
      await world.passesBy(10 * MINUTE)

      expect(world.answers()).toEqual(['Hello.'])
      expect(await turns(world)).toEqual(['replied'])
      expect(await endsWell(world)).not.toContain('missing')
    },
  )

  it('and one part of an answer is lost, it is found above the others once they can', async () => {
    change({ reply: 'whole' })
    let isReadable = false
    let sent = 0
    unreadable(
      () => !isReadable,
      'after',
      () => (++sent === 2 || sent === 3 ? lost : undefined),
    )
    writes(world, 'in parts')
    await world.asks(world.david, 'tell me')
    for (let tries = 0; tries < 40 && !(await hasSentence()); tries++) await world.lives()
    isReadable = true
    await world.passesBy(10 * MINUTE)

    expect(world.answers()).toEqual([
      expect.stringMatching(/^Part 0/),
      expect.stringMatching(/^Part 3/),
      expect.stringMatching(/^Part 6/),
    ])
  })

  async function hasSentence() {
    const [turn] = await world.rows('SELECT sentence FROM turns WHERE id = 1')
    return turn?.sentence !== null
  }

  /** One message that cannot be rendered breaks every page that it is on. */
  function unreadable(
    isSo: () => boolean,
    side: 'before' | 'after',
    trouble: () => Answers,
    always?: number,
  ) {
    world.fault = async (request, when) => {
      const isOfPage = always || !request.url.endsWith('?before=1')
      if (when === 'before' && callOf(request) === 'list' && isOfPage && isSo())
        return new Response('{"status":500}', { status: always ?? 500, headers: json })
      const isMet = when === side && callOf(request) === 'create'
      return isMet ? await trouble()?.(request) : undefined
    }
  }
})

describe('half an answer that cannot be edited any more, and is posted anew below', () => {
  const world = useWorld()

  it('counts for nothing once it is removed, where nobody can find out whether the whole arrived', async () => {
    writes(world, 'that grows')
    let creates = 0
    world.fault = async (request, when) => {
      const call = callOf(request)
      if (when === 'after' || !call) return undefined
      const isWhole = (await request.clone().text()).includes('Paragraph 4')
      if (call === 'edit' && isWhole) return answer(405)()
      if (call === 'create' && isWhole && creates++ < 2) return answer(504)()
      const isOldest = request.url.includes('before=1')
      return call === 'list' && creates && !isOldest
        ? answer(500, json, '{"status":500}')()
        : undefined
    }
    await world.asks(world.david, 'hello?')
    await world.passesBy(20 * MINUTE)

    expect(world.answers()).toEqual([IN_DOUBT])
    expect(await turns(world)).toEqual(['failed'])
  })
})

function creates(world: World, side: 'before' | 'after', trouble: () => Answers) {
  world.fault = creating(side, trouble)
}

async function turns(world: World) {
  return (await world.rows('SELECT state FROM turns ORDER BY id')).map(({ state }) => state)
}
