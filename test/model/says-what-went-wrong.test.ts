import { describe, expect, it, vi } from 'vitest'
import type { failure } from '../support/sse.ts'
import { answering, failing, hello, KEY, scripted, started, streaming } from './asked.ts'

describe('what goes wrong', () => {
  it.each<[string, Parameters<typeof failure>, string, boolean]>([
    ['529', [529], 'overloaded', true],
    ['429', [429], 'rate_limited', true],
    ['429, usage grew too fast', [429, { code: 'ramp_limit_exceeded' }], 'rate_limited', true],
    ['429, limit of the tier', [429, { code: 'enforced_spend_limit_reached' }], 'spent', false],
    ['429, limit of the contract', [429, { code: 'contract_spend_limit_reached' }], 'spent', false],
    ['429 of a gateway', [429, { message: 'Spend limit reached' }], 'spent', false],
    ['402', [402], 'spent', false],
    ['400, empty', [400, { message: 'Your credit balance is too low to …' }], 'spent', false],
    [
      '400, own limit',
      [400, { message: 'You have reached your API usage limits.' }],
      'spent',
      false,
    ],
    ['403, limit', [403, { message: 'The spend limit is reached' }], 'spent', false],
    ['500', [500], 'server', true],
    ['503', [503], 'server', true],
    ['409', [409], 'server', true],
    ['504', [504], 'timeout', true],
    ['408', [408], 'timeout', true],
    ['401', [401], 'rejected_key', false],
    ['403', [403], 'permission', false],
    ['400, on hold', [400, { code: 'organization_on_hold' }], 'rejected_key', false],
    ['404, the model', [404, { message: 'model: claude-nine' }], 'unknown_model', false],
    ['404, the address', [404, { message: 'Not Found' }], 'route', false],
    ['413', [413], 'too_long', false],
    ['400, long', [400, { message: 'prompt is too long: 3 tokens > 2' }], 'too_long', false],
    ['400', [400, { message: 'messages.0: no' }], 'invalid', false],
    ['422', [422], 'invalid', false],
    [
      '400, blocked',
      [400, { message: 'Output blocked by content filtering policy' }],
      'blocked',
      false,
    ],
  ])('%s', async (_, [status, how], kind, retryable) => {
    const { model, claude } = scripted()
    model.fails(status, how)

    const error = await failing(claude.ask(hello))
    expect(error).toMatchObject({ kind, retryable, status, retryAfterMs: null, partialText: '' })
  })

  it.each([
    ['overloaded_error', 'overloaded'],
    ['api_error', 'server'],
    ['error_to_come', 'server'],
    ['rate_limit_error', 'rate_limited'],
    ['timeout_error', 'timeout'],
    ['billing_error', 'spent'],
    ['invalid_request_error', 'invalid'],
  ])('%s in a stream that began well is %s', async (type, kind) => {
    const { model, claude } = scripted()
    model.errorEvent(type, { text: 'Four words and more' })

    const error = await failing(claude.ask(hello))
    expect(error).toMatchObject({ kind, status: 200, partialText: 'Four words' })
  })

  it.each([
    ['before first byte', 'ends', ''],
    ['text', 'ends', 'Four words'],
    ['text', 'resets', 'Four words'],
    ['tool input', 'ends', 'Four words and more'],
    ['tool input', 'resets', 'Four words and more'],
    ['before end', 'ends', 'Four words and more'],
  ] as const)('a stream cut at %s that %s keeps what had come', async (where, way, partialText) => {
    const { model, claude } = scripted()
    model.cuts(where, { text: 'Four words and more', way })

    const error = await failing(claude.ask(hello))
    expect(error).toMatchObject({ kind: 'cut', retryable: true, partialText })
  })

  it('a stream that never says why it ends, or is no stream, is cut', async () => {
    const ended = { type: 'message_stop' }
    expect(await failing(streaming([started, ended]).ask(hello))).toMatchObject({ kind: 'cut' })
    expect(await failing(streaming([{ type: 'message_stop' }]).ask(hello))).toMatchObject({
      kind: 'cut',
    })
    for (const body of ['Bad', 'event: message_start\ndata: {"ty\n\n', '', null]) {
      const error = await failing(answering(new Response(body)).ask(hello))
      expect(error).toMatchObject({ kind: 'cut' })
    }
  })

  it('a page of a proxy is read by its status', async () => {
    const page = () => new Response('<h1>Bad gateway</h1>', { status: 502 })
    expect(await failing(answering(page).ask(hello))).toMatchObject({ kind: 'server', status: 502 })
  })

  it('a connection that fails is that', async () => {
    const { model, claude } = scripted()
    model.drops()

    const error = await failing(claude.ask(hello))
    expect(error).toMatchObject({ kind: 'connection', retryable: true, status: null })
  })

  it.each([
    ['retry-after', '7', 7_000],
    ['retry-after', '0.5', 500],
    ['retry-after', '-1', 0],
    ['retry-after', 'Fri, 20 Nov 2026 21:32:30 GMT', 30_000],
    ['retry-after', 'Fri, 20 Nov 2026 21:00:00 GMT', 0],
    ['retry-after', 'soon', null],
    ['retry-after-ms', '1500', 1_500],
  ])('%s: %s', async (header, value, retryAfterMs) => {
    vi.useFakeTimers({ now: Date.parse('2026-11-20T21:32:00Z'), toFake: ['Date'] })
    const { model, claude } = scripted()
    model.fails(429, { headers: { [header]: value } })

    expect(await failing(claude.ask(hello))).toMatchObject({ retryAfterMs })
    vi.useRealTimers()
  })

  it('the exact time to wait wins', async () => {
    const { model, claude } = scripted()
    model.fails(429, { retryAfter: 7, headers: { 'retry-after-ms': '6400' } })

    expect(await failing(claude.ask(hello))).toMatchObject({ retryAfterMs: 6400 })
  })

  it('is told with place, type and request, and never in words of the prompt or with the key', async () => {
    const { model, claude } = scripted()
    const message = `messages.0.content: '${hello.messages[0]?.content}' is bad, ${KEY}`
    model.fails(400, { message }).errorEvent('api_error', { message })

    for (const error of [await failing(claude.ask(hello)), await failing(claude.ask(hello))]) {
      expect(error.message).toMatch(/\(status \d+, \w+_error, messages.0.content, req_scripted\)$/)
      expect(String(error) + error.stack + JSON.stringify(error)).not.toMatch(/diary|secret/)
      expect(error.cause).toBeUndefined()
    }
  })
})
