import { inShort, log } from '../log.ts'

/** One piece of work that goes on beside the turns, and that none of them waits for. */
export class Background {
  isAtWork = false
  #wake = () => {}

  /** One at a time. Null: there is nothing to do. */
  begin(work: () => Promise<void> | null) {
    if (this.isAtWork) return
    const begun = work()
    this.isAtWork = begun !== null
    void begun
      ?.catch((error: unknown) => log.error('background.failed', { error: inShort(error) }))
      .finally(() => {
        this.isAtWork = false
        this.#wake()
      })
  }

  /** Waits. True: something woke us or is due now, and the work goes on. False: it is over. */
  async goesOn(dueIn: number | null): Promise<boolean> {
    if (!this.isAtWork) return false
    let timer: ReturnType<typeof setTimeout> | undefined
    await new Promise<void>((resolve) => {
      this.#wake = resolve
      if (dueIn !== null) timer = setTimeout(resolve, Math.max(0, dueIn))
    })
    clearTimeout(timer)
    return this.isAtWork
  }

  wake() {
    this.#wake()
  }
}
