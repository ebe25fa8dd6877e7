import { CampfireError, isRefusal } from '../campfire.ts'
import { DAY, HOUR, MINUTE } from '../clock.ts'
import { isOpaque, type Kind, ModelError } from '../model.ts'

export interface Tries {
  /** How often in a row it went wrong, this time included. */
  failures: number
  /** For how long, in ms. */
  since: number
  /** There is another model that this turn has not turned to yet. */
  fallback: boolean
  /** From 0 to 1. */
  random: number
  /** How often in a row Campfire refused what is posted, and for how long, in ms. */
  refusals?: { count: number; for: number; hasApologized: boolean }
  /** What is to be said is a sentence of our own, and no other would be better: see reply/ended-early.ts. */
  isDecided?: boolean
  /** For so long the model may still be asked, in ms. */
  left?: number
}

/** What a failure leads to: another try later, another model, or a word to the room. */
type Consequence =
  | { does: 'retry'; in: number }
  | { does: 'fall back' }
  | { does: 'make room'; otherwise: Telling }
  /** Something in it may be what was refused: once more without, or a word to the room. */
  | { does: 'leave out'; otherwise: Telling }
  /** A field of our own that this address does not take. */
  | { does: 'do without'; field: string | null }
  /** A guardrail would not have it: as if the model had declined. */
  | { does: 'decline' }
  | { does: 'tell'; sentence: Telling }
  /** The words may be what is refused: a sentence is tried in their place. */
  | { does: 'apologize' }
  /** Nothing can be told, since the room itself cannot be reached: the operator's log has it. */
  | { does: 'give up' }

export type Telling =
  | 'operator'
  | 'unavailable'
  | 'tooLong'
  | 'failed'
  | 'unpostable'
  | 'outOfReach'

const WEEK = 7 * DAY
const PATIENCE = 20_000
/** Costs nothing to ask again, and is mostly over within minutes; meanwhile the room has a word. */
const PASSES = new Set<Kind>(['overloaded', 'rate_limited', 'server', 'connection'])
const BUSY_FOR = 3 * MINUTE
/** Nobody waits longer for an answer, and meanwhile no one else in the room gets one. */
const LONGEST_WAIT = 10 * MINUTE

export function afterFailure(error: unknown, tries: Tries): Consequence {
  if (error instanceof CampfireError) return afterCampfireError(error, tries)
  if (error instanceof ModelError) return inTime(afterModelError(error, tries), tries)
  const again = tries.failures < 3 && !isTooLate(tries, 10_000)
  return again ? retry(backoff(tries, 1_000, 10_000)) : tell('failed')
}

/** A try that would come after the end of the turn is none. */
function inTime(consequence: Consequence, tries: Tries): Consequence {
  if (consequence.does !== 'retry' || !isTooLate(tries, consequence.in)) return consequence
  return tries.fallback && tries.left ? { does: 'fall back' } : tell('unavailable')
}

function isTooLate({ left = Number.POSITIVE_INFINITY }: Tries, wait: number) {
  return wait >= left
}

function afterModelError(error: ModelError, tries: Tries): Consequence {
  const { kind, retryable, retryAfterMs, status, field } = error
  const operator: Consequence = tries.fallback ? { does: 'fall back' } : tell('operator')
  // A firewall refuses what it reads in a request, and says no more than that.
  const isUnsaid = status !== null && !error.isCertain && !tries.fallback
  const unsaid = isUnsaid ? leaveOut('operator') : operator
  const soon = retry(backoff(tries, 1_000, 30_000))
  // A firewall says so, too, and is of another mind a second later.
  const isHearsay = status !== null && !error.isCertain && tries.failures < 3
  if (isHearsay && ACCOUNT.has(kind)) return soon
  switch (kind) {
    case 'too_long':
      return { does: 'make room', otherwise: 'tooLong' }
    case 'rejected_key':
    case 'spent':
      return tell('operator')
    // Another model may be had, or may take it.
    case 'unknown_model':
      return operator
    case 'permission':
      return unsaid
    case 'field':
      return { does: 'do without', field }
    // A gateway between two deploys has no route either.
    case 'route':
      return tries.failures < 3 ? soon : unsaid
    case 'declined':
      return { does: 'decline' }
    case 'blocked':
      return tries.failures < 2 ? soon : tell('failed')
    case 'invalid':
      // Refused in mid-stream: it may have been what the model made of it.
      return status === 200 && tries.failures < 2 ? soon : leaveOut('failed')
    case 'compaction':
    case 'signature':
      return leaveOut('failed')
  }
  if (!retryable) return tell('failed')
  // Others may have asked for as much, or what it asks for is not in the cache any more.
  if (error.isTooMuch && tries.failures >= 3 && !tries.fallback)
    return { does: 'make room', otherwise: 'unavailable' }
  // It was whole but for a word that is never said there.
  if (kind === 'cut' && field !== null) return { does: 'do without', field }

  const patient = (retryAfterMs ?? 0) <= PATIENCE && tries.failures < 3
  if (tries.fallback && !patient) return { does: 'fall back' }
  const isEnough = tries.failures >= 6 && (!PASSES.has(kind) || tries.since >= BUSY_FOR)
  const isOut = isEnough || (retryAfterMs ?? 0) > LONGEST_WAIT
  if (!isOut) return retry(Math.max(retryAfterMs ?? 0, backoff(tries, 1_000, 30_000)))
  // Whoever stands between says so of a model that was not heard of in time, and of whatever else it does not take.
  const isHearsayOfTime = kind === 'timeout' && status !== null
  return isOpaque(kind) || isHearsayOfTime ? leaveOut('unavailable') : tell('unavailable')
}

/** Between us and whoever has the key. */
const ACCOUNT = new Set<Kind>(['rejected_key', 'permission', 'spent'])
const REFUSED = new Set<Kind>(['too_long', 'invalid', 'compaction', 'signature', 'declined'])

/** Something that was said before may be what is refused. */
export function mayBeMemory({ kind }: ModelError) {
  return isOpaque(kind) || REFUSED.has(kind)
}

function leaveOut(otherwise: Telling): Consequence {
  return { does: 'leave out', otherwise }
}

/**
 * No answer of Campfire's is final: firewalls, proxies and gateways answer too, keys are rotated, rooms are
 * left and joined again. It is waited out for a day; then a sentence takes the place of an answer that
 * nobody expects any more, and waits for a week.
 */
function afterCampfireError(error: CampfireError, tries: Tries): Consequence {
  const { since, refusals, isDecided } = tries
  // What we do not even send needs no second look.
  if (error.kind === 'refused' && error.status === null) return tell('unpostable')
  if (since >= WEEK && isDecided) return { does: 'give up' }
  if (since >= DAY && !isDecided) return tell('outOfReach')
  if (isRefusal(error) && !isDecided && mayBeTheWords(refusals)) return { does: 'apologize' }

  const wait = Math.min(error.retryAfterMs ?? 0, LONGEST_WAIT)
  return retry(Math.max(wait, backoff(tries, 2_000, longestWait(since))))
}

/** Three refusals of one post over two minutes: its words may be what is refused, and not the room. */
export function mayBeTheWords(refusals: Tries['refusals']) {
  if (!refusals || refusals.hasApologized) return false
  return refusals.count >= 3 && refusals.for >= 2 * MINUTE
}

/** While somebody still looks at the room it is tried often; then less and less. */
function longestWait(since: number) {
  if (since < 5 * MINUTE) return 10_000
  return since < DAY ? Math.min(since / 5, 5 * MINUTE) : HOUR
}

/** Doubles each time, up to `most`; the half of it is left to chance, so that rooms do not march in step. */
function backoff({ failures, random }: Tries, first: number, most: number) {
  const delay = Math.min(first * 2 ** (failures - 1), most)
  return Math.round(delay * (0.5 + random / 2))
}

function retry(ms: number): Consequence {
  return { does: 'retry', in: ms }
}

function tell(sentence: Telling): Consequence {
  return { does: 'tell', sentence }
}
