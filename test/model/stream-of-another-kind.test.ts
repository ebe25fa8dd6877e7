import { describe, expect, it } from 'vitest'
import { textOf } from '../../src/model.ts'
import { asked, begun, delta, ended, hello, says, sends, start, text, USAGE } from './sent.ts'

describe('whoever sends no streams', () => {
  const whole = {
    id: 'msg_1',
    type: 'message',
    role: 'assistant',
    model: 'claude-sonnet-5-5',
    content: [
      { type: 'text', text: 'Well.', citations: null },
      { type: 'tool_use', id: 'toolu_1', name: 'boost', input: { a: 1 } },
    ],
    stop_reason: 'tool_use',
    usage: USAGE,
  }

  it.each([
    ['as JSON', JSON.stringify(whole), 'application/json'],
    ['over many lines', JSON.stringify(whole, null, 2), 'application/json; charset=utf-8'],
    ['called a stream', JSON.stringify(whole), 'text/event-stream'],
    [
      'in the first event',
      `data: ${JSON.stringify({ type: 'message_start', message: whole })}\n\ndata: {"type":"message_stop"}\n\n`,
      'text/event-stream',
    ],
  ])('%s is read all the same', async (_, sent, type) => {
    const heard: string[] = []
    const answer = await sends(sent, type).ask(hello, { onText: (words) => heard.push(words) })

    expect(heard).toEqual(['Well.'])
    expect(answer).toMatchObject({
      messageId: 'msg_1',
      stopReason: 'tool_use',
      isCounted: true,
      usage: USAGE,
      unreadableInputs: [],
    })
    expect(answer.content).toEqual([{ type: 'text', text: 'Well.' }, whole.content[1]])
  })

  const events = [begun, start(0, text), delta(0, says('Hi.')), ...ended]
  it.each([
    ['in a list', JSON.stringify([whole])],
    ['as a list of events', JSON.stringify(events)],
    ['as events, each in a line', events.map((event) => JSON.stringify(event)).join('\n')],
    ['as a stream of lists', `data: ${JSON.stringify(events)}\n\n`],
    ['with its words as they are', JSON.stringify({ ...whole, content: 'Well.' })],
    [
      'without a line between events',
      events.map((one) => `event: ${one.type}\ndata: ${JSON.stringify(one)}\n`).join(''),
    ],
  ])('%s is understood', async (_, sent) => {
    const answer = await sends(sent, 'application/json').ask(hello)
    expect(textOf(answer.content)).toMatch(/^(Well|Hi)\.$/)
    expect(answer.isCounted).toBe(true)
  })

  it('and calls a stream JSON is understood', async () => {
    const answer = await asked(
      [begun, start(0, text), delta(0, says('Hi.')), ...ended],
      'application/json',
    )
    expect(textOf(answer.content)).toBe('Hi.')
  })

  it.each([
    ['an error in its place', '{"error":{"message":"prompt is too long"}}', 'too_long'],
    ['half of it', JSON.stringify(whole).slice(0, 99), 'cut'],
    ['other JSON', '[]', 'cut'],
    ['an error in a list', '[{"error":{"message":"prompt is too long"}}]', 'too_long'],
    ['an answer of another API', '{"choices":[{"message":{"content":"Hi"}}]}', 'route'],
    ['a stream of another API', 'data: {"choices":[{"delta":{"content":"Hi"}}]}\n\n', 'route'],
    ['a page', '<!doctype html><p>Welcome', 'page'],
    ['an error in plain words', 'data: upstream: prompt is too long: 2 > 1\n\n', 'too_long'],
    ['words that say nothing', 'data: ping\n\n', 'cut'],
    [
      'half of it, whatever it speaks of',
      '{"type":"message","content":[{"type":"text","text":"prompt is too long: 2 > 1',
      'cut',
    ],
    [
      'half of an event, whatever it speaks of',
      'data: {"type":"content_block_delta","delta":{"text":"prompt is too long: 2 > 1\n\n',
      'cut',
    ],
  ])('%s is none', async (_, sent, kind) => {
    await expect(sends(sent, 'application/json').ask(hello)).rejects.toMatchObject({ kind })
  })
})

describe('an error in the stream', () => {
  const long = { type: 'invalid_request_error', message: 'prompt is too long: 2 > 1' }
  it.each([
    ['by its event', `event: error\ndata: {"type":"error","error":${JSON.stringify(long)}}\n\n`],
    ['by its type', `data: {"type":"error","error":${JSON.stringify(long)}}\n\n`],
    ['in a list', `data: [{"error":${JSON.stringify(long)}}]\n\n`],
    ['bare', `data: {"error":${JSON.stringify(long)}}\n\n`],
    ['in plain words', 'event: error\ndata: prompt is too long: 2 > 1\n\n'],
    ['of another name', `event: exception\ndata: {"message":"prompt is too long"}\n\n`],
  ])('%s is read by what it says, and costs nothing before anything has come', async (_, sent) => {
    const error = await sends(sent)
      .ask(hello)
      .catch((error: unknown) => error)
    expect(error).toMatchObject({ kind: 'too_long', status: 200, isCertain: true, unpaid: true })
    const later = `data: ${JSON.stringify(begun)}\n\n${sent}`
    const second = await sends(later)
      .ask(hello)
      .catch((error: unknown) => error)
    expect(second).toMatchObject({ kind: 'too_long', unpaid: false })
  })
})
