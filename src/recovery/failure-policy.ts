import { CampfireError, isRefusal } from '../campfire.ts'
import { type Kind, ModelError } from '../model.ts'

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
  /** What is to be said is a sentence of our own, and no other would be better. */
  isDecided?: boolean
}

/** What a failure leads to: another try later, another model, or a word to the room. */
type Consequence =
  | { does: 'retry'; in: number }
  | { does: 'fall back' }
  | { does: 'make room' }
  /** Something in it may be what was refused: once more without, or a word to the room. */
  | { does: 'leave out'; otherwise: Telling }
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

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const WEEK = 7 * DAY
const PATIENCE = 20_000
/** Costs nothing to ask again, and is mostly over within minutes; meanwhile the room has a word. */
const PASSES = new Set<Kind>(['overloaded', 'rate_limited', 'server', 'connection'])
const BUSY_FOR = 3 * MINUTE
/** Nobody waits longer for an answer, and meanwhile no one else in the room gets one. */
const LONGEST_WAIT = 10 * 60_000

export function afterFailure(error: unknown, tries: Tries): Consequence {
  if (error instanceof ModelError) return afterModelError(error, tries)
  if (error instanceof CampfireError) return afterCampfireError(error, tries)
  return tries.failures < 3 ? retry(backoff(tries, 1_000, 10_000)) : tell('failed')
}

function afterModelError({ kind, retryable, retryAfterMs }: ModelError, tries: Tries): Consequence {
  if (kind === 'too_long') return { does: 'make room' }
  if (kind === 'rejected_key' || kind === 'spent' || kind === 'unknown_model')
    return tell('operator')
  if (kind === 'compaction' || kind === 'invalid') return { does: 'leave out', otherwise: 'failed' }
  if (kind === 'blocked' && tries.failures < 2) return retry(backoff(tries, 1_000, 30_000))
  if (!retryable) return tell('failed')

  const patient = (retryAfterMs ?? 0) <= PATIENCE && tries.failures < 3
  if (tries.fallback && !patient) return { does: 'fall back' }
  const isEnough = tries.failures >= 6 && (!PASSES.has(kind) || tries.since >= BUSY_FOR)
  if (isEnough || (retryAfterMs ?? 0) > LONGEST_WAIT) return tell('unavailable')
  return retry(Math.max(retryAfterMs ?? 0, backoff(tries, 1_000, 30_000)))
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
  return retry(Math.max(wait, backoff(tries, 2 * SECOND, longestWait(since))))
}

/** Three refusals of one post over two minutes. */
function mayBeTheWords(refusals: Tries['refusals']) {
  if (!refusals || refusals.hasApologized) return false
  return refusals.count >= 3 && refusals.for >= 2 * MINUTE
}

/** While somebody still looks at the room it is tried often; then less and less. */
function longestWait(since: number) {
  if (since < 5 * MINUTE) return 10 * SECOND
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
