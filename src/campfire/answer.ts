import type { z } from 'zod'
import { type Ask, CampfireError } from './error.ts'
import type { Answered } from './request.ts'

/** What its answer says, in the shape that was asked for. */
export function read<T extends z.ZodType>(answer: Answered, ask: Ask, shape: T) {
  const result = shape.safeParse(jsonIn(answer.text))
  const json = /\bjson\b/i.test(answer.headers.get('content-type') ?? '')
  if (!result.success) throw new CampfireError('unreadable', ask, { status: answer.status, json })
  return result.data
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The id is null when Campfire took the message without saying where it is. */
export function postedIn({ headers }: Answered): Posted {
  return { id: numberAtEndOf(headers.get('location')) }
}

/** `…/messages/7` in one dialect and `…/rooms/1/messages/7` in the other: only the end counts. */
export function numberAtEndOf(text: string | null) {
  const number = Number(/(?:^|\/)(\d+)$/.exec(text ?? '')?.[1] ?? Number.NaN)
  return Number.isSafeInteger(number) ? number : null
}

/** In seconds, or until a time. */
export function waitIn(retryAfter: string | null) {
  if (!retryAfter) return null
  const seconds = /^\s*\d+\s*$/.test(retryAfter) ? Number(retryAfter) : Number.NaN
  const ms = Number.isNaN(seconds) ? Date.parse(retryAfter) - Date.now() : seconds * 1_000
  return Number.isFinite(ms) ? Math.max(0, ms) : null
}

export interface Posted {
  id: number | null
}
