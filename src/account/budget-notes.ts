import { type BudgetNote, type Ledger, NEARLY, USED_UP } from '../budget.ts'
import { log } from '../log.ts'
import { tellOperator } from './operator-room.ts'

interface Needs {
  env: Env
  /** The Campfire, by its account's name. */
  url: string
  ledger(): Ledger
  timeZone(): string
  /** What the ledger has noted is written down. */
  write(): void
}

/** Tells the operator's room of limits that are nearly used up. */
export class BudgetNotes {
  #needs: Needs
  #telling = false

  constructor(needs: Needs) {
    this.#needs = needs
  }

  /**
   * Once for each limit and period, at four fifths of it and when it is used up: that is, too, when somebody was
   * refused what is left above that. False: not all can be told now.
   */
  async tell(): Promise<boolean> {
    const { write, timeZone } = this.#needs
    const ledger = this.#needs.ledger()
    const due = ledger.state(Date.now()).flatMap((one) => {
      const isNear = one.spent >= one.amount * 0.8
      const isUsedUp = one.spent >= one.amount || (isNear && ledger.hasRefused(one))
      const percent = isUsedUp ? USED_UP : isNear ? NEARLY : 0
      return one.amount > 0 && percent > one.told ? { ...one, percent } : []
    })
    if (!due.length || this.#telling) return true
    this.#telling = true
    let areTold = true
    try {
      for (const { id, percent, ...one } of due) {
        const { spent, amount, ends, per } = one
        const note = { id, percent, whose: one.for, per, spent, amount, ends }
        log.warn('budget.nears_its_limit', { limit: one.for, per, percent })
        if (await this.#post({ ...note, timeZone: timeZone() })) {
          ledger.told(id, percent)
          write()
        } else areTold = false
      }
      return areTold
    } finally {
      this.#telling = false
    }
  }

  async #post(note: BudgetNote) {
    const { env, url } = this.#needs
    return await tellOperator(env, url, async (room) => await room.tellOperator(note))
  }
}
