import type { Listening } from './prompt.ts'

const WHOLE_CALL_MS = 10 * 60_000
/** The API pings while it thinks, so this is a dead line and not a long thought. */
const SILENCE_MS = 90_000
/** Within the silence it is looked so often: a timer for each byte that comes would cost more than the byte. */
const LOOKS = 8

/** Cuts a call when we are told to stop, when it takes too long, or when it falls silent. */
export class Timeouts {
  ranOut: 'stopped' | 'timeout' | null = null
  #cut = new AbortController()
  #stop = () => this.#end('stopped')
  #told: AbortSignal | undefined
  #whole: ReturnType<typeof setTimeout>
  #silence: ReturnType<typeof setInterval>
  /** Looks in a row that have found nothing new. */
  #silentLooks = 0
  #grace: ReturnType<typeof setTimeout> | undefined

  constructor({ signal, timeoutMs = WHOLE_CALL_MS, silenceMs = SILENCE_MS }: Listening) {
    this.#told = signal
    this.#whole = setTimeout(() => this.#end('timeout'), timeoutMs)
    this.#silence = setInterval(() => this.#look(), silenceMs / LOOKS)
    if (signal?.aborted) this.#stop()
    signal?.addEventListener('abort', this.#stop)
  }

  get signal(): AbortSignal {
    return this.#cut.signal
  }

  /** A byte has come, of whatever it may be. */
  heard() {
    // It may have come just before the next look, which is then one too many.
    this.#silentLooks = -1
  }

  /** There is nothing more to wait for, but for the end of it. Null: there is again. */
  hurry(ms: number | null) {
    clearTimeout(this.#grace)
    if (ms !== null) this.#grace = setTimeout(() => this.#end('timeout'), ms)
  }

  end() {
    clearTimeout(this.#whole)
    clearInterval(this.#silence)
    clearTimeout(this.#grace)
    this.#told?.removeEventListener('abort', this.#stop)
  }

  #look() {
    this.#silentLooks++
    if (this.#silentLooks >= LOOKS) this.#end('timeout')
  }

  #end(reason: 'stopped' | 'timeout') {
    this.ranOut ??= reason
    this.#cut.abort()
  }
}
