import { describe, expect, it } from 'vitest'
import { readDelivery } from '../../src/campfire/delivery.ts'
import { readHtml } from '../../src/campfire/text.ts'
import { RECORDINGS } from '../campground/contract/recording.ts'

const RECORDER = 17

describe.each(['rails', 'v1.4.9'] as const)('what a running Campfire delivered (%s)', (version) => {
  const sent = RECORDINGS[version].webhooks.flatMap(({ what, request, requests }) =>
    (requests ?? [request]).flatMap((one) => (one ? { what, body: whole(one.body) } : [])),
  )

  it('is all of it', () => {
    expect(sent).toHaveLength(44)
  })

  it.each(sent)('is read: $what', ({ body }) => {
    const { user, room, message } = JSON.parse(body)
    const reading = readDelivery(JSON.parse(body))
    const isFile = message.body.html === null

    expect(reading).toEqual({
      ok: true,
      delivery: {
        key: expect.stringMatching(/^1[789]-[A-Za-z0-9]{12}$/),
        type: null,
        room: { id: room.id, name: room.name, direct: room.name === null },
        author: user,
        message: {
          id: message.id,
          html: message.body.html,
          plain: message.body.plain,
          file: isFile ? message.body.plain : null,
        },
      },
    })
    expect(room.path).toContain(reading.ok && reading.delivery.key)
  })
})

describe('what people wrote, in the deliveries of a running Campfire', () => {
  const { webhooks } = RECORDINGS.rails
  const read = (what: string) => {
    const found = webhooks.find((webhook) => webhook.what.startsWith(what)) ?? expect.fail()
    const sent = found.request ?? found.requests?.[0] ?? expect.fail()
    return readHtml(JSON.parse(sent.body).message.body.html, RECORDER)
  }

  it.each([
    ['plain mention at the start', 'what is up?'],
    ['mention in the middle', 'could tell us the time?'],
    ['two bots mentioned', '@Second'],
    ['reply by quote', 'please explain this'],
    ['emoji', '🎉 👩🏽‍💻 👍'],
    ['Chinese', '你好，请总结一下今天的讨论。'],
    ['angle brackets', `5 < 6 & "x" > 'y' <b>no</b>`],
    ['mention of a person beside the bot', 'ask @Bob Builder and @李雷 <b> please'],
    ['by another bot through the API, mentioning', 'from the other bot'],
  ])('is read: %s', (what, text) => {
    expect(read(what).text.replaceAll('\u00a0', ' ')).toContain(text)
  })

  it('knows whom they mention, and what they reply to', () => {
    expect(read('two bots mentioned').mentions.map(({ userId }) => userId)).toEqual([17, 18])
    expect(read('reply by quote').quote).toEqual({
      author: 'Recorder',
      messageId: 1780,
      text: 'Vector a',
    })
  })
})

/** The longest one is cut off in the recording: all that is missing is more of the same. */
function whole(body: string) {
  if (!/ more\)$/.test(body)) return body
  const beginning = body.slice(0, body.indexOf('"body":{'))
  return `${beginning}"body":{"html":"\\u003cdiv\\u003elong text\\u003c/div\\u003e","plain":"long text"},"path":"/"}}`
}
