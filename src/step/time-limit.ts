import type { Bot } from '../bots.ts'
import { MINUTE } from '../clock.ts'
import { answersIn } from '../tables/room/answers.ts'
import type { Step } from '../tables/room/step.ts'

export const OUT_OF_TIME = 'out of time'

/** The model gets one last call before the end, with so long for it; of few minutes a quarter. */
const LAST_CALL = MINUTE

interface Bounds {
  limits: Pick<Bot['limits'], 'minutes'>
  started: number
  steps: Step[]
  now: () => number
}

/**
 * By then the model is done with, whatever it does: a stream that is silent or never ends, tries that fail,
 * waits between them, and deaths all count. Only where nobody was alive at the end is there a last call after it.
 */
export class TimeLimit {
  #now: () => number
  #ends: number
  #lastCall: number
  #cut = new AbortController()
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor({ limits, started, steps, now }: Bounds) {
    const whole = limits.minutes * MINUTE
    this.#now = now
    this.#lastCall = lastCallOf(limits)
    const hadEnd = steps.some(wasLast)
    const isMissed = now() >= started + whole && !hadEnd
    // A clock that was put back makes no turn longer.
    this.#ends = isMissed ? now() + this.#lastCall : Math.min(started, now()) + whole
  }

  /** Aborted at the end. */
  get signal() {
    return this.#cut.signal
  }

  begin() {
    this.#timer = setTimeout(() => this.#cut.abort(), this.left())
  }

  /** Also where no timer fires, since the clock was put on. */
  check() {
    if (this.left() === 0) this.#cut.abort()
  }

  end() {
    clearTimeout(this.#timer)
  }

  /** In ms. */
  left() {
    return this.#cut.signal.aborted ? 0 : Math.max(0, this.#ends - this.#now())
  }

  isOver() {
    return this.left() === 0
  }

  /** Time for one more call, and no more. */
  isShort() {
    return this.left() <= this.#lastCall
  }
}

/** One that was lost with the process says nothing about the question: how often that may be deaths are counted for. */
function wasLast({ kind, error, state }: Step) {
  const isLost = state === 'lost' || state === 'asked'
  return (kind === 'last' && !isLost) || error === OUT_OF_TIME
}

/** Of a rest after a death so much that there is time for a last call after it. */
export function restWithin(
  rest: number,
  { limits, started, now }: Pick<Bounds, 'limits' | 'started' | 'now'>,
) {
  const left = started + limits.minutes * MINUTE - now()
  return left > 0 ? Math.min(rest, Math.max(0, left - lastCallOf(limits))) : rest
}

/** The newest words that the model has said in this turn, be it in a call that was cut. */
export function lastWords(steps: Step[], textOf: (step: Step) => string) {
  const cut = steps.filter(({ state }) => state === 'failed').at(-1)
  return [...answersIn(steps), ...(cut ? [cut] : [])].map(textOf).findLast(Boolean) ?? ''
}

function lastCallOf({ minutes }: Bounds['limits']) {
  return Math.min(LAST_CALL, (minutes * MINUTE) / 4)
}
