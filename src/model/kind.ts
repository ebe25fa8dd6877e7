import { isDeclined } from './kind/declined.ts'
import { fieldIn } from './kind/fields.ts'
import { goneIn } from './kind/gone.ts'
import type { Kind } from './kind/kinds.ts'
import { REFUSED, SAYINGS } from './kind/sayings.ts'
import { isSpent } from './kind/spent.ts'
import { causeOf, kindByCause, kindOfPage } from './kind/statuses.ts'
import { isBeyondMinute, isTooLong } from './kind/too-much.ts'
import { type Refusal, STATUS_OF } from './refusal.ts'

export { KINDS, type Kind } from './kind/kinds.ts'

export interface Verdict {
  kind: Kind
  /** It was said, by whoever should know. Else it is what a status alone looks like. */
  isCertain: boolean
  /** The parameter that is not taken, by its name at the top of a request. */
  field: string | null
  /** The block that is at fault, as `messages.3.content.1`. */
  at: string | null
  /** It was more than may ever be read in a minute: see `isBeyondMinute`. */
  isTooMuch?: true
}

/**
 * The one place where it is decided what went wrong: by what is said, whatever it is wrapped in, and
 * only then by the status. A web page says nothing, and its status little.
 */
export function verdictOn(refusal: Refusal): Verdict {
  const { said, words, type, code, status, isPage, isJson } = refusal
  const cause = causeOf(refusal)
  const at = /^messages\.\d+(\.content\.\d+)?/.exec(said)?.[0] ?? null
  const certain = (kind: Kind, field: string | null = null): Verdict => {
    return { kind, isCertain: true, field, at }
  }
  if (isPage) return { kind: kindOfPage(status), isCertain: false, field: null, at: null }
  const isOwn = type !== null && Object.hasOwn(STATUS_OF, type)
  if (isSpent(cause, refusal)) return certain('spent')
  if (cause === 402) return { kind: 'spent', isCertain: isOwn, field: null, at: null }
  const isBusy = cause === 429 || cause === 529 || type === 'overloaded_error'
  if (isBusy && isTooLong(refusal)) return certain('too_long')
  if (isBeyondMinute(refusal)) return { ...certain('rate_limited'), isTooMuch: true }
  if (isBusy) return certain(cause === 429 ? 'rate_limited' : 'overloaded')
  if (cause !== 401 && isDeclined(cause, refusal)) return certain('declined')
  for (const { kind, says, codes, causes } of SAYINGS) {
    const isSaid = says.test(words) || (code !== null && codes?.test(code))
    const isRefusal = causes === REFUSED && type === 'invalid_request_error'
    if (isSaid && (!causes || isRefusal || causes.includes(cause))) return certain(kind)
  }
  const field = goneIn(refusal) ?? fieldIn(said) ?? fieldIn(words)
  if (field && cause !== 401 && cause !== 403) return certain('field', field)
  if (at) return certain('invalid')
  return { kind: kindByCause(cause, isJson), isCertain: isOwn, field: null, at: null }
}

/** It says nothing of what is wrong, so it may be something in the request; a model that is busy is just busy. */
export function isOpaque(kind: string) {
  return OPAQUE.has(kind)
}

const OPAQUE = new Set<string>(['server', 'page', 'cut'] satisfies Kind[])
