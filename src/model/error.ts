import type { Usage } from './answer.ts'
/** Why there is no answer, by cause. */
export type Kind = keyof typeof KINDS

const KINDS = {
  overloaded: { retryable: true, sentence: 'The model is overloaded' },
  rate_limited: { retryable: true, sentence: 'The rate limit of the model is reached' },
  server: { retryable: true, sentence: 'The model failed' },
  timeout: { retryable: true, sentence: 'The model took too long' },
  cut: { retryable: true, sentence: 'The answer of the model broke off' },
  connection: { retryable: true, sentence: 'The model could not be reached' },
  rejected_key: { retryable: false, sentence: 'The model rejected our key' },
  spent: { retryable: false, sentence: 'The credit or the spend limit is used up' },
  unknown_model: { retryable: false, sentence: 'There is no such model for our key' },
  too_long: { retryable: false, sentence: 'The prompt is too long for the model' },
  compaction: { retryable: false, sentence: 'The model takes no such compaction' },
  invalid: { retryable: false, sentence: 'The model refused the request as invalid' },
  blocked: { retryable: false, sentence: 'The answer of the model was blocked' },
  stopped: { retryable: false, sentence: 'The call was stopped' },
}

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

  constructor(kind: Kind, details: Details) {
    const { partialText = '', status = null, retryAfterMs = null, facts = [], cause } = details
    const told = facts.filter((fact) => fact !== null).join(', ')
    super(KINDS[kind].sentence + (told && ` (${told})`), cause === undefined ? {} : { cause })
    this.kind = kind
    this.retryable = KINDS[kind].retryable
    this.retryAfterMs = retryAfterMs
    this.partialText = partialText
    this.status = status
  }

  /** Refused before anything was read: that is not charged for. */
  get unpaid() {
    return this.status !== null && this.status >= 400 && UNPAID.has(this.kind)
  }
}

const UNPAID = new Set<Kind>([
  'overloaded',
  'rate_limited',
  'rejected_key',
  'spent',
  'unknown_model',
  'too_long',
  'compaction',
  'invalid',
])

interface Details {
  partialText?: string
  status?: number | null
  retryAfterMs?: number | null
  facts?: (string | null)[]
  cause?: unknown
}

/** An error that the API, or something before it, answered. */
interface Refusal {
  status: number | null
  type: string | null
  code: string | null
  said: string
  headers: Headers
}

export function brokenOff(kind: Kind, partialText: string, cause?: unknown): ModelError {
  return new ModelError(kind, { partialText, cause })
}

/** What is no stream of events at all, as a page of a proxy, is named to whoever set the address. */
export function cutOff(partialText: string, response: Response): ModelError {
  const type = matched(response.headers.get('content-type'), /^[\w.+-]+\/[\w.+-]+/)
  const isStream = type === 'text/event-stream'
  const facts = isStream ? [] : [`status ${response.status}`, type ?? 'no content type']
  return new ModelError('cut', { partialText, facts })
}

export function refusedBy(refusal: Refusal, partialText: string): ModelError {
  const { status, type, code, said, headers } = refusal
  return new ModelError(kindOf(refusal), {
    partialText,
    status,
    retryAfterMs: retryAfterIn(headers, Date.now()),
    facts: [
      status === null ? null : `status ${status}`,
      matched(type, /^[a-z_]{1,60}$/),
      matched(code, /^[a-z_]{1,60}$/),
      matched(said, /^[a-z_]+(\.[a-z_]+|\.\d+)*(?=:)/),
      matched(headers.get('request-id'), /^[\w-]{1,80}$/),
    ],
  })
}

/** In a stream the status is 200 and the type tells; elsewhere a gateway may know no types. */
function kindOf({ status, type, code, said }: Omit<Refusal, 'headers'>): Kind {
  const cause = status !== null && status >= 400 ? status : (STATUS_OF[type ?? ''] ?? 500)
  if (isSpent({ cause, type, code, said })) return 'spent'
  if (cause === 413 || (cause === 400 && TOO_LONG.test(said))) return 'too_long'
  if (cause === 529 || type === 'overloaded_error') return 'overloaded'
  if (cause === 429) return 'rate_limited'
  if (cause === 408 || cause === 504) return 'timeout'
  if (cause === 409 || cause >= 500) return 'server'
  if (cause === 401 || cause === 403 || code === 'organization_on_hold') return 'rejected_key'
  if (cause === 404 && /\bmodel\b/i.test(said)) return 'unknown_model'
  if (status === 400 && COMPACTION.test(`${code} ${said}`)) return 'compaction'
  return status === 200 || BLOCKED.test(said) ? 'blocked' : 'invalid'
}

const STATUS_OF: Record<string, number> = {
  invalid_request_error: 400,
  authentication_error: 401,
  billing_error: 402,
  permission_error: 403,
  not_found_error: 404,
  conflict_error: 409,
  request_too_large: 413,
  rate_limit_error: 429,
  api_error: 500,
  timeout_error: 504,
  overloaded_error: 529,
}

/** A request that was taken, or was told so, is not at fault: what the model made of it is. */
const BLOCKED = /blocked by content filter/i
const COMPACTION = /compaction/i
const TOO_LONG = /prompt is too long|exceeds? (the )?context (limit|window)|context window/i
const SPENT_CODES = new Set([
  'contract_spend_limit_reached',
  'enforced_spend_limit_reached',
  'linked_organization_spend_limit_reached',
  'linked_organization_billing_unavailable',
  'user_profile_billing_not_authorized',
  'user_profile_not_billable',
])

/** Older keys get no code: an empty account is a 400 and a limit of one's own a 400 or a 429. */
function isSpent({
  cause,
  type,
  code,
  said,
}: Omit<Refusal, 'status' | 'headers'> & { cause: number }) {
  if (cause === 402 || type === 'billing_error' || SPENT_CODES.has(code ?? '')) return true
  if (cause === 429) return /\b(spend|spending) limit/i.test(said)
  return (
    (cause === 400 || cause === 403) &&
    /credit balance is too low|(spend|spending|usage) limits?\b/i.test(said)
  )
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
