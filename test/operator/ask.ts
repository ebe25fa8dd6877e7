import { exports } from 'cloudflare:workers'
import { expect } from 'vitest'
import type { z } from 'zod'

export const HOME = 'https://firekeeper.example.com'
export const OPERATOR = { authorization: 'Bearer letmein' }

export function ask(method: string, path: string, body?: unknown) {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const init = { method, headers: OPERATOR, ...(body !== undefined && { body: text }) }
  return exports.default.fetch(new Request(`${HOME}${path}`, init))
}

export async function read<Answer extends z.ZodType>(schema: Answer, path: string) {
  const answer = await ask('GET', path)
  expect(answer.status).toBe(200)
  return schema.parse(await answer.json())
}
