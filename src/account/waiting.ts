import type { Take, Taken, Waiting as Waits } from '../budget.ts'

/** Whoever asked and was told to go on waiting is back by then, or not at all. */
const AWAY = 5_000

interface Waiter extends Waits {
  turn: string
  until: number
  /** Null: it was sent away to look around. */
  answer: ((taken: Taken) => void) | null
}

/** Turns that wait for money, each with its place also while it looks around. Memory only: they ask again. */
export class Waiting {
  #waiters: Waiter[] = []

  /** Takes its place, or its old one; `answer` is called once. */
  add(take: Take, { turn, until, answer }: Pick<Waiter, 'turn' | 'until'> & Answering) {
    const others = this.#waiters.filter((one) => one.turn !== turn)
    this.#waiters = [...others, { take, turn, until: until + AWAY, answer }]
  }

  /** All that are here, or will soon be back. */
  at(now: number) {
    this.#waiters = this.#waiters.filter(({ answer, until }) => answer || until > now)
    return this.#waiters
  }

  get takes() {
    return this.#waiters.map(({ take }) => take)
  }

  /** These have their answers. */
  drop(answered: { has(waiter: Waiter): boolean }) {
    this.#waiters = this.#waiters.filter((waiter) => !answered.has(waiter))
  }

  /** It has waited for long enough to look around, and keeps its place meanwhile. */
  sendAway(turn: string, taken: Taken) {
    const waiter = this.#waiters.find((one) => one.turn === turn)
    if (!waiter?.answer) return
    waiter.answer(taken)
    waiter.answer = null
    waiter.isAway = true
  }
}

interface Answering {
  answer: (taken: Taken) => void
}
