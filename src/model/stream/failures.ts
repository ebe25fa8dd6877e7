import { brokenOff, refusedBy } from '../error.ts'
import { refusalIn } from '../refusal.ts'

/** What had come of the answer before it failed. */
interface Heard {
  text: string
  hasBegun: boolean
  requestId: string | null
  response: Response | null
}

/** It is none of the Messages API. */
export function foreign({ text: partialText, requestId, hasBegun }: Heard) {
  return brokenOff('route', { partialText, requestId, hasBegun, status: 200, isCertain: true })
}

/** Plain words may tell what went wrong. Half of an answer tells nothing, whatever is said in it. */
export function unreadable(text: string, heard: Heard) {
  const error = HALF.test(text) ? null : failure(text, heard)
  return error && error.kind !== 'server' ? error : new SyntaxError('No JSON')
}

const HALF = /"(content|content_block|delta)"\s*:/

export function failure(told: unknown, { text: partialText, hasBegun, response }: Heard) {
  const status = response?.status ?? null
  const headers = response?.headers ?? new Headers()
  return refusedBy(refusalIn({ status, headers, told }), { partialText, hasBegun })
}
