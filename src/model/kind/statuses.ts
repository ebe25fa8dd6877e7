import { type Refusal, STATUS_OF } from '../refusal.ts'
import type { Kind } from './kinds.ts'

/** As if it were a status. Within a stream it is 200, and gateways hide those of others behind theirs. */
export function causeOf({ status, type, code, isWrapped }: Refusal): number {
  const told = type === null ? undefined : STATUS_OF[type]
  // Some put the status of whoever refused it beside its words, and send a stream, or a 502.
  if (told === undefined && (status === 200 || Number(status) >= 500) && STATUS.test(code ?? ''))
    return Number(code)
  const isOurs = status !== null && status >= 400 && status < 500
  if (told === undefined) return status !== null && status >= 300 ? status : 500
  // Some call all of theirs the one or the other; the status tells more then.
  if (told === 500)
    return isOurs && !isWrapped ? status : status !== null && status > 500 ? status : 500
  if (told === 400) return isOurs ? status : status !== null && status >= 500 ? status : 400
  return told
}

const STATUS = /^[45]\d\d$/

export function kindByCause(cause: number, isJson: boolean): Kind {
  if (cause === 413) return 'too_long'
  if (cause === 408 || cause === 504 || cause === 524) return 'timeout'
  if (NO_ROUTE.has(cause)) return 'route'
  if (cause === 409 || cause === 424 || cause === 425 || cause === 499 || cause >= 500)
    return 'server'
  if (cause === 401) return 'rejected_key'
  if (cause === 403 || cause === 407 || cause === 451) return 'permission'
  if (cause === 400 || cause === 422) return isJson ? 'invalid' : 'page'
  return 'route'
}

/** Whoever says so has nothing there that talks as we do. */
const NO_ROUTE = new Set([
  ...[300, 301, 302, 303, 307, 308],
  ...[404, 405, 406, 410, 411, 415, 421, 426, 501, 505],
])

/** The status of a page is that of whoever made it: enough to wait, never enough to give anything up. */
export function kindOfPage(status: number | null): Kind {
  if (status !== null && NO_ROUTE.has(status)) return 'route'
  if (status === 413) return 'too_long'
  if (status === 429) return 'rate_limited'
  if (status === 529) return 'overloaded'
  if (status === 408 || status === 504 || status === 524) return 'timeout'
  if (status === 424 || status === 446) return 'declined'
  return status !== null && status >= 500 ? 'server' : 'page'
}
