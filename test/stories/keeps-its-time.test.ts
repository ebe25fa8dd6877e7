import { describe, expect, it, vi } from 'vitest'
import { SENTENCES } from '../../src/sentences.ts'
import { hurry } from '../faults/faults.ts'
import { useBotChanges } from '../support/bots.ts'
import { failure } from '../support/sse.ts'
import { useWorld } from '../support/world.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND

/** Whatever the model does, the room has a word after ten minutes. */
describe('a turn keeps its time', () => {
  const world = useWorld()
  const assistant = useBotChanges()

  it('with a model that never says a word', async () => {
    const { model, david } = world
    hurry(10 * MINUTE)
    model.hangs()
    await world.asks(david, 'hello?')

    expect(world.answers()).toEqual([SENTENCES.unavailable('3-1-1')])
    expect(model.prompts).toHaveLength(1)
    expect(model.hungUp).toBe(1)
    expect(await turns()).toEqual([{ state: 'failed', error: 'out of time' }])
  })

  it('with one that is silent while the session before is told in short', async () => {
    const { model, david } = world
    model.says('One.')
    await world.asks(david, 'one')
    await world.passes(25 * 60 * MINUTE)
    hurry(10 * MINUTE)
    model.hangs()
    await world.asks(david, 'two')

    expect(world.answers()).toEqual(['One.', SENTENCES.unavailable('3-1-2')])
  })

  it('with one that never ends, and shows what it has said by then', async () => {
    const { model, david } = world
    const pieces = Array.from({ length: 30 }, (_, n) => `Line ${n}.\n\n`)
    model.says(pieces.join(''), { pieces, before: async () => passes(MINUTE) })
    await world.asks(david, 'go on and on')

    const [answer = ''] = world.answers()
    expect(answer).toContain('Line 8.')
    expect(answer).not.toContain('Line 12.')
    expect(answer).toContain(SENTENCES.atEnd)
    expect(world.answers()).toHaveLength(1)
  })

  it.each([
    ['is overloaded', () => failure(529)],
    ['tells us to wait for four minutes', () => failure(429, { retryAfter: 240 })],
    ['is cut each time', () => new Response('', { headers: { 'content-type': 'text/plain' } })],
  ])('with one that %s for good', async (_, answers) => {
    const { model, david } = world
    model.gateway = () => {
      passes(20 * SECOND)
      return answers()
    }
    const began = Date.now()
    await world.asks(david, 'hello?')
    while (await isOpen()) await world.passes(Math.max(0, (await world.wakesIn()) ?? 0))

    expect(Date.now() - began).toBeLessThanOrEqual(10 * MINUTE)
    expect(world.answers()).toEqual([SENTENCES.unavailable('3-1-1')])
  })

  it('with one that never stops asking for tools: its last call is made a minute before the end', async () => {
    const { model, david } = world
    const tools: number[] = []
    const steps = Array.from({ length: 30 }, (_, n) => n)
    for (const step of steps) {
      model.answers(({ tool_choice }) => {
        tools.push(Date.now() - began)
        passes(45 * SECOND)
        if (tool_choice?.type === 'none') return 'As far as I came.'
        return [
          {
            type: 'tool_use',
            id: `toolu_${step}`,
            name: 'search_conversation',
            input: { words: 'x' },
          },
        ]
      })
    }
    const began = Date.now()
    await world.asks(david, 'search on')
    model.forget()

    expect(world.answers()).toEqual(['As far as I came.'])
    expect(tools.at(-1)).toBeGreaterThanOrEqual(9 * MINUTE)
    expect(Date.now() - began).toBeLessThanOrEqual(10 * MINUTE)
  })

  it('over deaths, and rests between them', async () => {
    assistant({ limits: { steps: 30, minutes: 1, outputTokens: 60_000 } })
    const began = Date.now()
    let deaths = 0
    world.fault = async (request, when) => {
      if (when === 'after' || !request.url.includes('/v1/messages')) return undefined
      if (++deaths > 3) return failure(529)
      return await world.dies()
    }
    await world.says(world.david, 'hello?')
    do await world.lives()
    while (await isOpen())

    expect(deaths).toBeGreaterThan(3)
    expect(Date.now() - began).toBeLessThanOrEqual(MINUTE)
    expect(world.answers()).toEqual([SENTENCES.unavailable('3-1-1')])
  })

  it('but asks once more where nobody was alive at the end', async () => {
    const { model, david } = world
    let deaths = 0
    world.fault = async (request, when) => {
      if (when === 'after' || !request.url.includes('/v1/messages') || deaths++) return undefined
      return await world.dies()
    }
    await world.says(david, 'hello?')
    await world.lives()
    passes(60 * MINUTE)
    model.says('The lid was closed.')
    await world.lives()

    expect(world.answers()).toEqual(['The lid was closed.'])
    expect(model.prompts.at(-1)?.tool_choice?.type).toBe('none')
  })

  async function isOpen() {
    return (await world.rows('SELECT id FROM turns WHERE ended IS NULL')).length > 0
  }

  async function turns() {
    return await world.rows('SELECT state, error FROM turns ORDER BY id')
  }
})

function passes(ms: number) {
  vi.setSystemTime(Date.now() + ms)
}
