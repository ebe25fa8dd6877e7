/** Put down with room to spare: the free plan has 50 subrequests, and a step with its tools takes some. */
const MOST_REQUESTS = 36
/** An edit of what grows can be left out, the end of it cannot. */
const MOST_BEFORE_THE_END = 34
/** A handler has 15 minutes; one more model call must fit. */
const HANDLER_LASTS = 8 * 60_000

/** What one run of the alarm handler may still do. */
export class Quota {
  #requests = 0
  #ends: number
  #now: () => number

  constructor(now: () => number) {
    this.#now = now
    this.#ends = now() + HANDLER_LASTS
  }

  isOver() {
    return this.#requests >= MOST_REQUESTS || this.#now() >= this.#ends
  }

  /** So many requests a tool may still make; the end of the turn needs some of its own. */
  left() {
    return Math.max(0, MOST_REQUESTS - this.#requests)
  }

  /** A reminder is a request or two, and does not wait for a turn that takes long. */
  mayRing() {
    return this.#requests < MOST_REQUESTS
  }

  mayGrow() {
    return this.#requests < MOST_BEFORE_THE_END
  }

  /** Counts what goes out. Looks `fetch` up at the time of the call, so that a test can stand there. */
  fetch = (input: RequestInfo | URL, init?: RequestInit) => {
    this.#requests++
    return fetch(input, init)
  }

  /** The same, and given up when this signal says so. */
  within(signal: AbortSignal): typeof fetch {
    return (input, init) =>
      this.fetch(input, { ...init, signal: AbortSignal.any([signal, init?.signal ?? signal]) })
  }
}
