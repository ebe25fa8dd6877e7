/** One piece of work that goes on beside the turns of a handler, and that none of them waits for. */
export class Background {
  #work: Promise<void> | undefined
  #goesOn = false
  #stop = new AbortController()
  #wake = () => {}

  /** At most once in the life of a handler. Null: there is nothing to do. */
  begin(work: (signal: AbortSignal) => Promise<void> | null) {
    if (this.#goesOn) return
    const begun = work(this.#stop.signal)
    this.#goesOn = begun !== null
    this.#work = begun?.finally(() => {
      this.#goesOn = false
      this.#wake()
    })
  }

  /** Waits. True: something woke us or is due now, and the work goes on. False: it is over. */
  async goesOn(dueIn: number | null): Promise<boolean> {
    if (!this.#goesOn) return false
    let timer: ReturnType<typeof setTimeout> | undefined
    await new Promise<void>((resolve) => {
      this.#wake = resolve
      if (dueIn !== null) timer = setTimeout(resolve, Math.max(0, dueIn))
    })
    clearTimeout(timer)
    return this.#goesOn
  }

  wake() {
    this.#wake()
  }

  /** Waits until it is over. `atOnce`: something else is to be done, so it is cut short. */
  async end({ atOnce }: { atOnce: boolean }) {
    if (atOnce) this.#stop.abort()
    await this.#work
  }
}
