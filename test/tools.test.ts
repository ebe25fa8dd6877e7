import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import type { Ask } from '../src/campfire/error.ts'
import { CampfireError, type Kind } from '../src/campfire.ts'
import type { ToolContext } from '../src/tools/context.ts'
import { Change, defineTool, type Tool } from '../src/tools/tool.ts'
import { failed, runTool, type ToolCall } from '../src/tools.ts'
import { callOf, EMPTY } from './support/tools.ts'

/** A tool that answers whatever it is told to, or does what the test says. */
function tool(run: (input: { text: string }, context: ToolContext) => Promise<unknown>) {
  return defineTool({
    name: 'echo',
    description: 'Says it again.',
    input: z.strictObject({ text: z.string().min(1), times: z.int().max(3).default(1) }),
    effect: 'read',
    run,
  })
}

const echo = tool(async ({ text }) => text)
const stop = new AbortController()
const CALL = callOf('echo', { text: 'tea' })

async function runs(
  tools = [echo],
  call: Partial<ToolCall> = {},
  signal = new AbortController().signal,
) {
  const finish = await runTool(tools, { ...CALL, ...call }, contextWith({ signal }))
  const outcome = finish()
  return { state: outcome.state, ...JSON.parse(outcome.result) }
}

function contextWith(changes: Partial<ToolContext>): ToolContext {
  return {
    campfire: { list: nobody, boost: nobody, attach: nobody },
    archive: { search: () => [] },
    ...EMPTY,
    now: 0,
    signal: new AbortController().signal,
    ...changes,
  }
}

async function nobody(): Promise<never> {
  throw new Error('not in this test')
}

const ok = (result: unknown) => ({ state: 'ok', ok: true, result })
const error = (text: unknown) => ({ state: 'error', ok: false, error: text })

describe('the result of a tool', () => {
  it.each<[string, unknown]>([
    ['words', 'tea "and" more\n茶'],
    ['a list', [{ id: 1 }, { id: 2 }]],
    ['an empty list', []],
    ['null', null],
    ['no', false],
  ])('says ok, and has %s', async (_, result) => {
    expect(await runs([tool(async () => result)])).toEqual(ok(result))
  })

  it('says ok when there is nothing more to say', async () => {
    expect(await runs([tool(async () => undefined)])).toEqual({ state: 'ok', ok: true })
  })

  it('is cut when it is too long, and says by how much', async () => {
    const of = (length: number) => runs([tool(async () => 'x'.repeat(length))])
    expect(await of(59_000)).toEqual(ok('x'.repeat(59_000)))
    expect(await of(70_000)).toEqual({
      ...ok(`${'x'.repeat(60_000)}…`),
      cut: 'These are the first 60000 of 70000 characters. Ask for less.',
    })
  })

  it('is cut between the entries of a list', async () => {
    const list = Array.from({ length: 10 }, (_, id) => ({ id, text: 'x'.repeat(9_000) }))
    const { result, cut } = await runs([tool(async () => list)])
    expect(result).toEqual(list.slice(0, 6))
    expect(cut).toBe('These are the first 6 of 10 entries. Ask for fewer, or for the others.')
  })

  it('is cut where the tool says so, and of one long entry is its beginning', async () => {
    const short = { ...tool(async () => ['x'.repeat(90)]), longestResult: 50 }
    expect(await runs([short])).toMatchObject({
      result: `["${'x'.repeat(48)}…`,
      cut: 'These are the first 50 of 94 characters. Ask for less.',
    })
  })
})

describe('what is wrong with a call is for the model to read', () => {
  it('there is no such tool', async () => {
    expect(await runs([echo], { name: 'sing' })).toEqual(error('There is no tool named sing.'))
    expect(await runs([], { name: 'toString' })).toEqual(error('There is no tool named toString.'))
  })

  it('the input was no JSON', async () => {
    expect(await runs([echo], { input: {}, unreadable: true })).toEqual(
      error('The input was not whole JSON. Nothing was done. Try again.'),
    )
  })

  it.each<[unknown, RegExp]>([
    [{}, /^The input does not fit: text: /],
    [{ text: 5 }, /text: .*string/],
    [{ text: 'a', times: 4 }, /times: /],
    [{ text: 'a', loud: true }, /input: .*loud/],
    [{ text: '', times: 1.5 }, /text: .*; times: /],
    [null, /input: /],
    ['tea', /input: /],
  ])('%j does not fit', async (input, said) => {
    expect(await runs([echo], { input })).toEqual(error(expect.stringMatching(said)))
  })

  it('and what fits is filled in', async () => {
    expect(await runs([tool(async (input) => input)])).toEqual(ok({ text: 'tea', times: 1 }))
  })
})

describe('it never throws', () => {
  const cyclic: { self?: object } = {}
  cyclic.self = cyclic

  it.each<[string, () => Promise<unknown>, unknown]>([
    ['an error', async () => Promise.reject(new Error('no tea')), 'no tea'],
    ['an error at once', () => raise(new TypeError('no cup')), 'no cup'],
    ['a word', async () => Promise.reject('tea'), 'It failed without saying why.'],
    ['nothing', async () => Promise.reject(undefined), 'It failed without saying why.'],
    ['what has no words', async () => Promise.reject(Object.create(null)), expect.any(String)],
    ['a result that is no JSON', async () => cyclic, expect.stringContaining('circular')],
    ['a number that is no JSON', async () => 5n, expect.stringContaining('BigInt')],
  ])('when a tool throws %s', async (_, run, said) => {
    expect(await runs([tool(run)])).toEqual(error(said))
  })

  it('and does not go on about it', async () => {
    const { result } = failed('x')
    expect(result).toBe('{"ok":false,"error":"x"}')
    const told = await runs([tool(async () => raise(new Error('x'.repeat(100_000))))])
    expect(told.error.length).toBeLessThan(1_000)
  })
})

describe('what nobody can see does not reach the model', () => {
  const hidden = Array.from('obey', (letter) =>
    String.fromCodePoint(0xe0000 + letter.charCodeAt(0)),
  ).join('')
  const masked = `a${hidden}b\u202e\u00adc 👩‍👩‍👧 🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f} ❤️`
  const seen = 'abc 👩‍👩‍👧 🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f} ❤️'

  it('in a result, its names and its keys', async () => {
    const told = await runs([tool(async () => [{ author: masked, [masked]: [masked] }])])
    expect(told).toEqual(ok([{ author: seen, [seen]: [seen] }]))
  })

  it('in an error', async () => {
    expect(await runs([tool(async () => raise(new Error(masked)))])).toEqual(error(seen))
  })
})

describe('when Campfire fails, the model learns what that means', () => {
  const boost: Ask = { method: 'POST', room: 1, names: 'message' }
  const list: Ask = { method: 'GET', room: 1, names: 'cursor' }

  it.each<[Kind, Ask, RegExp]>([
    ['unsupported', list, /too old/],
    ['gone', list, /no such message/],
    ['gone', boost, /no such message/],
    ['refused', boost, /refused/],
    ['unreachable', list, /^GET .* unreachable/],
  ])('%s', async (kind, ask, said) => {
    const told = await runs([tool(async () => raise(new CampfireError(kind, ask)))])
    expect(told).toEqual(error(expect.stringMatching(said)))
  })
})

describe('when nobody knows whether it was done', () => {
  const boost: Ask = { method: 'POST', room: 1, names: 'message' }
  const raises = async () => raise(new CampfireError('unreachable', boost))
  const unknown = {
    state: 'unknown',
    ok: false,
    error: expect.stringMatching(/^outcome unknown: /),
  }

  it('the model is told so', async () => {
    expect(await runs([{ ...tool(raises), effect: 'outside' as const }])).toEqual(unknown)
  })

  it('unless it may be done again', async () => {
    expect((await runs([tool(raises)])).state).toBe('error')
  })

  it('and not when it is known that it was not', async () => {
    const refuses = tool(async () => raise(new CampfireError('refused', boost)))
    expect((await runs([{ ...refuses, effect: 'outside' as const }])).state).toBe('error')
  })
})

describe('a change of our own rows', () => {
  const changes = (make: () => unknown): Tool => ({
    ...tool(async () => new Change(make)),
    effect: 'change',
  })

  it('is made where its result is written, and not before', async () => {
    const make = vi.fn(() => 'kept')
    const finish = await runTool([changes(make)], CALL, contextWith({}))
    expect(make).not.toHaveBeenCalled()
    expect(JSON.parse(finish().result)).toEqual({ ok: true, result: 'kept' })
    expect(make).toHaveBeenCalledOnce()
  })

  it('is undone as a whole where it fails, and that is said', async () => {
    const atomically = vi.fn((work: () => never) => work()) as ToolContext['atomically']
    const finish = await runTool(
      [changes(() => raise(new Error('There are too many. Forget one first.')))],
      CALL,
      contextWith({ atomically }),
    )
    expect(finish()).toEqual(failed('There are too many. Forget one first.'))
    expect(atomically).toHaveBeenCalledOnce()
  })

  it('is not made any more after a stop', async () => {
    const make = vi.fn()
    const stop = new AbortController()
    const finish = await runTool([changes(make)], CALL, contextWith({ signal: stop.signal }))
    stop.abort()
    expect(finish()).toEqual(failed('It was stopped. Nothing was done.'))
    expect(make).not.toHaveBeenCalled()
  })
})

describe('a tool that hangs', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })
  const hangs = tool(() => new Promise(() => {}))

  it('is left behind after half a minute', async () => {
    const outcome = runs([hangs])
    vi.advanceTimersByTime(30_000)
    expect(await outcome).toEqual(error(expect.stringContaining('took too long')))
  })

  it.each(['change', 'outside'] as const)(
    'may have been done, where that is a %s',
    async (effect) => {
      const outcome = runs([{ ...hangs, effect }])
      vi.advanceTimersByTime(30_000)
      expect((await outcome).state).toBe('unknown')
    },
  )

  it('is cut by a stop, and is told so itself', async () => {
    const controller = new AbortController()
    let told: AbortSignal | undefined
    const listens = tool((_, { signal }) => {
      told = signal
      return new Promise(() => {})
    })
    const outcome = runs([listens], {}, controller.signal)
    await Promise.resolve()
    controller.abort()
    expect(await outcome).toEqual(error(expect.stringContaining('stopped')))
    expect(told?.aborted).toBe(true)
  })

  it('is not even begun after a stop', async () => {
    const run = vi.fn(async () => 'done')
    stop.abort()
    expect(await runs([tool(run)], {}, stop.signal)).toEqual(
      error(expect.stringContaining('Nothing was done')),
    )
    expect(run).not.toHaveBeenCalled()
  })

  it('leaves no timer behind when it comes to its end', async () => {
    await runs([echo])
    expect(vi.getTimerCount()).toBe(0)
  })
})

function raise(error: unknown): never {
  throw error
}
