import { runInDurableObject } from 'cloudflare:test'
import { exports } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { RoomView } from '../../src/operator/schemas.ts'
import type { Room } from '../../src/room.ts'
import { SENTENCES } from '../../src/sentences.ts'
import { useBotChanges } from '../support/bots.ts'
import { useWorld } from '../support/world.ts'
import { callOf, hurry, lost, meets, PASSING, UNCERTAIN } from './faults.ts'
import { endsWell, settles, states, writes } from './story.ts'

const OURS = 30_000
const MISSING = SENTENCES.mayBeMissing('3-1-1')

for (const unsure of ['may stand twice', 'may be missing'] as const) {
  describe(`on a Campfire that cannot list, an answer of which nobody knows ${unsure}:`, () => {
    const world = useWorld('v1.4.9')
    const assistant = useBotChanges()
    const again = unsure === 'may stand twice'

    it.each(UNCERTAIN)('%s', async (_, trouble) => {
      const stands = Number(trouble.when === 'after') + Number(again)
      const told = again ? [] : [MISSING]
      hurry(OURS)
      assistant({ unsure })
      writes(world, 'whole')
      world.fault = meets('create', trouble)
      await world.says(world.david, 'hello?')
      await settles(world)

      expect(world.answers()).toEqual([...Array(stands).fill('Hello.'), ...told])
      expect(await endsWell(world)).toContain(`no crashes, ${SENTENCES.why.doubts[unsure]} (3-1-1)`)
      const [, turn] = (await overview()).turns
      expect(turn?.replies).toEqual([
        again
          ? { part: 1, state: 'doubtful', message: expect.any(Number) }
          : { part: 1, state: 'missing', message: null },
        ...told.map(() => ({ part: 2, state: 'posted', message: expect.any(Number) })),
      ])
    })

    it.each(PASSING)('but %s leaves no doubt', async (_, trouble) => {
      assistant({ unsure })
      writes(world, 'whole')
      world.fault = meets('create', trouble, { times: 3 })
      await world.says(world.david, 'hello?')
      await settles(world)

      expect(world.answers()).toEqual(['Hello.'])
      expect(await endsWell(world)).toMatch(/no crashes \(3-1-1\)\.$/)
    })

    it.each([
      ['before', 'it is sent', 0],
      ['after', 'it was saved', 1],
    ] as const)('a crash %s %s', async (side, _, saved) => {
      assistant({ unsure })
      writes(world, 'whole')
      let crashes = 0
      world.fault = async (request, when) => {
        if (when !== side || callOf(request) !== 'create' || crashes++) return undefined
        return await world.dies()
      }
      await world.says(world.david, 'hello?')
      await expect(
        runInDurableObject(world.room(), (room: Room) => room.alarm()),
      ).rejects.toMatchObject({ durableObjectReset: true })
      await settles(world)

      const told = again ? [] : [MISSING]
      expect(world.answers()).toEqual([...Array(saved + Number(again)).fill('Hello.'), ...told])
      expect(await endsWell(world)).toContain(
        `recovered from one crash, ${SENTENCES.why.doubts[unsure]} (3-1-1)`,
      )
    })

    it('and its other parts stand', async () => {
      assistant({ unsure })
      writes(world, 'in parts')
      world.fault = meets('create', { when: 'before', answers: lost }, { after: 1 })
      await world.says(world.david, 'tell me')
      await settles(world)

      expect(world.answers().map((answer) => /Part (\d)/.exec(answer)?.[1])).toEqual(
        again ? ['0', '3', '6'] : ['0', '6', undefined],
      )
      expect(await endsWell(world)).toContain(`${SENTENCES.why.doubts[unsure]} (3-1-1)`)
    })

    it('so does a file', async () => {
      assistant({ unsure })
      writes(world, 'as a file')
      world.fault = meets('attach', { when: 'after', answers: lost })
      await world.says(world.david, 'tell me')
      await settles(world)

      const file = 'answer.md'
      expect(world.answers().slice(1)).toEqual([file, again ? file : MISSING])
      const ends = again ? ['doubtful'] : ['missing', 'posted']
      expect(await states(world)).toEqual(['posted', ...ends])
    })

    it('a 201 without a Location is no doubt', async () => {
      assistant({ unsure })
      writes(world, 'whole')
      world.fault = meets('create', {
        when: 'after',
        answers: () => new Response(null, { status: 201 }),
      })
      await world.asks(world.david, 'hello?')

      expect(world.answers()).toEqual(['Hello.'])
      expect(await endsWell(world)).toMatch(/no crashes \(3-1-1\)\.$/)
    })

    async function overview() {
      const answer = await exports.default.fetch(
        'https://firekeeper.example.com/rooms/1/assistant',
        {
          headers: { authorization: 'Bearer letmein' },
        },
      )
      return RoomView.parse(await answer.json())
    }
  })
}

describe('on a Campfire that cannot list, an answer that may have arrived twice', () => {
  const world = useWorld('v1.4.9')

  it('is not sent a third time, and its receipt leaves both open', async () => {
    const { campfire, watercooler, assistant, model, david } = world
    // v1.4.9 says 500 of a room that we are not in.
    model.answers(() => {
      campfire.leave(watercooler, assistant)
      return 'Hello.'
    })
    await world.says(david, 'hello?')
    await settles(world)
    campfire.join(watercooler, assistant)

    expect(world.answers()).toEqual([])
    expect(await endsWell(world)).toContain(
      `${SENTENCES.why.doubts['may stand twice or be missing']} (3-1-1)`,
    )
  })
})
