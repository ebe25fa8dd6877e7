import { inShort, log } from '../log.ts'
import type { Runtime } from '../runtime.ts'
import type { Tables } from '../tables.ts'
import { followClock } from './reminders/clock.ts'
import { comeDue } from './reminders/come-due.ts'
import { dueOfGone, lookForAskers } from './reminders/pause.ts'
import { deliver } from './reminders/post.ts'

/** So often a handler that is at something else asks whether anything is due: a look at memory. */
const LOOKS_EVERY = 1_000

/** What a handler does for reminders, beside the turns that it takes: nobody waits for it, and it for nobody. */
export class ReminderBell {
  #tables: Tables
  #runtime: Runtime
  /** A task has come into the inbox. */
  #onTask: () => void
  #timer: ReturnType<typeof setInterval> | undefined
  #ringing: Promise<void> | null = null

  constructor(tables: Tables, runtime: Runtime, onTask: () => void) {
    this.#tables = tables
    this.#runtime = runtime
    this.#onTask = onTask
  }

  /** What is due is decided at once, before the handler looks at the inbox. */
  begin() {
    // One whose address was put right has another object to ring.
    if (!this.#tables.service.isServed) return
    followClock(this.#tables)
    this.#ring()
    this.#timer = setInterval(() => this.#ring(), LOOKS_EVERY)
  }

  /** What is due by now is rung, or put off. */
  async settle() {
    if (this.#timer) this.#ring()
    await this.#ringing
  }

  async end() {
    await this.settle()
    clearInterval(this.#timer)
  }

  #ring() {
    if (this.#ringing || !this.#isDue()) return
    this.#ringing = this.#ringDue()
      .catch((error: unknown) =>
        log.error('reminder.failed', { ...this.#tables.place, error: inShort(error) }),
      )
      .finally(() => {
        this.#ringing = null
      })
  }

  async #ringDue() {
    const { reminders, now } = this.#tables
    const { quota } = this.#runtime
    while (this.#isDue() && quota.mayRing()) {
      const gone = dueOfGone(this.#tables)
      const isSure = !gone.length || (await lookForAskers(this.#tables, this.#runtime, gone))
      const hasTask = comeDue(this.#tables, isSure)
      if (hasTask) this.#onTask()
      for (const post of reminders.posts.due(now())) {
        if (!quota.mayRing()) return
        if (!(await deliver(this.#tables, this.#runtime, post))) break
      }
    }
  }

  #isDue() {
    const { reminders, now } = this.#tables
    const due = reminders.nextDue()
    return due !== null && due <= now()
  }
}
