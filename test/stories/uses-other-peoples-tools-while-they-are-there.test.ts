import { describe, expect, it } from 'vitest'
import type { Block } from '../support/model.ts'
import { find, HOUR, useTracker } from '../support/tracker.ts'
import { until, within } from '../support/until.ts'

/** In real time: so long a turn may wait for a list that has never come. */
const PATIENCE = 2_500
const { world, there, has, toldLast, theirs } = useTracker()

describe('a list', () => {
  it('is asked for once in an hour, and nobody waits for the next', async () => {
    has()
    world.model.thinks('Tea.').says('One.').says('Two.').says('Three.').says('Four.')
    await world.asks(world.david, 'one')
    await world.asks(world.david, 'two')
    const lists = () => there.tracker.asked.filter((method) => method === 'tools/list').length
    expect(lists()).toBe(1)

    there.tracker.offer('create')
    const gate = Promise.withResolvers<void>()
    there.tracker.instead = async () => {
      await gate.promise
      return null
    }
    await world.passes(HOUR + 1_000)
    const began = performance.now()
    await world.asks(world.david, 'three')
    expect(performance.now() - began).toBeLessThan(PATIENCE)
    expect(theirs()).toEqual(['tracker__tools', 'tracker__find'])
    gate.resolve()
    await expect.poll(lists).toBe(2)
    await expect
      .poll(() => world.rows("SELECT offered FROM servers WHERE offered LIKE '%create%'"))
      .toHaveLength(1)
    await world.asks(world.david, 'four')
    expect(theirs()).toEqual(['tracker__tools', 'tracker__find', 'tracker__create'])
    // What was read before stays what it was, and so does what was thought behind it.
    const [first, last] = [world.model.prompts[0], world.model.prompts.at(-1)]
    expect(JSON.stringify(last?.system)).toBe(JSON.stringify(first?.system))
    expect(toldLast()).toContain('Tea.')
  })

  it('keeps what is gone, for a session that speaks of it, and says so to whoever uses it', async () => {
    has({ approval: { find: 'never' } })
    world.model.says('One.')
    await world.asks(world.david, 'one')
    there.tracker.offers = []
    await world.passes(HOUR + 1_000)
    world.model.says('Two.').uses('tracker__find', { words: 'x' }).says('It is gone.')
    await world.asks(world.david, 'two')
    await expect
      .poll(() => world.rows('SELECT 1 FROM servers WHERE offered LIKE \'%"isGone":true%\''))
      .toHaveLength(1)
    await world.asks(world.david, 'three')
    expect(toldLast()).toContain('does not offer it any more. Nothing was done.')
    expect(there.tracker.used).toEqual([])
  })

  it('stays as long as a session where all tools are read each time', async () => {
    has()
    const refusal =
      "tools.0: Input tag 'tool_search_tool_bm25_20251119' found using 'type' does not match any of the expected tags"
    world.model.says('One.').fails(400, { message: refusal }).thinks('Tea.').says('Two.')
    await world.asks(world.david, 'one')
    await world.asks(world.david, 'two')
    there.tracker.offer('create')
    await world.passes(HOUR + 1_000)
    world.model.says('Three.').says('Four.')
    await world.asks(world.david, 'three')
    await world.asks(world.david, 'four')
    expect(theirs()).toEqual(['tracker__tools', 'tracker__find'])
    expect(toldLast()).toContain('Tea.')
  })
})

describe('a server that is down', () => {
  it('costs no turn: the bot answers, and is told when it looks for its tools', async () => {
    has()
    there.tracker.instead = async () => new Response('Bad gateway', { status: 502 })
    world.model.says('Hello.').uses('tracker__tools').says('The tracker is down.')
    await world.asks(world.david, 'hello')
    await world.asks(world.david, 'otters?')
    expect(world.answers()).toEqual(['Hello.', 'The tracker is down.'])
    expect(toldLast()).toContain('tracker cannot be reached just now')
    expect(theirs()).toEqual(['tracker__tools'])
  })

  it('and does not even say so, keeps the first turn waiting for a moment, and no other', async () => {
    has()
    there.tracker.instead = async () => await new Promise(() => {})
    world.model.says('One.').says('Two.')
    await within(2 * PATIENCE, world.asks(world.david, 'one'))
    await within(PATIENCE, world.asks(world.david, 'two'))
    expect(world.answers()).toEqual(['One.', 'Two.'])
  })

  it('and is asked what it offers, is asked no more after a stop', async () => {
    has()
    world.model.says('Hello.')
    await world.asks(world.david, 'hello')
    const asked: Request[] = []
    world.elsewhere.set(new URL(there.tracker.url).origin, async (request) => {
      asked.push(request)
      return await new Promise(() => {})
    })
    world.model.uses('tracker__tools')
    await world.says(world.david, 'otters?')
    const ringing = world.rings()
    await until(() => asked.length === 1)
    await world.says(world.david, 'stop')
    await ringing
    expect(asked[0]?.signal.aborted).toBe(true)
  })

  it('is asked for no more at once than a handler may ask', async () => {
    has()
    const looks = (n: number): Block[] =>
      Array.from({ length: 6 }, (_, at) => ({
        type: 'tool_use',
        id: `toolu_${n}${at}`,
        name: 'tracker__tools',
        input: {},
      }))
    world.model
      .answers(() => looks(1))
      .answers(() => looks(2))
      .says('There they are.')
    await world.asks(world.david, 'what is there?')
    expect(toldLast()).toContain('that is too much at once')
    expect(world.answers()).toEqual(['There they are.'])
  })

  it('is used again when it is back', async () => {
    has({ approval: { find: 'never' } })
    there.tracker.instead = async () => new Response('Bad gateway', { status: 502 })
    world.model.says('Hello.')
    await world.asks(world.david, 'hello')
    there.tracker.instead = null
    world.model.uses('tracker__tools').says('There it is.')
    await world.asks(world.david, 'and now?')
    expect(toldLast()).toContain('find')
    world.model.uses('tracker__find', { words: 'otters' }).says('None.')
    await world.asks(world.david, 'otters?')
    expect(there.tracker.used).toHaveLength(1)
  })

  it('and breaks off in a use, is said to have done nobody knows what', async () => {
    has({ approval: { find: 'never' } })
    there.tracker.offer(find, () => new Response('Bad gateway', { status: 502 }))
    world.model.uses('tracker__find', { words: 'otters' }).says('I cannot tell.')
    await world.asks(world.david, 'otters?')
    expect(toldLast()).toContain('outcome unknown')
    expect(there.tracker.used).toHaveLength(1)
  })

  it.each<[string, () => Response, RegExp]>([
    ['refuses by its status', () => new Response('No', { status: 403 }), /Nothing was done/],
    [
      'says that it failed',
      () => result({ isError: true, text: 'No such project' }),
      /says that it failed: No such project/,
    ],
    ['refuses in words', () => failure('Unknown project'), /refuses it: .*Unknown project/],
  ])('%s, and the model reads why', async (_, answer, why) => {
    has({ approval: { find: 'never' } })
    there.tracker.offer(find, answer)
    world.model.uses('tracker__find', { words: 'otters' }).says('No.')
    await world.asks(world.david, 'otters?')
    expect(toldLast()).toMatch(why)
    expect(toldLast()).not.toContain('outcome unknown')
  })
})

function result({ text, isError }: { text: string; isError?: boolean }) {
  return Response.json({
    jsonrpc: '2.0',
    id: idNow(),
    result: { content: [{ type: 'text', text }], isError },
  })
}

function failure(message: string) {
  return Response.json({ jsonrpc: '2.0', id: idNow(), error: { code: -32_602, message } })
}

/** The client counts from nought for each connection: initialize, and then the call. */
function idNow() {
  return there.tracker.lastId
}
