import { describe, expect, it, vi } from 'vitest'
import { Claude } from '../../src/model.ts'
import { type Event, streamed } from '../support/sse.ts'
import { answering, failing, hello, KEY, scripted, started } from './asked.ts'

describe('patience', () => {
  it('ends when we are told to stop, and closes the socket', async () => {
    const { model, claude } = scripted()
    model.says('One two three four').waits(new Promise(() => {}))
    const stop = new AbortController()
    const heard: string[] = []
    const onText = (text: string) => {
      heard.push(text)
      if (heard.length === 2) stop.abort()
    }

    const error = await failing(claude.ask(hello, { signal: stop.signal, onText }))
    expect(error).toMatchObject({ kind: 'stopped', retryable: false, partialText: 'One two' })
    expect(model.hungUp).toBe(1)
  })

  it('ends while nothing has been answered, and asks nothing once it has ended', async () => {
    const { model, claude } = scripted()
    model.hangs()
    const stop = new AbortController()
    const asked = failing(claude.ask(hello, { signal: stop.signal }))
    await vi.waitFor(() => expect(model.prompts).toHaveLength(1), { interval: 1 })
    stop.abort()

    expect(await asked).toMatchObject({ kind: 'stopped' })
    expect(await failing(claude.ask(hello, { signal: stop.signal }))).toMatchObject({
      kind: 'stopped',
    })
    expect(model.prompts).toHaveLength(1)
  })

  it.each([
    ['no first byte', 'before first byte', ''],
    ['a stall in the text', 'text', 'One two'],
  ] as const)('runs out at %s', async (_, where, partialText) => {
    const { model, claude } = scripted()
    model.hangs(where, 'One two three four')

    const error = await failing(claude.ask(hello, { silenceMs: 20 }))
    expect(error).toMatchObject({ kind: 'timeout', retryable: true, partialText })
    expect(model.hungUp).toBe(1)
  })

  it('runs out for the whole call, however lively', async () => {
    async function* chatter(): AsyncGenerator<Event> {
      yield started
      while (true) yield await new Promise((done) => setTimeout(() => done({ type: 'ping' }), 2))
    }
    const signal = new AbortController().signal
    const claude = new Claude({
      apiKey: KEY,
      fetch: async (_, init) => streamed(chatter(), init?.signal ?? signal),
    })

    const error = await failing(claude.ask(hello, { timeoutMs: 40, silenceMs: 30 }))
    expect(error).toMatchObject({ kind: 'timeout' })
  })

  it('takes a ping for a sign of life', async () => {
    const signal = new AbortController().signal
    async function* pings(): AsyncGenerator<Event> {
      yield started
      for (let i = 0; i < 10; i++) {
        yield await new Promise((done) => setTimeout(() => done({ type: 'ping' }), 5))
      }
      yield* ending
    }
    const claude = answering(streamed(pings(), signal))

    expect((await claude.ask(hello, { silenceMs: 40 })).stopReason).toBe('end_turn')
  })

  it('does not wait for a connection to end whose message has', async () => {
    async function* endless(): AsyncGenerator<Event> {
      yield started
      yield* ending
      await new Promise(() => {})
    }
    let aborted = false
    const claude = new Claude({
      apiKey: KEY,
      fetch: async (_, init) => {
        init?.signal?.addEventListener('abort', () => (aborted = true))
        return streamed(endless(), init?.signal ?? new AbortController().signal)
      },
    })

    expect((await claude.ask(hello)).messageId).toBe('m')
    expect(aborted).toBe(true)
  })

  it('leaves an error of the listener as it is, and closes the socket', async () => {
    const { model, claude } = scripted()
    model.says('One two three four').waits(new Promise(() => {}))
    const bug = new Error('a bug of ours')
    const onText = () => {
      throw bug
    }

    await expect(claude.ask(hello, { onText })).rejects.toBe(bug)
    expect(model.hungUp).toBe(1)
  })
})

const ending: Event[] = [
  { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 1 } },
  { type: 'message_stop' },
]
