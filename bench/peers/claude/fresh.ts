import { query } from '@anthropic-ai/claude-agent-sdk'
import { options, type SessionOf } from './options.ts'

/** A client of its own for each message, which reads the stored conversation first. */
export class FreshClient {
  #session: SessionOf

  constructor(session: SessionOf) {
    this.#session = session
  }

  async ask(text: string) {
    const { id } = this.#session
    const said = query({ prompt: text, options: { ...options(), ...(id && { resume: id }) } })
    for await (const message of said) {
      if (message.type !== 'result') continue
      this.#session.id = message.session_id
      this.#session.keep(message.session_id)
      if (message.subtype !== 'success') throw new Error(`It ended with ${message.subtype}`)
      // The next one may begin when this process has written what it keeps, and is gone.
      return message.result
    }
    throw new Error('It ended without a result')
  }
}
