import type { Usage } from './answer.ts'
import { KINDS, type Kind, verdictOn } from './kind.ts'
import type { Refusal } from './refusal.ts'
import { requestIdOf } from './request-id.ts'

export type { Kind } from './kind.ts'

/**
 * The message says what and where, never the API's own words: they may quote the prompt, and a
 * gateway's may quote the key. The request id finds them in the console.
 */
export class ModelError extends Error {
  override name = 'ModelError'
  readonly kind: Kind
  readonly retryable: boolean
  readonly retryAfterMs: number | null
  /** Text that had arrived before it broke. */
  readonly partialText: string
  /** What it had used by then, as far as it was told. */
  usage: Usage | null = null
  /** Null when there was no answer to have one; 200 when it broke in the stream. */
  readonly status: number | null
  /** Said so by whoever should know: `too_long` in words, and not a 413 of some proxy. */
  readonly isCertain: boolean
  /** The parameter that is not taken, as `cache_control` or `effort`. */
  readonly field: string | null
  /** The block that is at fault, as `messages.3.content.1`. */
  readonly at: string | null
  readonly requestId: string | null
  /** It asks too often; and for more than it may ever ask in a minute, as far as nothing of it is in the cache. */
  readonly isTooMuch: boolean
  readonly #hasBegun: boolean
  readonly #isSent: boolean

  constructor(kind: Kind, details: Details = {}) {
    const { facts = [], cause } = details
    const told = facts.filter((fact) => fact !== null).join(', ')
    super(KINDS[kind].sentence + (told && ` (${told})`), cause === undefined ? {} : { cause })
    this.kind = kind
    this.retryable = KINDS[kind].retryable
    this.retryAfterMs = details.retryAfterMs ?? null
    this.partialText = details.partialText ?? ''
    this.status = details.status ?? null
    this.isCertain = details.isCertain ?? false
    this.field = details.field ?? null
    this.at = details.at ?? null
    this.requestId = details.requestId ?? null
    this.isTooMuch = details.isTooMuch ?? false
    this.#hasBegun = details.hasBegun ?? false
    this.#isSent = details.isSent ?? true
  }

  /** Never sent, or refused before anything was read: that is not charged for. */
  get unpaid() {
    const isRefused = this.status !== null && !this.#hasBegun && UNPAID.has(this.kind)
    return !this.#isSent || isRefused
  }
}

const UNPAID = new Set<Kind>([
  'overloaded',
  'rate_limited',
  'rejected_key',
  'permission',
  'spent',
  'unknown_model',
  'route',
  'field',
  'too_long',
  'signature',
  'compaction',
  'invalid',
])

interface Details {
  partialText?: string
  status?: number | null
  retryAfterMs?: number | null
  isCertain?: boolean
  field?: string | null
  at?: string | null
  isTooMuch?: boolean
  requestId?: string | null
  /** Something of an answer had come. */
  hasBegun?: boolean
  /** False: it never left us. */
  isSent?: boolean
  facts?: (string | null)[]
  cause?: unknown
}

export function brokenOff(kind: Kind, details: Details): ModelError {
  return new ModelError(kind, details)
}

/** What is no stream of events at all, as a page of a proxy, is named to whoever set the address. */
export function cutOff(
  partialText: string,
  response: Response,
  field: string | null = null,
): ModelError {
  const type = matched(response.headers.get('content-type'), /^[\w.+-]+\/[\w.+-]+/)
  const isStream = type === 'text/event-stream'
  const facts = isStream ? [] : [`status ${response.status}`, type ?? 'no content type']
  const requestId = requestIdOf(response.headers)
  return new ModelError('cut', { partialText, requestId, hasBegun: true, facts, field })
}

export function refusedBy(
  refusal: Refusal,
  { partialText = '', hasBegun = false }: Pick<Details, 'partialText' | 'hasBegun'> = {},
): ModelError {
  const { status, type, code, said, headers, requestId, isPage } = refusal
  const verdict = verdictOn(refusal)
  return new ModelError(verdict.kind, {
    ...verdict,
    partialText,
    hasBegun,
    status,
    requestId,
    retryAfterMs: retryAfterIn(headers, Date.now()),
    facts: [
      status === null ? null : `status ${status}`,
      isPage ? (matched(headers.get('content-type'), /^[\w.+-]+\/[\w.+-]+/) ?? 'a page') : null,
      matched(type, /^[a-z_]{1,60}$/),
      matched(code, /^[a-z_]{1,60}$/),
      matched(said, /^[a-z_]+(\.[a-z_]+|\.\d+)*(?=:)/),
      verdict.field,
      requestId,
    ].filter((fact, index, facts) => facts.indexOf(fact) === index),
  })
}

function retryAfterIn(headers: Headers, now: number): number | null {
  const exact = numberIn(headers.get('retry-after-ms'))
  if (exact !== null) return Math.max(0, exact)
  const after = headers.get('retry-after')
  const seconds = numberIn(after)
  if (seconds !== null) return Math.max(0, Math.round(seconds * 1000))
  const date = Date.parse(after ?? '')
  return Number.isNaN(date) ? null : Math.max(0, date - now)
}

function numberIn(header: string | null): number | null {
  const number = header?.trim() ? Number(header) : Number.NaN
  return Number.isFinite(number) ? number : null
}

function matched(value: string | null, pattern: RegExp): string | null {
  return value?.match(pattern)?.[0] ?? null
}
