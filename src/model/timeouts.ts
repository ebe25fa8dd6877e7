import type { Listening } from './prompt.ts'

const WHOLE_CALL_MS = 10 * 60_000
/** The API pings while it thinks, so this is a dead line and not a long thought. */
const SILENCE_MS = 90_000

/** Cuts a call when we are told to stop, when it takes too long, or when it falls silent. */
export class Timeouts {
  ranOut: 'stopped' | 'timeout' | null = null
  #cut = new AbortController()
  #stop = () => this.#end('stopped')
  #told: AbortSignal | undefined
  #silenceMs: number
  #whole: ReturnType<typeof setTimeout>
  #silence: ReturnType<typeof setTimeout>
  #grace: ReturnType<typeof setTimeout> | undefined

  constructor({ signal, timeoutMs = WHOLE_CALL_MS, silenceMs = SILENCE_MS }: Listening) {
    this.#told = signal
    this.#silenceMs = silenceMs
    this.#whole = setTimeout(() => this.#end('timeout'), timeoutMs)
    this.#silence = setTimeout(() => this.#end('timeout'), silenceMs)
    if (signal?.aborted) this.#stop()
    signal?.addEventListener('abort', this.#stop)
  }

  get signal(): AbortSignal {
    return this.#cut.signal
  }

  /** A byte has come, of whatever it may be. */
  heard() {
    clearTimeout(this.#silence)
    this.#silence = setTimeout(() => this.#end('timeout'), this.#silenceMs)
  }

  /** There is nothing more to wait for, but for the end of it. Null: there is again. */
  hurry(ms: number | null) {
    clearTimeout(this.#grace)
    if (ms !== null) this.#grace = setTimeout(() => this.#end('timeout'), ms)
  }

  end() {
    clearTimeout(this.#whole)
    clearTimeout(this.#silence)
    clearTimeout(this.#grace)
    this.#told?.removeEventListener('abort', this.#stop)
  }

  #end(reason: 'stopped' | 'timeout') {
    this.ranOut ??= reason
    this.#cut.abort()
  }
}
