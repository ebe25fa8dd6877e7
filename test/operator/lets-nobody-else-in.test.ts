import { env, exports } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import app from '../../src/index.ts'
import { Refusal } from '../../src/operator/schemas.ts'
import { ask, HOME } from './ask.ts'

describe('the door', () => {
  const routes: [string, string][] = [
    ['GET', '/queue/stats'],
    ['GET', '/session/stats'],
    ['GET', '/budgets'],
    ['PATCH', '/budgets'],
    ['GET', '/rooms'],
    ['GET', '/rooms/1/assistant'],
    ['GET', '/rooms/1/assistant/live'],
    ['PUT', '/rooms/1/assistant/turns/1/again'],
    ['GET', '/costs'],
    ['GET', '/rooms/1/assistant/turns/1'],
    ['GET', '/rooms/1/assistant/turns/1/replay'],
    ['GET', '/rooms/1/assistant/session'],
    ['DELETE', '/rooms/1/assistant/session'],
    ['DELETE', '/rooms/1/assistant/turn'],
    ['PATCH', '/rooms/1/assistant/settings'],
    ['GET', '/rooms/999/nobody'],
  ]

  it.each(routes)('is closed without the right token: %s %s', async (method, path) => {
    const wrong = ['', 'Bearer ', 'Bearer wrong', 'Bearer letmei', 'Bearer letmein2', 'letmein']
    for (const authorization of [...wrong, 'Basic bGV0bWVpbg==', 'bearer letmein x']) {
      const request = new Request(`${HOME}${path}`, { method, headers: { authorization } })
      const answer = await exports.default.fetch(request)

      expect(answer.status).toBe(401)
      Refusal.parse(await answer.json())
    }
  })

  it.each(routes)('is closed to all where there is no token: %s %s', async (method, path) => {
    for (const ADMIN_TOKEN of ['', undefined]) {
      for (const authorization of ['Bearer ', 'Bearer undefined', 'Bearer letmein']) {
        const request = new Request(`${HOME}${path}`, { method, headers: { authorization } })
        const answer = await app.fetch(request, { ...env, ADMIN_TOKEN })

        expect(answer.status).toBe(401)
      }
    }
  })

  it.each([
    '/rooms/1/nobody',
    '/rooms/1/Assistant',
    '/rooms/0/assistant',
    '/rooms/-1/assistant',
    '/rooms/1.5/assistant',
    '/rooms/one/assistant',
    '/rooms/99999999999999999/assistant',
  ])('leads to no room at %s', async (path) => {
    for (const [method, end] of RESOURCES) {
      const answer = await ask(method, `${path}${end}`, method === 'PATCH' ? {} : undefined)

      expect(answer.status).toBe(404)
      Refusal.parse(await answer.json())
    }
  })

  it('leads nowhere by other methods', async () => {
    for (const method of ['POST', 'PUT']) {
      const answer = await ask(method, '/rooms/1/assistant/session')

      expect([answer.status, await answer.text()]).toEqual([404, ''])
    }
  })
})

const RESOURCES: [string, string][] = [
  ['GET', ''],
  ['GET', '/turns/1'],
  ['GET', '/turns/1/replay'],
  ['GET', '/session'],
  ['DELETE', '/session'],
  ['DELETE', '/turn'],
  ['PATCH', '/settings'],
]
