import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { broken, crash, flat, guarded, ours, SECRET, send, useDeliveries } from './deliveries.ts'

const { logged, answersOnce, lines } = useDeliveries()

describe('when we fail', () => {
  it.each([
    ['the room cannot be reached', { ROOMS: broken(() => Promise.reject(new Error('boom'))) }],
    ['something throws', { ROOMS: broken(() => crash()) }],
    ['what is thrown is no error', { ROOMS: broken(() => Promise.reject(crash)) }],
    ['CAMPFIRE_URL is missing', { CAMPFIRE_URL: undefined }],
  ])('answers 500 and nothing else: %s', async (_, changes) => {
    const answer = await send(ours(), '/webhook', changes)

    expect(answer.status).toBe(500)
    expect(lines().filter(({ level }) => level === 'error')).toMatchObject([
      { event: 'request.failed', method: 'POST' },
    ])
  })

  it.each([undefined, '', ' '])(
    'asks no room where CAMPFIRE_URL is %j, and says so',
    async (url) => {
      const rooms: string[] = []
      const ROOMS = { getByName: (name: string) => rooms.push(name) }
      const answer = await send(ours(), '/webhook', { CAMPFIRE_URL: url, ROOMS })

      expect(answer.status).toBe(500)
      expect(rooms).toEqual([])
      expect(logged.join()).toContain('CAMPFIRE_URL is not set')
    },
  )

  it('asks the room again when it was just being moved, as Campfire never will', async () => {
    const { ROOMS, calls } = movedAway(2)
    const answer = await send(ours(), '/webhook', { ROOMS })

    expect([answer.status, calls.length]).toEqual([204, 3])
    expect(lines().map(({ event }) => event)).toEqual(Array(2).fill('webhook.tried_again'))
    await answersOnce()
  })

  it('gives up after three times', async () => {
    const { ROOMS, calls } = movedAway(3)
    const answer = await send(ours(), '/webhook', { ROOMS })

    expect([answer.status, calls.length]).toEqual([500, 3])
  })

  it('asks only once where a second time would be a second message', async () => {
    const { ROOMS, calls } = movedAway(1)
    const path = `/webhook?secret=${SECRET}`
    const answer = await send(flat(), path, { ...guarded(), ROOMS })

    expect([answer.status, calls.length]).toEqual([500, 1])
  })
})

/** The real rooms, which cannot be reached the first few times. */
function movedAway(times: number) {
  const calls: string[] = []
  const getByName = (name: string) => {
    calls.push(name)
    return calls.length <= times ? { receive: crash } : env.ROOMS.getByName(name)
  }
  return { ROOMS: { getByName }, calls }
}
