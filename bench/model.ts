import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { refusedAtBorder, thinkingFirst } from '../test/support/model/border.ts'
import { compacted, compactionEvents } from '../test/support/model/compaction.ts'
import { BINDS_THINKING } from '../test/support/model/thinking.ts'
import {
  asText,
  type Block,
  type Body,
  eventsOf,
  type Reply,
  tokensIn,
} from '../test/support/sse.ts'
import { listening } from './listening.ts'

/** How long the model takes: its first byte, and then each piece of its text. */
interface Pace {
  firstMs: number
  pieces: number
  pieceMs: number
}

/** One call of the Messages API. Times as `performance.now()` has them. */
export interface Call {
  number: number
  body: Body
  /** The words of the last user message: what is asked. */
  asked: string
  /** The request was here to its last byte. */
  heardAt: number
  firstByteAt: number
  /** The answer was handed to the network to its last byte. */
  doneAt: number
}

type Speaking = string | { text?: string; uses: { name: string; input: object }[] }

/**
 * Stands in for the Messages API with set delays, for as many rooms as you like: streams the events that
 * the SDK's types promise, answers whole where nobody wants a stream, counts tokens, and keeps the time.
 */
export class StandInModel {
  readonly url: string
  readonly calls: Call[] = []
  pace: Pace
  /** What it answers; for tool uses it is asked again. */
  speak: (call: Call) => Speaking = () => 'As it was said before, and nobody knows better.'
  /** Called as soon as a request is here, before anything is answered. */
  onCall: (call: Call) => void = () => {}
  /** Called when the last byte of an answer has left. */
  onDone: (call: Call) => void = () => {}
  readonly close: () => Promise<void>
  /** How often a long conversation was told in short. */
  compactions = 0
  /** Why requests were refused, in the words of the API. Others than ours may ask as they like. */
  refused: string[] = []
  isStrict = true
  #uses = 0

  static async listen(pace: Pace = { firstMs: 0, pieces: 1, pieceMs: 0 }) {
    let model: StandInModel | undefined
    const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
      void model?.answer(request, response).catch(() => response.destroy())
    })
    const { url, close } = await listening(server)
    model = new StandInModel(url, close, pace)
    return model
  }

  private constructor(url: string, close: () => Promise<void>, pace: Pace) {
    this.url = url
    this.close = close
    this.pace = pace
  }

  async answer(request: IncomingMessage, response: ServerResponse) {
    const raw = await bodyOf(request)
    const heardAt = performance.now()
    const path = (request.url ?? '/').split('?')[0] ?? '/'
    if (path === '/v1/messages/count_tokens') {
      return json(response, { input_tokens: tokensIn(raw) })
    }
    if (request.method !== 'POST' || path !== '/v1/messages') {
      return json(response, {}, request.method === 'HEAD' ? 200 : 404)
    }

    const body = JSON.parse(raw) as Body
    const headers = new Headers({
      'anthropic-beta': String(request.headers['anthropic-beta'] ?? ''),
    })
    const refusal = this.isStrict ? refusedAtBorder(body, headers, { compacts: true }) : null
    if (refusal) {
      this.refused.push(refusal)
      return json(response, refusalOf(refusal), 400)
    }
    if ('compaction' in body) {
      this.compactions++
      return this.#compact(body, tokensIn(raw), response)
    }
    const call: Call = {
      number: this.calls.length + 1,
      body,
      asked: lastWords(body),
      heardAt,
      firstByteAt: 0,
      doneAt: 0,
    }
    this.calls.push(call)
    this.onCall(call)
    const reply = this.#replyTo(call, tokensIn(raw))
    if (body.stream) await this.#stream(reply, call, response)
    else await this.#whole(reply, call, response)
  }

  #replyTo(call: Call, inputTokens: number): Reply {
    const said = this.speak(call)
    const { text = '', uses } = typeof said === 'string' ? { text: said, uses: [] } : said
    const content: Block[] = uses.map(({ name, input }) => {
      return { type: 'tool_use', id: `toolu_${++this.#uses}`, name, input }
    })
    if (text) content.unshift({ type: 'text', text })
    const thought = this.isStrict ? thinkingFirst(call.body, content) : content
    return {
      id: `msg_${call.number}`,
      model: call.body.model,
      content: thought,
      stopReason: uses.length ? 'tool_use' : 'end_turn',
      usage: usage(inputTokens, tokensIn(JSON.stringify(content))),
      pieces: inPieces(text, this.pace.pieces),
    }
  }

  /** The API's own summary on demand: one signed block, alone. */
  #compact(body: Body, inputTokens: number, response: ServerResponse) {
    const answer = compacted(body, SUMMARY, usage(inputTokens, 12), BINDS_THINKING)
    if (!body.stream) return json(response, answer)
    response.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream; charset=utf-8' })
    response.end([...compactionEvents(answer)].map(asText).join(''))
  }

  async #stream(reply: Reply, call: Call, response: ServerResponse) {
    const { firstMs, pieceMs } = this.pace
    await pauseFor(firstMs)
    response.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream; charset=utf-8' })
    call.firstByteAt = performance.now()
    let text = ''
    for (const event of eventsOf(reply)) {
      text += asText(event)
      if (event.type !== 'content_block_delta' || !pieceMs) continue
      response.write(text)
      text = ''
      await pauseFor(pieceMs)
      if (response.destroyed) return
    }
    this.#end(call, response, text)
  }

  async #whole({ pieces, stopReason, ...reply }: Reply, call: Call, response: ServerResponse) {
    const { firstMs, pieceMs } = this.pace
    await pauseFor(firstMs + pieceMs * (pieces?.length ?? 0))
    response.writeHead(200, { ...HEADERS, 'content-type': 'application/json' })
    call.firstByteAt = performance.now()
    const rest = {
      type: 'message',
      role: 'assistant',
      stop_reason: stopReason,
      stop_sequence: null,
    }
    this.#end(call, response, JSON.stringify({ ...reply, ...rest }))
  }

  #end(call: Call, response: ServerResponse, text: string) {
    call.doneAt = performance.now()
    response.end(text)
    this.onDone(call)
  }
}

export async function bodyOf(request: IncomingMessage) {
  const chunks: Uint8Array[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

/** What stands in the last user message, tool results left out. */
function lastWords({ messages }: Body) {
  const last = messages.findLast(({ role }) => role === 'user')?.content ?? ''
  if (typeof last === 'string') return last
  return last.map((block) => (block.type === 'text' ? block.text : '')).join('\n')
}

function inPieces(text: string, pieces: number) {
  const length = Math.max(1, Math.ceil(text.length / Math.max(1, pieces)))
  return text.match(new RegExp(`[\\s\\S]{1,${length}}`, 'g')) ?? []
}

async function pauseFor(ms: number) {
  if (ms > 0) await pause(ms)
}

function json(response: ServerResponse, body: object, status = 200) {
  response.writeHead(status, { ...HEADERS, 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

const HEADERS = { 'request-id': 'req_stand_in' }

function usage(input: number, output: number): Reply['usage'] {
  return {
    input_tokens: input,
    output_tokens: output,
    cache_creation_input_tokens: 0,
    cache_read_input_tokens: 0,
    cache_creation: null,
    inference_geo: null,
    output_tokens_details: null,
    server_tool_use: null,
    service_tier: null,
    speed: null,
  } as unknown as Reply['usage']
}

const SUMMARY = 'They talked, and nothing of it matters any more.'

function refusalOf(message: string) {
  return { type: 'error', error: { type: 'invalid_request_error', message } }
}
