import type { z } from 'zod'
import { type Ask, CampfireError } from './error.ts'
import type { Answered } from './request.ts'

/** What its answer says, in the shape that was asked for. */
export function read<T extends z.ZodType>(answer: Answered, ask: Ask, shape: T) {
  const result = shape.safeParse(jsonIn(answer.text))
  if (result.success) return result.data
  const { status, text } = answer
  const json = /\bjson\b/i.test(answer.headers.get('content-type') ?? '')
  throw new CampfireError('unreadable', ask, { status, json, oldest: json ? oldestIn(text) : null })
}

/** Of a list, also where its end is cut off: the number of its first message, before anything that stands in it. */
function oldestIn(text: string) {
  const number = Number(/^\s*\[\s*\{[^{}[\]]{0,300}?"id":\s*(\d+)/.exec(text)?.[1] ?? Number.NaN)
  return Number.isSafeInteger(number) ? number : null
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
