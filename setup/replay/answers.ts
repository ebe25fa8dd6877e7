import type { Recording } from '../../src/receipt/recording.ts'

/** The answers of the model as they were recorded, in order; and a Campfire that takes what it is given. */
export class Answers {
  missing = 0
  #answers: Recording['tables']['steps']
  #messages = 0

  constructor({ tables, turn }: Recording) {
    this.#answers = tables.steps.filter(
      (row) =>
        row.turn === turn &&
        row.state === 'answered' &&
        (row.kind === 'talk' || row.kind === 'last'),
    )
  }

  async fetch(request: Request): Promise<Response> {
    if (request.url.startsWith('https://api.anthropic.com/')) return this.#answer()
    const location = `https://campfire.invalid/messages/${1_000_000_000 + ++this.#messages}`
    if (request.method === 'POST') return new Response(null, { status: 201, headers: { location } })
    return new Response(null, { status: request.method === 'GET' ? 404 : 204 })
  }

  #answer() {
    const row = this.#answers.shift()
    if (!row) this.missing++
    return Response.json({
      id: 'msg_replayed',
      type: 'message',
      role: 'assistant',
      model: row?.model ?? '',
      content: row
        ? JSON.parse(String(row.content))
        : [{ type: 'text', text: '(nothing was recorded here)' }],
      stop_reason: row?.stop ?? 'end_turn',
      usage: row?.usage ? JSON.parse(String(row.usage)) : { input_tokens: 1, output_tokens: 1 },
    })
  }

  /** Answers that nobody has asked for. */
  get left() {
    return this.#answers.length
  }
}
