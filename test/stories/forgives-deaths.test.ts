import { evictDurableObject } from 'cloudflare:test'
import { describe, expect, it, vi } from 'vitest'
import { SENTENCES } from '../../src/sentences.ts'
import { Turns } from '../../src/tables/room/turns.ts'
import { useBotChanges } from '../support/bots.ts'
import { until } from '../support/until.ts'
import { alive, KILLED } from '../support/worker.ts'
import { useWorld } from '../support/world.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND
/** Once, and six times more for one that died; then its alarm is gone. */
const PLATFORM_RINGS = 6
const ROOM = 'https://chat.example.com/rooms/1/bots/3'

const world = useWorld()
const assistant = useBotChanges()

describe('a process that dies under a message', () => {
  it.each([1, 2, 3, 4])('%i times does not cost it its answer', async (most) => {
    diesOf(isModel, most)
    for (let lives = 0; lives <= most; lives++) world.model.says('Here I am.')
    await world.says(world.david, 'hello?')
    await lives(20)
    world.model.forget()

    expect(world.answers()).toEqual(['Here I am.'])
    expect(await states()).toEqual(['replied'])
  })

  it.each([
    ['ahead of its limit', [601]],
    ['ahead of its limit, twice', [0, 601, 0, 601]],
    ['back by an hour', [-3_600]],
    ['back by an hour, later', [0, 0, -3_600]],
    ['back and ahead', [601, -3_600, 601, -3_600]],
  ])('four times, and whose clock goes %s meanwhile, gives it its answer', async (_, seconds) => {
    diesOf(isModel, 4)
    for (let lives = 0; lives <= 4; lives++) world.model.says('Here I am.')
    await world.says(world.david, 'hello?')
    for (const step of [...seconds, ...Array(16 - seconds.length).fill(0)]) {
      vi.setSystemTime(Date.now() + step * SECOND)
      const due = await world.wakesIn().catch(() => 0)
      expect(due ?? 0).toBeLessThanOrEqual(step < 0 ? -step * SECOND + 6 * MINUTE : 6 * MINUTE)
      // Where the clock was put back whoever wakes it finds it due.
      if (step < 0) await world.room().queueNow()
      await lives(1)
    }
    world.model.forget()

    expect(world.answers()).toEqual(['Here I am.'])
    expect(await states()).toEqual(['replied'])
  })

  it('is tried again at once, after 15 s, a minute and five, and given up after the fifth death', async () => {
    const deaths = diesOf(isModel, 100)
    await world.says(world.david, 'hello?')
    const began = Date.now()
    await lives(20)

    expect(deaths.map((at) => at - began)).toEqual([
      0,
      0,
      15 * SECOND,
      75 * SECOND,
      75 * SECOND + 5 * MINUTE,
    ])
    expect(world.answers()).toEqual([SENTENCES.parked('3-1-1')])
    expect(await states()).toEqual(['parked'])
  })

  it('rests across evictions, and they count for nothing', async () => {
    const deaths = diesOf(isModel, 3)
    world.model.says('Here I am.')
    await world.says(world.david, 'hello?')
    await lives(3)
    for (let times = 0; times < 5; times++) {
      await evictDurableObject(world.room())
      await world.room().queueNow()
    }
    expect(await world.wakesIn()).toBe(15 * SECOND)
    await lives(20)

    expect(deaths).toHaveLength(3)
    expect(world.answers()).toEqual(['Here I am.'])
    expect(await world.rows('SELECT crashes FROM turns')).toEqual([{ crashes: 3 }])
  })

  it('before there is a turn rests as long, and is given up after as many', async () => {
    const begin = diesInBeginning()
    await world.says(world.david, 'hello?')
    const began = Date.now()
    await lives(20)

    expect(begin.map((at) => at - began)).toEqual([
      0,
      0,
      15 * SECOND,
      75 * SECOND,
      75 * SECOND + 5 * MINUTE,
    ])
    expect(world.answers()).toEqual([SENTENCES.parked('3-1-1')])
  })

  it('over what was said until it was stopped, five times, has its sentence', async () => {
    const { model, david } = world
    model.hangs('text', 'It is what kills. And so on.')
    await world.says(david, 'hello?')
    const ringing = world.rings().catch(() => {})
    await until(() => model.prompts.length === 1)
    await new Promise((resolve) => setTimeout(resolve, 50))
    const deaths: string[] = []
    world.fault = async (request, when) => {
      const body = when === 'before' && request.method === 'POST' ? await request.text() : ''
      if (!body.includes('kills')) return undefined
      deaths.push(body)
      return await world.dies()
    }
    await world.says(david, 'stop')
    await ringing
    await lives(20)

    expect(deaths).toHaveLength(5)
    expect(world.answers()).toEqual([SENTENCES.parked('3-1-1')])
    expect(await states()).toEqual(['parked'])
  })

  it.each([3, 4])('%i times keeps nobody else waiting while it rests for minutes', async (most) => {
    const { model, david, jason } = world
    let deaths = 0
    world.fault = async (request, when) => {
      const isPoison = isModel(request) && (await request.clone().text()).includes('poison')
      if (when === 'after' || !isPoison || deaths >= most) return undefined
      deaths++
      return await world.dies()
    }
    await world.says(david, 'poison?')
    for (let rings = 0; rings < 12 && deaths < most; rings++) await world.lives()
    await world.handles()
    expect(await world.wakesIn()).toBeGreaterThanOrEqual(MINUTE)
    const began = Date.now()
    // What was said before is read by whoever comes then, and kills no more.
    deaths = most
    model.says('Hello, Jason.').says('Harmless.')
    await world.asks(jason, 'hello?')
    expect(world.answers()).toEqual(['Hello, Jason.'])
    expect(Date.now()).toBe(began)
    await lives(20)

    expect(world.answers()).toEqual(['Hello, Jason.', 'Harmless.'])
    expect(await states()).toEqual(['replied', 'replied'])
  })

  it('is stopped while it rests', async () => {
    diesOf(isModel, 4)
    await world.says(world.david, 'hello?')
    await lives(7)
    expect(await world.wakesIn()).toBeGreaterThan(4 * MINUTE)
    await world.says(world.david, 'stop')
    expect(await world.wakesIn()).toBe(0)
    await world.rings()

    expect(world.answers()).toEqual(['Stopped.'])
  })
})

describe('deaths with progress in between', () => {
  it('begin a row anew: an answered step, a result, a part that stands', async () => {
    const { model, david } = world
    // It dies at the second call of each life, so that each has an answered step and a result before.
    let calls = 0
    world.fault = async (request, when) => {
      if (!isModel(request) || when !== 'before' || calls++ % 2 === 0 || calls > 14)
        return undefined
      return await world.dies()
    }
    for (let step = 0; step < 7; step++) model.uses('search_conversation', { words: `x${step}` })
    model.says('After all of it.')
    await world.says(david, 'search long')
    const began = Date.now()
    await lives(20)

    expect(world.answers()).toEqual(['After all of it.'])
    expect(Date.now() - began).toBeLessThan(15 * SECOND)
    expect(await world.rows('SELECT crashes, deaths FROM turns')).toEqual([
      { crashes: 7, deaths: 1 },
    ])
  })

  it('never follow one another so often that the platform gives its alarm up', async () => {
    assistant({ limits: { steps: 60, minutes: 10, outputTokens: 600_000 } })
    let [calls, deaths, inARow, most] = [0, 0, 0, 0]
    world.fault = async (request, when) => {
      if (!isModel(request) || when !== 'before' || calls++ % 2 === 0 || deaths >= 10)
        return undefined
      deaths++
      return await world.dies()
    }
    for (let n = 0; n < 10; n++) world.model.uses('search_conversation', { words: `x${n}` })
    world.model.says('After all of it.')
    await world.says(world.david, 'search long')
    for (let rings = 0; rings < 30 && !world.answers().length; rings++) {
      const before = deaths
      await world.lives()
      inARow = deaths > before ? inARow + 1 : 0
      most = Math.max(most, inARow)
    }

    expect(world.answers()).toEqual(['After all of it.'])
    expect(deaths).toBe(10)
    expect(most).toBeLessThanOrEqual(PLATFORM_RINGS)
  })

  it('are bounded by the limits all the same: lost calls are calls', async () => {
    const { model, david } = world
    assistant({ limits: { steps: 6, minutes: 10, outputTokens: 60_000 } })
    let calls = 0
    world.fault = async (request, when) => {
      if (!isModel(request) || when !== 'before' || calls++ % 2 === 0) return undefined
      return await world.dies()
    }
    const tools: boolean[] = []
    for (let step = 0; step < 9; step++) {
      model.answers((body) => {
        const mayUse = body.tool_choice === undefined
        tools.push(mayUse)
        return mayUse
          ? [
              {
                type: 'tool_use',
                id: `toolu_l${step}`,
                name: 'search_conversation',
                input: { words: 'x' },
              },
            ]
          : 'As far as I came.'
      })
    }
    await world.says(david, 'search for ever')
    await lives(20)
    model.forget()

    expect(world.answers()).toEqual(['As far as I came.'])
    expect(tools).toEqual([true, true, true, false])
  })
})

/** Runs the handler as the platform does: after a death, and when it is due. */
async function lives(most: number) {
  for (let rings = 0; rings < most; rings++) {
    const [work] = await world.rows(
      `SELECT (SELECT count(*) FROM turns WHERE ended IS NULL)
         + (SELECT count(*) FROM messages WHERE turn IS NULL) AS open`,
    )
    if (!Number(work?.open)) return
    await world.lives()
  }
}

/** The times at which the object died over the first so many requests that are like this. */
function diesOf(isLike: (request: Request) => boolean, most: number) {
  const deaths: number[] = []
  world.fault = async (request, when) => {
    if (when === 'after' || deaths.length >= most || !isLike(request)) return undefined
    deaths.push(Date.now())
    return await world.dies()
  }
  return deaths
}

/** The list is the last thing before a turn begins, and is done without in the end: then it is what begins. */
function diesInBeginning() {
  const deaths: number[] = []
  const begin = Turns.prototype.begin
  vi.spyOn(Turns.prototype, 'begin').mockImplementation(function (this: Turns, beginning) {
    if (beginning.prompt?.includes('hello?')) {
      deaths.push(Date.now())
      alive.get(ROOM)?.abort(KILLED)
      throw new Error('killed')
    }
    return begin.call(this, beginning)
  })
  return deaths
}

function isModel({ url }: Request) {
  return url.includes('/v1/messages')
}

async function states() {
  return (await world.rows('SELECT state FROM turns ORDER BY id')).map(({ state }) => state)
}
