/** What the Worker takes for now: it can be put forward, Campfire's with it, and once it is put back. */
export class Clock {
  /** For how much it was put forward, in ms; Campfire goes by the same. */
  ahead = 0
  #behind = 0
  /** When the Worker's own was put back, and what it showed before and after. */
  #back: { real: number; before: number; after: number } | null = null

  get campfires() {
    return Date.now() + this.ahead
  }

  get workers() {
    return this.campfires - this.#behind
  }

  /** The Worker's, before what is real. */
  get workersAhead() {
    return this.ahead - this.#behind
  }

  get wentBack() {
    return this.#back !== null
  }

  goBack(ms: number) {
    const before = this.workers
    this.#behind += ms
    this.#back = { real: Date.now(), before, after: this.workers }
  }

  /** From one time to another by the Worker's clock. `until` was really then: what was put back counts once. */
  between(from: number, until: number, real = 0) {
    if (!this.#back || from > this.#back.before) return until - from
    const { before, after } = this.#back
    // One that is over before it began tells by itself.
    const wasBack = from > until || real > this.#back.real
    return wasBack ? before - from + (until - after) : until - from
  }
}
