import { describe, expect, it } from 'vitest'
import { LISTING } from '../support/extent.ts'
import { useWorld } from '../support/world.ts'
import { answer, FINAL, hurry, meets, PASSING, type Trouble, UNCERTAIN } from './faults.ts'
import { endsWell, expectWhole, settles, writes } from './story.ts'

const OURS = 30_000
const MINUTE = 60_000

const GROWING = ['that grows', 'that grows into parts'] as const

const LASTING: [string, Trouble][] = [403, 422, 500].map((status) => [
  `a ${status} each time`,
  { when: 'before', answers: answer(status, status < 500 ? { 'x-version': '1' } : {}) },
])

describe('an answer that grows', () => {
  const world = useWorld()

  it.each([...UNCERTAIN, ...PASSING])(
    'and whose edits meet %s is whole in the end',
    async (_, trouble) => {
      hurry(OURS)
      writes(world, 'that grows')
      world.fault = meets('edit', trouble, { times: 2 })
      await world.says(world.david, 'tell me')
      await settles(world)

      expectWhole(world, 'that grows')
      await endsWell(world)
    },
  )

  it.each(
    LASTING.flatMap(([name, trouble]) => GROWING.map((form) => [name, form, trouble] as const)),
  )(
    'and cannot be edited, with %s, is posted anew and stands once (%s)',
    async (_, form, trouble) => {
      writes(world, form)
      world.fault = meets('edit', trouble, { times: 1_000 })
      await world.says(world.david, 'tell me')
      await settles(world)

      expectWhole(world, form)
      expect(await world.rows('SELECT state FROM turns')).toEqual([{ state: 'replied' }])
      await endsWell(world)
    },
  )

  it.each<[string, Trouble]>([
    ['a 500', { when: 'before', answers: answer(500) }],
    ['a page for browsers', { when: 'before', answers: answer(200, {}, '<html>') }],
  ])(
    'and can neither be edited nor removed for half an hour, with %s, is all that is said once a later look has removed it',
    async (_, trouble) => {
      const began = Date.now()
      writes(world, 'that grows')
      world.fault = async (request, when) =>
        when === 'before' &&
        /^(PATCH|DELETE)$/.test(request.method) &&
        Date.now() - began < 30 * MINUTE
          ? await trouble.answers(request)
          : undefined
      await world.asks(world.david, 'tell me')
      await world.passesBy(70 * MINUTE)

      expectWhole(world, 'that grows')
      expect(await world.rows('SELECT state FROM turns')).toEqual([{ state: 'replied' }])
    },
  )

  it('on a Campfire that cannot edit is begun once, told whole, and from then on is not begun', async () => {
    world.fault = meets('edit', { when: 'before', answers: answer(405) }, { times: 1_000 })
    for (const question of ['tell me', 'and again']) {
      writes(world, 'that grows')
      await world.says(world.david, question)
      await settles(world)
    }

    const ends = world.answers().map((text) => /Paragraph (\d) grows\.$/.exec(text)?.[1])
    expect(ends).toEqual(['4', '4'])
    await endsWell(world)
  })

  it.each([...UNCERTAIN, ...PASSING])(
    'and cannot be edited any more is removed when Campfire takes it, though that meets %s',
    async (_, trouble) => {
      hurry(OURS)
      writes(world, 'that grows')
      const edits = meets('edit', { when: 'before', answers: answer(500) }, { times: 1_000 })
      const removal = meets('delete', trouble)
      world.fault = async (...asked) => (await edits(...asked)) ?? (await removal(...asked))
      await world.says(world.david, 'tell me')
      await settles(world)

      expectWhole(world, 'that grows')
      await endsWell(world)
    },
  )
})

/** Of Campfire or of somebody before it: nobody can know, and a look later it may be another. */
const REFUSED: [string, Trouble][] = [
  ['a 406 of a firewall', { when: 'before', answers: answer(406, {}, 'Not today.') }],
  ...FINAL,
]

describe('half an answer whose whole stands below it', () => {
  const world = useWorld()

  it.each(REFUSED)('goes with a later look, where its removal met twice %s', async (_, trouble) => {
    hurry(OURS)
    writes(world, 'that grows')
    const edits = meets('edit', { when: 'before', answers: answer(500) }, { times: 1_000 })
    const removal = meets('delete', trouble, { times: 2 })
    world.fault = async (...asked) => (await edits(...asked)) ?? (await removal(...asked))
    await world.says(world.david, 'tell me')
    await settles(world)
    expect(world.answers()).toHaveLength(2)

    for (const minutes of [1, 9]) await world.passes(minutes * MINUTE)
    expectWhole(world, 'that grows')
    await endsWell(world)
  })
})

describe('half an answer that Campfire fails to remove for long', () => {
  const world = useWorld()

  it('keeps nobody waiting: the next question is answered, and it goes when it can', async () => {
    hurry(OURS)
    writes(world, 'that grows')
    const trouble = answer(500)
    const edits = meets('edit', { when: 'before', answers: trouble }, { times: 1_000 })
    const removal = meets('delete', { when: 'before', answers: trouble }, { times: 1_000 })
    world.fault = async (...asked) => (await edits(...asked)) ?? (await removal(...asked))
    await world.says(world.david, 'tell me')
    await settles(world)
    world.model.says('And that.')
    await world.asks(world.david, 'and then?')
    expect(world.answers().at(-1)).toBe('And that.')

    world.fault = null
    for (const minutes of [1, 9, 50]) await world.passes(minutes * MINUTE)
    expect(world.answers()).toHaveLength(2)
    await endsWell(world)
  })
})

describe('a double that arrives late', () => {
  const world = useWorld()

  it.each([...UNCERTAIN, ...PASSING, ...REFUSED])(
    'is removed, though the removal meets %s',
    async (_, trouble) => {
      const { campfire, assistant, watercooler } = world
      hurry(OURS)
      writes(world, 'whole')
      world.fault = meets('create', { when: 'before', answers: answer(504) })
      await world.says(world.david, 'hello?')
      await settles(world)
      const draft = { html: '<p>Hello.</p>', file: null, room: watercooler.id }
      campfire.post({ ...draft, creator: assistant.id, via: 'api' })
      world.fault = meets('delete', trouble)
      await world.passes(MINUTE)
      await world.passes(9 * MINUTE)

      expect(world.answers()).toEqual(['Hello.'])
      await endsWell(world)
    },
  )
})

for (const dialect of LISTING) {
  describe(`Campfire’s own words for us (${dialect})`, () => {
    const world = useWorld(dialect)

    it('that we failed to respond go when the answer stands', async () => {
      const { campfire, assistant, watercooler, david } = world
      writes(world, 'whole')
      await world.says(david, 'hello?')
      const words = { html: 'Failed to respond within 7 seconds', file: null, room: watercooler.id }
      campfire.post({ ...words, creator: assistant.id, via: 'answer' })
      await world.rings()
      expect(world.answers()).toHaveLength(2)

      await world.passes(MINUTE)
      expect(world.answers()).toEqual(['Hello.'])
      await endsWell(world)
    })
  })
}
