import { exports } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { useWorld } from '../support/world.ts'
import { ROUTES } from './openapi/routes.ts'
import { HOME, signedIn } from './visitor.ts'

useWorld()

const VALUES: Record<string, string> = { room: '1', bot: 'assistant', version: 'file' }
const CLOSED = ROUTES.filter(({ isOpen }) => !isOpen).map(({ route }) => {
  const [method = '', path = ''] = route.split(' ')
  const to = path.replace(
    /:(\w+)(?:\{\(?(\w+)[^}]*\})?/g,
    (_, name, one) => one ?? VALUES[name] ?? '1',
  )
  return [method, to] as const
})

async function sends(method: string, path: string, headers: Record<string, string> = {}) {
  const body = method === 'GET' ? {} : { body: '{}' }
  const type = { 'content-type': 'application/json' }
  const init = { method, ...body, headers: { ...type, ...headers }, redirect: 'manual' as const }
  return await exports.default.fetch(HOME + path, init)
}

it.each(CLOSED)('%s %s is for the operator alone', async (method, path) => {
  const nobody: Record<string, string>[] = [
    {},
    { authorization: 'Bearer no' },
    { authorization: 'Basic bGV0bWVpbjpsZXRtZWlu' },
    { cookie: '__Host-firekeeper=9999999999999.00000000-0000-4000-8000-000000000000.AAAA' },
    { 'cf-access-jwt-assertion': 'a.b.c', cookie: 'CF_Authorization=a.b.c' },
    ...(method === 'GET' ? [{ upgrade: 'websocket', origin: HOME }] : []),
  ]
  for (const headers of nobody) {
    const { status, headers: told } = await sends(method, path, headers)
    expect([headers, status, told.get('access-control-allow-origin')]).toEqual([headers, 401, null])
  }
})

it.each(CLOSED.filter(([method]) => method !== 'GET'))(
  '%s %s does nothing for another site that uses the operator’s browser',
  async (method, path) => {
    const cookie = await signedIn()
    for (const origin of ['https://evil.example', 'null', `${HOME}.evil.example`, `${HOME}:8443`])
      expect([origin, (await sends(method, path, { cookie, origin })).status]).toEqual([
        origin,
        403,
      ])
    const form = await exports.default.fetch(HOME + path, {
      method: 'POST',
      headers: { cookie, origin: 'https://evil.example', accept: 'text/html' },
      body: new URLSearchParams({ _method: method }),
    })
    expect(form.status).toBe(403)
  },
)
