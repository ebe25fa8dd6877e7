/** What the Worker takes for now: it can be put forward, Campfire's with it, and once an hour back. */
export class Clock {
  /** For how much it was put forward, in ms; Campfire goes by the same. */
  ahead = 0
  /** For how much the Worker's own was put back. */
  #behind = 0
  /** What it showed right after that. */
  #backAt: number | null = null

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

  goBack(ms: number) {
    this.#behind += ms
    this.#backAt = this.workers
  }

  /** How long that took by the Worker's own clock; of what it was put back in only what came after. */
  between(from: number, until: number) {
    const wasBack = this.#backAt !== null && from > until
    return until - (wasBack ? Number(this.#backAt) : from)
  }
}
