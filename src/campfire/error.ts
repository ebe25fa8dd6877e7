/** What went wrong between us and Campfire, by what it means and not by what it looked like. */
export type Kind =
  | 'rejected_key' // wrong, reset or deactivated bot key
  | 'moved' // CAMPFIRE_URL is not where Campfire is
  | 'gone_room' // no such room, or we are not in it
  | 'forbidden' // not our message, or a route that bots may not use
  | 'gone' // the message, boost or cursor is not there
  | 'unsupported' // this Campfire is too old for it
  | 'refused' // what we sent cannot be taken
  | 'banned' // our address is banned
  | 'unreachable' // no answer, or one from a proxy without Campfire behind it
  | 'broken' // Campfire failed at it
  | 'unreadable' // an answer that no Campfire gives

/** A request, as far as the log and the meaning of its answer are concerned. */
export interface Ask {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  room: number
  /** The last thing that its address names: what a 404 is about. */
  names: 'room' | 'cursor' | 'message' | 'boost'
}

/** An answer other than the one hoped for. */
interface Answer {
  status: number
  location: URL | null
  askedHost: string
  hasVersion: boolean
  text: string
}

export const TIMED_OUT = 'timed out'

// Nothing here may carry the address, which holds the key, or what was said: so there is no `cause`
// either, for the runtime's own errors quote the address.
export class CampfireError extends Error {
  override readonly name = 'CampfireError'
  readonly kind: Kind
  readonly status: number | null
  /** The request may have been carried out although no answer says so. */
  readonly uncertain: boolean
  /**
   * Of those, the ones where it is as likely as not: Campfire had it in hand. A proxy that finds no
   * Campfire, or a connection that fails, is nearly always one that never got there.
   */
  readonly mayHaveArrived: boolean

  /** Campfire, or a proxy before it, says when to come back. */
  readonly retryAfterMs: number | null
  /** Surely Campfire's own answer: it has its headers. Firewalls, proxies and gateways answer, too. */
  readonly own: boolean
  /** It was a look at the room, or something was to go: nothing that we say is at fault. */
  readonly isWordless: boolean
  /** A page of Campfire's, since it is JSON, and not one that can be read: it stays so. */
  readonly isOfPage: boolean
  /** The message with which a page begins that is too long to be read, or of a shape that nobody knows. */
  readonly oldest: number | null
  /** Other requests get through meanwhile, so it may be what was sent. */
  isAlone = false

  constructor(
    kind: Kind,
    ask: Ask,
    found: {
      status?: number
      detail?: string
      retryAfterMs?: number | null
      own?: boolean
      json?: boolean
      oldest?: number | null
    } = {},
  ) {
    const what = [found.status, found.detail].filter((part) => part !== undefined).join(', ')
    super(`${ask.method} (${ask.names}) in room ${ask.room}: ${kind}${what && ` (${what})`}`)
    this.kind = kind
    this.status = found.status ?? null
    this.uncertain = ask.method !== 'GET' && leavesDoubt(kind, this.status)
    this.mayHaveArrived =
      this.uncertain &&
      (kind !== 'unreachable' || PASSED_ON.has(this.status ?? 0) || found.detail === TIMED_OUT)
    this.retryAfterMs = found.retryAfterMs ?? null
    this.own = found.own ?? false
    this.isWordless = ask.method === 'GET' || ask.method === 'DELETE'
    this.isOfPage = ask.method === 'GET' && (kind === 'broken' || (found.json ?? false))
    this.oldest = found.oldest ?? null
  }
}

/**
 * Of what may have been carried out: whoever answered says that it failed, or nothing that Campfire would say. So
 * most likely it was not. Where nobody answered it is anybody's guess.
 */
export function isLikelyUndone(error: unknown): error is CampfireError {
  return error instanceof CampfireError && error.uncertain && error.kind !== 'unreachable'
}

/** Given up is not undone: it may take effect after what comes next. */
export function mayBeDone(error: unknown) {
  return !(error instanceof CampfireError) || error.uncertain
}

/** Nothing in this room will work until the operator has done something. */
export function isFinal(error: unknown) {
  return isOf(error, ['rejected_key', 'moved', 'gone_room', 'forbidden'])
}

/**
 * It was answered, and not as we hoped: by whom is another question. Or it alone gets no answer: a firewall
 * may also cut a connection, or let it wait, for the words that it carries.
 */
export function isRefusal(error: unknown): error is CampfireError {
  if (!(error instanceof CampfireError)) return false
  return error.isAlone || !isOf(error, ['unreachable', 'banned'])
}

/** Worth another try later; where `uncertain`, look first whether it was done. */
export function isPassing(error: unknown) {
  return isOf(error, ['unreachable', 'broken', 'banned', 'unreadable'])
}

/** What is to be changed or removed is not there: most likely a person deleted it. */
export function isGone(error: unknown) {
  return isOf(error, ['gone'])
}

/** A page of Campfire's own that cannot be read, and stays so. */
export function isOfPage(error: unknown) {
  return error instanceof CampfireError && error.isOfPage
}

/** This Campfire is too old for it. */
export function isUnsupported(error: unknown) {
  return isOf(error, ['unsupported'])
}

/** No later try helps. Any other refusal may be of somebody who stands before Campfire for a while. */
export function isForGood(error: unknown) {
  return isGone(error) || isUnsupported(error)
}

/** A page says that there is no such thing: of a Campfire that is too old for it, or of somebody before it. */
export function isDenied(error: unknown) {
  const isPage = error instanceof CampfireError && error.kind === 'unreadable'
  return isUnsupported(error) || (isPage && error.status === 404)
}

export function kindOfAnswer(ask: Ask, answer: Answer): Kind {
  const { status } = answer
  if (REDIRECTS.has(status)) return kindOfRedirect(answer)
  if (status === 401) return 'rejected_key'
  if (status === 403) return 'forbidden'
  if (status === 404) return kindOfMissing(ask, answer)
  if (status === 405) return isCreate(ask) ? 'unreadable' : 'unsupported'
  if (status === 408) return 'unreachable'
  if (status === 429) return 'banned'
  if (status >= 400 && status < 500) return 'refused'
  if (FROM_PROXIES.has(status)) return 'unreachable'
  return status >= 500 ? 'broken' : 'unreadable'
}

const REDIRECTS = new Set([301, 302, 303, 307, 308])

// The usual three, and Cloudflare's own for an origin that it cannot reach.
const FROM_PROXIES = new Set([502, 503, 504, 520, 521, 522, 523, 524, 525, 526, 527, 530])

// Sent on, and then there was no answer to be had.
const PASSED_ON = new Set([504, 520, 522, 524])

// Cloudflare's own for a server that took no connection: no request got anywhere.
const NEVER_SENT_ON = new Set([521, 523, 525, 526, 530])

// Behind a proxy Campfire may name itself by another scheme or host, so its own sign-in page counts
// wherever it is. Other sign-ins count here only: elsewhere they guard the way to Campfire.
function kindOfRedirect({ location, askedHost }: Answer): Kind {
  if (!location) return 'unreadable'
  if (/\/session\/new\/?$/.test(location.pathname)) return 'rejected_key'
  const isSignIn = /\/(session|sign_?in|log_?in)\/?$/i.test(location.pathname)
  return isSignIn && location.hostname === askedHost ? 'rejected_key' : 'moved'
}

// Campfire says 404 in three ways: with nothing (the room; where a boost is asked for, also the message
// or the boost), with JSON (what is in the room), and, when it has no such route, with a page that lacks
// X-Version; the Express port says "Not Found" for everything. Any other 404 is from a proxy that has lost its Campfire for the moment: taken for
// "a person deleted this", it would end a reply half said.
function kindOfMissing(ask: Ask, { hasVersion, text }: Answer): Kind {
  const said = text.trim()
  if (said === '' && hasVersion) return isBoost(ask) ? 'gone' : 'gone_room'
  if (said === '') return 'unreadable'
  if (said.startsWith('<')) return hasVersion || isCreate(ask) ? 'unreadable' : 'unsupported'
  const isCampfire = hasVersion || said === 'Not Found' || /^\{"status":\s*404\b/.test(said)
  if (!isCampfire) return 'unreadable'
  return ask.names === 'room' ? 'gone_room' : 'gone'
}

/** Its own route looks for the message and the boost itself, and says no more than that there is none. */
function isBoost(ask: Ask) {
  return ask.names === 'boost' || (ask.method === 'POST' && ask.names === 'message')
}

/** The one thing that every Campfire can do. */
function isCreate(ask: Ask) {
  return ask.method === 'POST' && ask.names === 'room'
}

// Campfire may save a message and fail afterwards. A refused connection did nothing, but the
// runtime does not tell it from one that was lost half way.
function leavesDoubt(kind: Kind, status: number | null) {
  if (kind === 'unreadable') return status !== null && status < 300
  return kind === 'broken' || (kind === 'unreachable' && !NEVER_SENT_ON.has(status ?? 0))
}

function isOf(error: unknown, kinds: Kind[]) {
  return error instanceof CampfireError && kinds.includes(error.kind)
}
