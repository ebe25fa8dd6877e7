import { describe, expect, it } from 'vitest'
import { SENTENCES } from '../../src/sentences.ts'
import { type Fault, useWorld } from '../support/world.ts'
import { answer, callOf, hurry, meets, PASSING, type Trouble, UNCERTAIN } from './faults.ts'
import { endsWell } from './story.ts'

const OURS = 30_000

const REFUSALS: [string, Trouble][] = [
  ...PASSING,
  ['a 403', { when: 'before', answers: answer(403, { 'x-version': '1' }) }],
  ['a 404', { when: 'before', answers: answer(404, { 'x-version': '1' }) }],
  ['a 422', { when: 'before', answers: answer(422) }],
]

describe('a boost that the model asks for', () => {
  const world = useWorld()

  it.each(UNCERTAIN)(
    'and that meets %s is put up at most once, and the model is told',
    async (_, trouble) => {
      hurry(OURS)
      await boosts(trouble)

      expect(applause()).toBe(trouble.when === 'after' ? 1 : 0)
      expect(told()).toContain('outcome unknown')
      expect(world.answers()).toEqual(['So be it.'])
      expect(await endsWell(world)).toContain(`boost (${SENTENCES.why.outcomes.unknown})`)
    },
  )

  it.each(REFUSALS)(
    'and that meets %s was not put up, and the model is told',
    async (_, trouble) => {
      await boosts(trouble)

      expect(applause()).toBe(0)
      expect(told()).toMatch(/\\"ok\\":false/)
      expect(told()).not.toContain('outcome unknown')
      expect(await endsWell(world)).toContain('boost (failed)')
    },
  )

  async function boosts(trouble: Trouble) {
    world.model.uses('boost', { message_id: 1, content: '👏' }).says('So be it.')
    const fault = meets('boost', trouble)
    world.fault = async (request, when) =>
      (await isApplause(request)) ? await fault(request, when) : undefined
    await world.asks(world.david, 'boost it')
  }

  async function isApplause(request: Request) {
    return callOf(request) === 'boost' && (await request.clone().text()) === '👏'
  }

  function applause() {
    const messages = world.campfire.messagesIn(world.watercooler)
    const boosts = messages.flatMap(({ boosts }) => boosts)
    return boosts.filter(({ content }) => content === '👏').length
  }

  function told() {
    return JSON.stringify(world.model.prompts[1]?.messages.at(-1))
  }
})

for (const dialect of ['rails', 'v1.4.9'] as const) {
  describe(`a file that the model attaches (${dialect})`, () => {
    const world = useWorld(dialect)
    const file = { name: 'table.csv', type: 'csv', content: 'a,b\n1,2' }

    it.each(UNCERTAIN)(
      'and that meets %s is posted at most once, and the model is told',
      async (_, trouble) => {
        hurry(OURS)
        await attaches(meets('attach', trouble))

        expect(files()).toBe(trouble.when === 'after' ? 1 : 0)
        expect(JSON.stringify(world.model.prompts[1]?.messages)).toContain('outcome unknown')
        expect(await endsWell(world)).toContain(`attach_file (${SENTENCES.why.outcomes.unknown})`)
      },
    )

    it('and whose place Campfire does not tell stands in the room', async () => {
      await attaches(
        meets('attach', { when: 'after', answers: () => new Response(null, { status: 201 }) }),
      )

      expect(files()).toBe(1)
      expect(JSON.stringify(world.model.prompts[1]?.messages)).toContain('It is in the room now')
      expect(await endsWell(world)).toContain('attach_file (ok)')
    })

    async function attaches(fault: Fault) {
      world.model.uses('attach_file', file).says('So be it.')
      world.fault = fault
      await world.asks(world.david, 'make a table')
    }

    function files() {
      return world.answers().filter((answer) => answer === file.name).length
    }
  })
}

describe('a sign', () => {
  const world = useWorld()

  it.each([...UNCERTAIN, ...PASSING])(
    'that meets %s when it is taken down is gone in the end',
    async (_, trouble) => {
      hurry(OURS)
      world.model.says('Hello.')
      world.fault = meets('unboost', trouble)
      await world.asks(world.david, 'hello?')
      await world.passes(60_000)

      expect(boosts()).toEqual([])
      await endsWell(world)
    },
  )

  it.each([...UNCERTAIN, ...PASSING])(
    'that meets %s when it is put up is no reason to wait',
    async (_, trouble) => {
      hurry(OURS)
      world.model.says('Hello.')
      world.fault = meets('boost', trouble)
      await world.asks(world.david, 'hello?')

      expect(world.answers()).toEqual(['Hello.'])
      expect(boosts().length).toBeLessThanOrEqual(1)
      await endsWell(world)
    },
  )

  function boosts() {
    return world.campfire.messagesIn(world.watercooler).flatMap(({ boosts }) => boosts)
  }
})
