import { type Query, query, type SDKUserMessage } from '@anthropic-ai/claude-agent-sdk'
import { options, type SessionOf } from './options.ts'

/** One client that stays alive between messages: its process waits for the next line. */
export class KeptClient {
  #session: SessionOf
  #query: Query
  #waiting: SDKUserMessage[] = []
  #wake = () => {}

  constructor(session: SessionOf) {
    this.#session = session
    const resume = session.id ? { resume: session.id } : {}
    this.#query = query({ prompt: this.#messages(), options: { ...options(), ...resume } })
  }

  async ask(text: string) {
    this.#waiting.push({
      type: 'user',
      message: { role: 'user', content: text },
      parent_tool_use_id: null,
    })
    this.#wake()
    for (;;) {
      const { value: message, done } = await this.#query.next()
      if (done) throw new Error('The client ended')
      if (message.type !== 'result') continue
      this.#session.keep(message.session_id)
      if (message.subtype !== 'success') throw new Error(`It ended with ${message.subtype}`)
      return message.result
    }
  }

  async *#messages() {
    for (;;) {
      const next = this.#waiting.shift()
      if (next) yield next
      else await new Promise<void>((wake) => (this.#wake = wake))
    }
  }
}
