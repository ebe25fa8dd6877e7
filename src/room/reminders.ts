import { inShort, log } from '../log.ts'
import type { Runtime } from '../runtime.ts'
import type { Tables } from '../tables.ts'
import { followClock } from './reminders/clock.ts'
import { comeDue } from './reminders/come-due.ts'
import { deliver } from './reminders/post.ts'

/** So often a handler that is at something else asks whether anything is due: a look at memory. */
const LOOKS_EVERY = 1_000

/** What a handler does for reminders, beside the turns that it takes: nobody waits for it, and it for nobody. */
export class ReminderBell {
  #tables: Tables
  #runtime: Runtime
  /** A task has come into the inbox. */
  #onTask: () => void
  #isOver = false
  #wake = () => {}
  #work: Promise<void> = Promise.resolve()

  constructor(tables: Tables, runtime: Runtime, onTask: () => void) {
    this.#tables = tables
    this.#runtime = runtime
    this.#onTask = onTask
  }

  /** What is due is decided at once, before the handler looks at the inbox. */
  begin() {
    // One whose address was put right has another object to ring.
    if (!this.#tables.service.isServed) return
    this.#work = this.#ring().catch((error: unknown) =>
      log.error('reminder.failed', { ...this.#tables.place, error: inShort(error) }),
    )
  }

  /** The handler is at its end: what is due by now is still rung. */
  async settle() {
    this.#isOver = true
    this.#wake()
    await this.#work
  }

  async #ring() {
    followClock(this.#tables)
    for (;;) {
      await this.#ringDue()
      if (this.#isOver) return
      await this.#rest()
    }
  }

  async #ringDue() {
    const { reminders, now } = this.#tables
    const { storage, quota } = this.#runtime
    while (this.#isDue() && !quota.isOver()) {
      const hasTask = comeDue(this.#tables, (work) => storage.transactionSync(work))
      if (hasTask) this.#onTask()
      for (const post of reminders.posts.due(now())) {
        if (quota.isOver()) return
        await deliver(this.#tables, this.#runtime, post)
      }
    }
  }

  #isDue() {
    const { reminders, now } = this.#tables
    const due = reminders.nextDue()
    return due !== null && due <= now()
  }

  async #rest() {
    let timer: ReturnType<typeof setTimeout> | undefined
    await new Promise<void>((resolve) => {
      this.#wake = resolve
      timer = setTimeout(resolve, LOOKS_EVERY)
    })
    clearTimeout(timer)
  }
}
