import { describe, expect, it } from 'vitest'
import { SENTENCES } from '../../src/sentences.ts'
import { useWorld } from '../support/world.ts'
import { HOUR, MINUTE, SECOND, useChance } from './chance.ts'
import { callOf, lost } from './faults.ts'

const { world, loses, comesLate, posts, diesAt, lives, replies } = useChance()

describe('a room that dies again and again after the answer is out', () => {
  it('has answered: nothing was set aside, and the answer is remembered', async () => {
    const { model, david } = world
    const deaths = diesAtItsSigns(4)
    model.says('Forty-two.').says('Forty-three.')
    await world.says(david, 'the answer?')
    await lives(9)
    await world.asks(david, 'and the next?')

    expect(deaths()).toBe(4)
    expect(world.answers()).toEqual(['Forty-two.', 'Forty-three.'])
    expect(await world.rows('SELECT state, crashes FROM turns')).toEqual([
      { state: 'replied', crashes: 4 },
      { state: 'replied', crashes: 0 },
    ])
    expect(JSON.stringify(model.prompts.at(-1)?.messages)).toContain('Forty-two.')
  })
})

describe('an answer that gives way to a stop while nobody knows whether it is out', () => {
  it('is swept away if it comes late', async () => {
    await stopsInDoubt()
    comesLate('Forty-two.')
    await world.passes(MINUTE)

    expect(world.answers()).toEqual(['Stopped.'])
  })

  describe('on a Campfire that cannot say it', () => {
    const old = useWorld('v1.4.9')

    it('may stand beside it, and the receipt says so', async () => {
      await old.isKnownToBeOld()
      await stopsInDoubt(old)
      expect(await replies(old)).toEqual([
        { part: -1, state: 'lost' },
        { part: 1, state: 'posted' },
      ])
      await old.asks(old.david, 'why')
      expect(old.answers().at(-1)).toContain(SENTENCES.why.doubts['may stand twice'])
    })
  })

  async function stopsInDoubt(where = world) {
    const { model, david } = where
    loses(1, where)
    model.says('Forty-two.')
    await where.asks(david, 'the answer?')
    await where.asks(david, 'stop')
    expect(where.answers()).toEqual(['Stopped.'])
  }
})

describe('an answer that gives way to a sentence, since nobody would take it', () => {
  it.each([
    ['for minutes', 2 * MINUTE, SENTENCES.unpostable('3-1-1')],
    ['for a day', 24 * HOUR, SENTENCES.outOfReach('3-1-1')],
  ])(
    'is swept away if its last try comes late, and is nobody else’s: %s',
    async (_, ms, sentence) => {
      const { model, david, jason } = world
      let [first, isLost] = [0, false]
      world.fault = async (request, when) => {
        if (when === 'after' || callOf(request) !== 'create' || isLost) return undefined
        first ||= Date.now()
        if (Date.now() - first < ms) return new Response('', { status: 403 })
        isLost = (await request.clone().text()).includes('Forty-two')
        return isLost ? lost() : new Response('', { status: 403 })
      }
      model.says('Forty-two.')
      await world.asks(david, 'the answer?')
      for (let times = 0; times < 3; times++) await world.passes(ms / 3)
      expect(world.answers()).toEqual([sentence])

      await world.unheard(() => world.says(jason, 'when is tea?'))
      comesLate('Forty-two.')
      model.says('At four.')
      for (const minutes of [1, 9, 50]) await world.passes(minutes * MINUTE)

      expect(world.answers()).toEqual([sentence, 'At four.'])
    },
  )
})

describe('an answer in doubt whose question was deleted', () => {
  it('does not take an old message of the same words for itself, nor remove it', async () => {
    const { campfire, assistant, watercooler, model, david } = world
    const said = { room: watercooler.id, creator: assistant.id, file: null, via: 'api' as const }
    for (const hours of [30, 3]) {
      const old = campfire.post({ ...said, html: '<p>Done.</p>' })
      old.at -= hours * 60 * MINUTE
    }
    let asked = 0
    world.fault = async ({ method, url }, when) => {
      const isCreate = method === 'POST' && /rooms.*messages$/.test(url)
      if (!asked || when !== 'before' || !isCreate) return undefined
      campfire.deleteMessage(asked)
      asked = 0
      return new Response('', { status: 504 })
    }
    model.says('Done.')
    asked = await world.says(david, 'do it')
    await world.rings()
    await world.passesBy(5 * MINUTE)

    expect(world.answers()).toEqual(['Done.', 'Done.', 'Done.'])
  })
})

describe('a turn given up after ten deaths', () => {
  it('knows the sentence that it got out', async () => {
    const deaths = diesAt(
      ({ method, url }, when) =>
        /v1.messages/.test(url) || method === 'GET' || (method === 'POST' && when === 'after'),
      { most: 10 },
    )
    await world.says(world.david, 'the answer?')
    await lives(17)
    expect(deaths()).toBe(10)
    expect(await replies()).toEqual([{ part: 1, state: 'doubted' }])
    await world.passes(MINUTE)

    expect(await replies()).toEqual([{ part: 1, state: 'posted' }])
    expect(await world.rows('SELECT message FROM replies')).toEqual([{ message: posts()[0] }])
  })
})

describe('more turns in doubt than are swept at once', () => {
  it('are swept all the same, those first that never were', async () => {
    const { model, david } = world
    for (let turn = 1; turn <= 12; turn++) {
      loses(1)
      model.says(`Answer ${turn}.`)
      await world.asks(david, `question ${turn}`)
      await world.passes(5 * SECOND)
    }
    comesLate('Answer 1.')
    expect(world.answers()).toHaveLength(13)
    await world.passes(MINUTE)
    await world.passes(9 * MINUTE)

    expect(world.answers()).toEqual(Array.from({ length: 12 }, (_, turn) => `Answer ${turn + 1}.`))
  })
})

describe('two turns with the same words', () => {
  it('both keep them, though nobody said where the first ones stand, and the second was asked before', async () => {
    await waitsWithTheSameWords()
    let creates = 0
    world.fault = async (request, when) => {
      if (creates === 1 && callOf(request) === 'list') return new Response('', { status: 503 })
      if (when === 'before' || callOf(request) !== 'create') return undefined
      // Of the first it is said that it stands, and not where; of the second nothing at all.
      return ++creates === 1 ? new Response('', { status: 201 }) : await world.dies()
    }
    await world.asks(world.david, 'do it')
    await lives(1)
    world.fault = null
    for (const minutes of [1, 1, 8, 50]) await world.passes(minutes * MINUTE)

    expect(world.answers()).toEqual(['Hello.', 'Done.', 'Done.'])
    const messages = await world.rows('SELECT message FROM replies ORDER BY turn')
    expect(messages.map(({ message }) => message)).toEqual(posts())
  })

  it('both keep them, though the first was forgotten, and the second was asked before', async () => {
    await waitsWithTheSameWords()
    await world.asks(world.david, 'do it')
    await world.asks(world.david, 'forget')
    let deaths = 0
    world.fault = async (request, when) =>
      when === 'after' && callOf(request) === 'create' && deaths++ === 0 ? world.dies() : undefined
    await lives(1)
    await lives(1)
    world.fault = null
    for (const minutes of [1, 1, 8, 50]) await world.passes(minutes * MINUTE)

    expect(deaths).toBe(1)
    expect(world.answers().filter((text) => text === 'Done.')).toHaveLength(2)
  })

  it('both keep them, though the first was in doubt', async () => {
    const { model, david } = world
    loses(1)
    model.says('Done.').says('Done.')
    await world.asks(david, 'do it')
    await world.passes(5 * SECOND)
    await world.asks(david, 'and again')
    await world.passes(MINUTE)

    expect(world.answers()).toEqual(['Done.', 'Done.'])
  })

  /** Jason has asked, and his turn comes after the next one. */
  async function waitsWithTheSameWords() {
    const { model, david, jason } = world
    model.says('Hello.').says('Done.').says('Done.')
    await world.asks(david, 'hello')
    const waits = await world.says(jason, 'do it, too')
    await world.rows(`UPDATE messages SET due = due + ${MINUTE / 2} WHERE id = ${waits}`)
  }
})

/** When the sign that it is at it is to be taken down, the last thing of a turn. */
function diesAtItsSigns(most: number) {
  return diesAt(({ method }, when) => method === 'DELETE' && when === 'before', { most })
}
