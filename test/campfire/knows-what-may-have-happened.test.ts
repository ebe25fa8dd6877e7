import { describe, expect, it } from 'vitest'
import { CampfireError, isFinal, isPassing, type Kind } from '../../src/campfire.ts'
import { answer, CALLS, type Call, failure, type Reply, ROOM } from './network.ts'

describe('what goes wrong', () => {
  const signIn = { location: 'https://chat.example.com/session/new' }

  it.each<[string, Call, Reply, boolean]>([
    ['a lost connection', 'post', () => Promise.reject(new TypeError('reset')), true],
    [
      'a lost connection while reading',
      'list',
      () => Promise.reject(new TypeError('reset')),
      false,
    ],
    ['a proxy that gave up', 'post', answer(504), true],
    ['a 500', 'post', answer(500), true],
    ['a 500 for a file', 'attach', answer(500), true],
    ['a 500 for a page', 'list', answer(500), false],
    ['a 200 that made something else', 'post', answer(200, '<html>'), true],
    ['a boost that names no id', 'boost', answer(201, {}), true],
    ['a 404 of nobody', 'post', answer(404), false],
    ['a redirect', 'post', answer(302, null, signIn), false],
    ['a refusal', 'post', answer(422), false],
  ])('%s leaves the right doubt', async (_, call, reply, uncertain) => {
    expect(await failure(call, reply)).toMatchObject({ uncertain })
  })

  it.each<[string, Reply]>([
    ['an answer that quotes it', answer(404, `<pre>Cannot POST ${ROOM}</pre>`)],
    ['a redirect with it', answer(301, null, { location: ROOM })],
    ['a runtime that quotes it', () => Promise.reject(new TypeError(`no route to ${ROOM}`))],
    ['JSON that quotes it', answer(200, [{ id: ROOM }])],
  ])(
    'neither the key, the address nor the text gets into the error, after %s',
    async (_, reply) => {
      for (const call of Object.keys(CALLS) as Call[]) {
        const error = await failure(call, reply)
        const all = [
          error?.message,
          error?.stack,
          String(error),
          JSON.stringify(error),
          error?.cause,
        ]
        expect(all.join('\n')).not.toMatch(/7876b7cdc3d5|chat\.example\.com|secret plan/)
      }
    },
  )

  it.each<[Kind, { final: boolean; passing: boolean }]>([
    ['rejected_key', { final: true, passing: false }],
    ['moved', { final: true, passing: false }],
    ['gone_room', { final: true, passing: false }],
    ['forbidden', { final: true, passing: false }],
    ['gone', { final: false, passing: false }],
    ['unsupported', { final: false, passing: false }],
    ['refused', { final: false, passing: false }],
    ['banned', { final: false, passing: true }],
    ['unreachable', { final: false, passing: true }],
    ['broken', { final: false, passing: true }],
    ['unreadable', { final: false, passing: true }],
  ])('%s is judged', (kind, { final, passing }) => {
    const error = new CampfireError(kind, { method: 'POST', room: 1, names: 'room' })
    expect(isFinal(error)).toBe(final)
    expect(isPassing(error)).toBe(passing)
  })

  it('is judged only when it is of Campfire', () => {
    expect([isFinal(new Error('x')), isPassing(new Error('x')), isPassing(null)]).toEqual([
      false,
      false,
      false,
    ])
  })
})
