import { runInDurableObject } from 'cloudflare:test'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Room } from '../../src/room.ts'
import { SENTENCES, sentencesFor } from '../../src/sentences.ts'
import { callOf, hurry, lost, meets } from '../faults/faults.ts'
import { endsWell, settles } from '../faults/story.ts'
import { useBotChanges } from '../support/bots.ts'
import { failure } from '../support/sse.ts'
import { until } from '../support/until.ts'
import { bill } from '../support/worker.ts'
import { useWorld } from '../support/world.ts'

const SECOND = 1_000
const { working, tryingAgain } = SENTENCES

describe('where nothing can be edited, a bot that takes long', () => {
  const world = useWorld('v1.4.9')
  const assistant = useBotChanges()
  let random: ReturnType<typeof vi.spyOn>
  beforeEach(() => {
    random = vi.spyOn(Math, 'random').mockReturnValue(0.99)
  })
  afterEach(() => random.mockRestore())

  it('says so after 15 s, while the model has not said a word', async () => {
    const gate = Promise.withResolvers<void>()
    hurry(15 * SECOND)
    world.model.says('Here.').waits(gate.promise)
    await world.says(world.david, 'hello?')
    const ringing = world.rings()
    await until(() => world.answers().length === 1)
    expect(world.answers()).toEqual([working])
    gate.resolve()
    await ringing

    expect(world.answers()).toEqual([working, 'Here.'])
    expect(await endsWell(world)).toMatch(/no crashes \(3-1-1\)\.$/)
  })

  it('says so while the answer is being written, once, and in the language of the asker', async () => {
    slowly(['Eins.\n\n', 'Zwei.\n\n', 'Drei.\n\n', 'Vier.'], 9 * SECOND)
    await world.asks(world.david, 'erzähl mir bitte eine Geschichte, und lass dir Zeit dabei')

    const said = sentencesFor('de').working
    expect(world.answers()).toEqual([said, expect.stringContaining('Vier.')])
  })

  it('and not before', async () => {
    slowly(['One.\n\n', 'Two.'], 7 * SECOND)
    await world.asks(world.david, 'a short one')

    expect(world.answers()).toEqual([expect.stringContaining('Two.')])
  })

  it('says between two tries that the model is busy, and asks it no sooner', async () => {
    const { model, david } = world
    const asked: number[] = []
    const told: number[] = []
    model.gateway = () => {
      asked.push(Date.now() - began)
      return asked.length < 9 ? failure(529) : null
    }
    model.says('Here after all.')
    const began = Date.now()
    await world.asks(david, 'hello?')
    for (let second = 0; second < 60; second++) {
      await world.passes(SECOND)
      if (world.answers().includes(tryingAgain)) told.push(Date.now() - began)
    }

    expect(told[0]).toBe(15 * SECOND)
    expect(world.answers()).toEqual([tryingAgain, 'Here after all.'])
    expect(asked).not.toContain(told[0])
  })

  it('says nothing where its file wants it quiet', async () => {
    assistant({ progress: 'quiet' })
    slowly(['One.\n\n', 'Two.\n\n', 'Three.'], 9 * SECOND)
    await world.asks(world.david, 'a long one')

    expect(world.answers()).toEqual([expect.stringContaining('Three.')])
  })

  it.each([
    ['before it is sent', 'before', 0],
    ['after it was saved', 'after', 1],
  ] as const)('and dies %s, never says it again', async (_, side, saved) => {
    slowly(['One.\n\n', 'Two.\n\n', 'Three.'], 9 * SECOND)
    slowly(['One.\n\n', 'Two.\n\n', 'Three.'], 9 * SECOND)
    let crashes = 0
    world.fault = async (request, when) => {
      if (when !== side || callOf(request) !== 'create' || crashes++) return undefined
      return await world.dies()
    }
    await world.says(world.david, 'a long one')
    await expect(
      runInDurableObject(world.room(), (room: Room) => room.alarm()),
    ).rejects.toMatchObject({ durableObjectReset: true })
    await runInDurableObject(world.room(), (room: Room) => room.alarm())

    expect(world.answers()).toEqual([
      ...Array(saved).fill(working),
      expect.stringContaining('Three.'),
    ])
    expect(await endsWell(world)).toContain('recovered from one crash (3-1-1)')
  })

  it.each([
    ['is lost on the way', 'before', 0],
    ['has no answer', 'after', 1],
  ] as const)('and whose line %s does not say it again', async (_, when, saved) => {
    slowly(['One.\n\n', 'Two.\n\n', 'Three.\n\n', 'Four.'], 9 * SECOND)
    world.fault = meets('create', { when, answers: lost })
    await world.says(world.david, 'a long one')
    await settles(world)

    expect(world.answers()).toEqual([
      ...Array(saved).fill(working),
      expect.stringContaining('Four.'),
    ])
  })

  it('and is stopped after it has said so says that it was', async () => {
    const gate = Promise.withResolvers<void>()
    hurry(15 * SECOND)
    world.model.says('Here.').waits(gate.promise)
    await world.says(world.david, 'hello?')
    const ringing = world.rings()
    await until(() => world.answers().length === 1)
    await world.says(world.david, 'stop')
    gate.resolve()
    await ringing
    await world.rings()

    expect(world.answers()).toEqual([working, SENTENCES.stopped])
  })

  it('comes to its end also where a server that it uses never answers', async () => {
    assistant({ limits: { minutes: 1 } as never })
    hurry(15 * SECOND, 30 * SECOND, 60 * SECOND)
    world.elsewhere.set('https://slow.example.com', async () => await new Promise(() => {}))
    world.model.uses('fetch_page', { url: 'https://slow.example.com/' }).says('It does not answer.')
    await world.asks(world.david, 'what stands on https://slow.example.com/ ?')
    await settles(world)

    expect(world.answers().at(-1)).toBe('It does not answer.')
  })

  it('pays two writes for it', async () => {
    slowly(['One.\n\n', 'Two.'], 1 * SECOND)
    await world.asks(world.david, 'the first')
    slowly(['One.\n\n', 'Two.'], 1 * SECOND)
    const short = await costs()
    slowly(['One.\n\n', 'Two.'], 9 * SECOND)

    expect(await costs()).toBe(short + 2)
    expect(world.answers()).toContain(working)
  })

  async function costs() {
    bill.start()
    await world.asks(world.david, 'another')
    return bill.written()
  }

  function slowly(pieces: string[], ms: number) {
    const before = async () => {
      vi.setSystemTime(Date.now() + ms)
      for (let turns = 0; turns < 5; turns++) await new Promise((resolve) => setTimeout(resolve))
    }
    world.model.says(pieces.join(''), { pieces, before })
  }
})

describe('where answers grow', () => {
  const world = useWorld()

  it('nothing of it is said', async () => {
    const gate = Promise.withResolvers<void>()
    hurry(15 * SECOND)
    world.model.says('Here.').waits(gate.promise)
    await world.says(world.david, 'hello?')
    const ringing = world.rings()
    await until(() => world.model.prompts.length === 1)
    await new Promise((resolve) => setTimeout(resolve, 20))
    gate.resolve()
    await ringing

    expect(world.answers()).toEqual(['Here.'])
  })
})
