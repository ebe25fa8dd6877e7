import { createInterface, type Interface } from 'node:readline'
import { Writable } from 'node:stream'

/** Nobody is there to answer. Says which flag would have. */
export class NoAnswer extends Error {}

/** Asks, one line at a time. What is secret is not shown while it is typed, and never again. */
export class Terminal {
  #muted = false
  #lines: AsyncIterator<string> | null = null
  #interface: Interface | null = null

  say(text = '') {
    console.log(text)
  }

  async ask(question: string, { flag, secret = false, usual = '' }: Question): Promise<string> {
    const shown = usual ? `${question} [${usual}] ` : `${question} `
    process.stdout.write(shown)
    this.#muted = secret
    const { value, done } = await this.#input().next()
    this.#muted = false
    if (secret && process.stdin.isTTY) console.log()
    if (done) {
      console.log()
      throw new NoAnswer(`Nobody is here to answer that. Give ${flag}.`)
    }
    return value.trim() || usual
  }

  async yes(question: string, { flag, usual }: { flag: string; usual: boolean }) {
    for (;;) {
      const said = await this.ask(`${question} (yes/no)`, { flag, usual: usual ? 'yes' : 'no' })
      if (/^(y|yes)$/i.test(said)) return true
      if (/^(n|no)$/i.test(said)) return false
      this.say('Please say yes or no.')
    }
  }

  close() {
    this.#interface?.close()
  }

  #input() {
    if (this.#lines === null) {
      const output = new Writable({
        write: (chunk, _, done) => {
          if (!this.#muted) process.stdout.write(chunk)
          done()
        },
      })
      const isTTY = process.stdin.isTTY
      this.#interface = createInterface({ input: process.stdin, output, terminal: isTTY })
      this.#interface.on('SIGINT', () => process.kill(process.pid, 'SIGINT'))
      this.#lines = this.#interface[Symbol.asyncIterator]()
    }
    return this.#lines
  }
}

interface Question {
  /** What would have answered it. */
  flag: string
  secret?: boolean
  /** What an empty line means. */
  usual?: string
}
