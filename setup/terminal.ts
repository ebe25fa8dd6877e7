import { createInterface, type Interface } from 'node:readline'
import { Writable } from 'node:stream'

/** Nobody is there to answer. Says which flag would have. */
export class NoAnswer extends Error {}

/** Asks, one line at a time. What is secret is not shown while it is typed, and never again. */
export class Terminal {
  #muted = false
  #open: { lines: AsyncIterator<string>; all: Interface; shows: Interface | null } | null = null

  say(text = '') {
    console.log(text)
  }

  async ask(question: string, { flag, secret = false, usual = '' }: Question): Promise<string> {
    const shown = usual ? `${question} [${usual}] ` : `${question} `
    const { lines, shows } = this.#input()
    // At a terminal a line that is edited is drawn anew, with its question.
    if (shows && !secret) {
      shows.setPrompt(shown)
      shows.prompt()
    } else process.stdout.write(shown)
    this.#muted = secret
    const { value, done } = await whole(lines)
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

  /** Whoever asks next has it to themselves: what is typed goes to one of two who listen, by chance. */
  close() {
    this.#open?.all.close()
    this.#open = null
  }

  #input() {
    if (this.#open) return this.#open
    const output = new Writable({
      write: (chunk, _, done) => {
        if (!this.#muted) process.stdout.write(chunk)
        done()
      },
    })
    const { isTTY } = process.stdin
    const all = createInterface({ input: process.stdin, output, terminal: isTTY })
    all.on('SIGINT', () => process.kill(process.pid, 'SIGINT'))
    this.#open = { lines: all[Symbol.asyncIterator](), all, shows: isTTY ? all : null }
    return this.#open
  }
}

/** A command may have been copied in several lines: the rest of it must never answer the next question. */
async function whole(lines: AsyncIterator<string>) {
  const said: string[] = []
  for (;;) {
    const { value, done } = await lines.next()
    if (done) return { value: said.join(' '), done: said.length === 0 }
    const [, start] = (said.length || /\bcurl\b/.test(value) ? GOES_ON : NEVER).exec(value) ?? []
    said.push(start ?? value)
    if (start === undefined) return { value: said.join(' '), done: false }
  }
}

/** As a shell, cmd and PowerShell write it. */
const GOES_ON = /^(.*?)\s*[\\^`]\s*$/
const NEVER = /^(?!)/

interface Question {
  /** What would have answered it. */
  flag: string
  secret?: boolean
  /** What an empty line means. */
  usual?: string
}
