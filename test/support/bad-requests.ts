import { env, exports } from 'cloudflare:workers'
import fc from 'fast-check'
import { afterEach, expect } from 'vitest'
import app from '../../src/index.ts'
import { WORD } from './bad-input.ts'
import { runs } from './extent.ts'
import { useLogWithout } from './log.ts'
import type { World } from './world.ts'

const SEED = 20261121
export const HOME = 'https://firekeeper.example.com'
export const SECRET = 'open-sesame'

/** What is logged meanwhile: each line JSON, and no secret or word of anybody in it. */
export function useLog() {
  const logged = useLogWithout(SECRET, WORD)

  afterEach(() => {
    for (const line of logged) expect(() => JSON.parse(line)).not.toThrow()
  })

  return logged
}

/** The status, of an answer that has neither body nor type: Campfire would post it. */
export async function post(
  path: string,
  body: BodyInit,
  changes: object = {},
  headers: HeadersInit = {},
) {
  const duplex = body instanceof ReadableStream ? { duplex: 'half' as const } : {}
  const request = new Request(`${HOME}${path}`, { method: 'POST', body, headers, ...duplex })
  const isOurs = Object.keys(changes).length === 0 && !(body instanceof ReadableStream)
  const answer = isOurs
    ? await exports.default.fetch(request)
    : await app.fetch(request, { ...env, ...changes })
  expect([await answer.text(), answer.headers.get('content-type')]).toEqual(['', null])
  return answer.status
}

export function ask(method: string, path: string, body: string | null = null) {
  const headers = { authorization: 'Bearer letmein' }
  return exports.default.fetch(new Request(`${HOME}${path}`, { method, headers, body }))
}

export async function idsIn(world: World, room = world.watercooler) {
  const rows = await world.rows('SELECT id FROM messages ORDER BY arrival', room)
  return rows.map(({ id }) => id)
}

export async function checkAll<T>(
  values: fc.Arbitrary<T>,
  numRuns: number,
  holds: (value: T) => Promise<void>,
) {
  await fc.assert(fc.asyncProperty(values, holds), { ...runs(10 * numRuns), seed: SEED })
}
