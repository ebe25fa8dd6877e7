import { abortAllDurableObjects, runInDurableObject } from 'cloudflare:test'
import { describe, expect, it } from 'vitest'
import type { Room } from '../../src/room.ts'
import { refusal, useLongTalk } from '../support/long-talk.ts'
import { failure } from '../support/sse.ts'
import { until } from '../support/until.ts'

const { world, change, talksForLong, bytes, asked } = useLongTalk()

describe('a compaction that comes to nothing', () => {
  const endings: [string, () => unknown][] = [
    ['is cut off', () => world.model.says('They talked ab', { stopReason: 'max_tokens' })],
    ['is refused', () => world.model.says('I cannot.', { stopReason: 'refusal' })],
    ['uses a tool', () => world.model.uses('read_messages', {}, { saying: 'Let me look.' })],
  ]
  for (const [what, ends] of endings) {
    it(`leaves the session as it was when the model's own ${what}`, async () => {
      await talksForLong()
      world.model.says('About 8.').fails(400, refusal)
      ends()
      await world.asks(world.david, 'Topic 8')
      world.model.says('Yes.')
      await world.asks(world.david, 'and?')
      expect(bytes()).toContain('About 3:')
    })
  }

  it('costs nothing when it was refused unread', async () => {
    await talksForLong()
    world.model.says('About 8.').fails(529)
    await world.asks(world.david, 'Topic 8')
    const rows = await world.rows('SELECT error, cost FROM compactions')
    expect(rows).toEqual([{ error: 'overloaded', cost: 0 }])
  })

  it('is tried less and less often', async () => {
    await talksForLong()
    for (let topic = 8; topic < 28; topic++) {
      world.model.says(`About ${topic}.`).errorEvent('api_error')
      await world.asks(world.david, `Topic ${topic}`)
      world.model.forget()
      await world.passes(16 * 60_000)
    }
    expect((await world.rows('SELECT id FROM compactions')).length).toBeLessThan(8)
  })

  it('and was lost is booked, though the session is reset', async () => {
    await talksForLong()
    world.model.says('About 8.').compacts(() => new Promise(() => {}))
    await world.says(world.david, 'Topic 8')
    const ring = world.ringsOnce().catch(() => {})
    await until(() => asked() > 0)
    await abortAllDurableObjects()
    await ring
    await runInDurableObject(world.room(), (room: Room) => room.alarm())
    await world.room().resetSession()
    world.model.says('A new start.')
    await world.asks(world.david, 'Hello')
    expect(await world.rows('SELECT state FROM compactions')).toEqual([{ state: 'lost' }])
  })

  it('since the summary is as long as what it tells is not made again and again', async () => {
    await talksForLong()
    for (let topic = 8; topic < 14; topic++) {
      world.model.says(`About ${topic}.`).compacts('So it went, and so on. '.repeat(1_000))
      await world.asks(world.david, `Topic ${topic}`)
    }
    world.model.forget()
    expect(asked()).toBe(1)
  })
})

describe('a session whose model is gone for good', () => {
  it('is told in short by the one in its place', async () => {
    await talksForLong()
    change({ fallbackModel: 'claude-haiku-5-5' })
    world.model.gateway = ({ model }) =>
      model === 'claude-haiku-5-5'
        ? null
        : failure(404, { message: 'The model was retired on 2026-11-30.' })
    world.model.says('About 8.')
    await world.asks(world.david, 'Topic 8')
    expect(asked()).toBe(0)
    world.model.says('About 9.').compacts('They went through topics 1 to 7.').says('Yes.')
    await world.asks(world.david, 'Topic 9')
    await world.asks(world.david, 'do you remember?')

    expect(asked()).toBe(1)
    expect(bytes()).toContain('They went through topics 1 to 7.')
    expect(bytes()).not.toContain('About 3:')
  })
})

describe('a gateway that knows of no compaction', () => {
  it.each<[string, object | null]>([
    ['and answers as if it were a question', { type: 'text', text: 'Nice talk we had.' }],
    ['and refuses the field', null],
  ])('%s, has the model tell it in words, and is not asked again for a day', async (_, block) => {
    await talksForLong()
    const { model, david } = world
    model.gateway = (body) => {
      if (!('compaction' in body)) return null
      if (!block) return failure(400, { message: 'compaction: Extra inputs are not permitted' })
      const usage = { input_tokens: 10, output_tokens: 5 }
      const { model } = body
      const content = [block]
      return Response.json({
        id: 'msg_9',
        type: 'message',
        role: 'assistant',
        model,
        content,
        stop_reason: 'end_turn',
        usage,
      })
    }
    model.says('About 8.').says('They went through topics 1 to 6.')
    await world.asks(david, 'Topic 8')
    await until(() => model.left === 0)
    model.says('Yes.')
    await world.asks(david, 'do you remember?')

    expect(JSON.stringify(model.prompts.at(-1)?.messages)).toContain('They went through topics')
    const rows = await world.rows('SELECT kind, state FROM compactions ORDER BY id')
    expect(rows).toEqual([
      { kind: 'signed', state: 'failed' },
      { kind: 'told', state: 'used' },
    ])
  })

  const answers = (content: object[], stop_reason: string) =>
    Response.json({ type: 'message', content, stop_reason, usage: { input_tokens: 9 } })
  const half = { type: 'compaction', content: 'They went thr', signature: null }

  it.each<[string, object[], string, string?]>([
    ['and cuts its summary off', [half], 'max_tokens'],
    ['and cuts it off, in a word of another API', [half], 'length'],
    ['and sends it empty', [{ type: 'compaction', content: null, signature: 's' }], 'compaction'],
    ['and sends a block of it that is none', [{ type: 'compaction' }], 'end_turn'],
    ['nor says as others do why it ends', [{ type: 'text', text: 'A talk.' }], 'stop', 'stop'],
    ['nor says so at all', [{ type: 'text', text: 'A talk.' }], '', 'of_its_own'],
  ])('%s, has the model tell all of it in words', async (_, content, stop, stopReason) => {
    await talksForLong()
    const { model, david } = world
    model.gateway = (body) => ('compaction' in body ? answers(content, stop) : null)
    model
      .says('About 8.')
      .says('They went through topics 1 to 6.', { ...(stopReason && { stopReason }) })
    await world.asks(david, 'Topic 8')
    model.says('Yes.')
    await world.asks(david, 'do you remember?')

    expect(bytes()).toContain('They went through topics 1 to 6.')
    expect(bytes()).not.toContain('About 3:')
  })

  it('and breaks off each time has the model tell it in words the third time', async () => {
    await talksForLong()
    const { model, david } = world
    const begins = 'data: {"type":"message_start","message":{"id":"m"}}\n\n'
    const headers = { 'content-type': 'text/event-stream' }
    model.gateway = (body) => ('compaction' in body ? new Response(begins, { headers }) : null)
    for (const topic of [8, 9]) {
      model.says(`About ${topic}.`)
      await world.asks(david, `Topic ${topic}`)
      await world.passes(31 * 60_000)
    }
    model.says('About 10.').says('They went through topics 1 to 8.')
    await world.asks(david, 'Topic 10')
    model.says('Yes.')
    await world.asks(david, 'do you remember?')

    expect(bytes()).toContain('They went through topics 1 to 8.')
    const rows = await world.rows('SELECT kind, state, error FROM compactions ORDER BY id')
    expect(rows).toEqual([
      { kind: 'signed', state: 'failed', error: 'cut' },
      { kind: 'signed', state: 'failed', error: 'cut' },
      { kind: 'told', state: 'used', error: null },
    ])
  })
})
