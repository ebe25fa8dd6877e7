import { refusedAtBorder, thinkingFirst } from './model/border.ts'
import { PromptCache } from './model/cache.ts'
import { compacted, compactionEvents } from './model/compaction.ts'
import { CacheDiagnostics } from './model/diagnostics.ts'
import { ScriptedFiles } from './model/files.ts'
import { BINDS_THINKING, signed } from './model/thinking.ts'
import {
  type Block,
  type Body,
  type Event,
  eventsOf,
  type Failure,
  failure,
  streamed,
} from './sse.ts'

export type { Block, Body } from './sse.ts'

/** Where an answer breaks. */
type Where = 'before first byte' | 'text' | 'tool input' | 'before end' | 'before stop'
type Way = 'ends' | 'resets' | 'hangs' | { error: string; message?: string }

interface Manner {
  /** The deltas of the text, one network chunk each. */
  pieces?: string[]
  /** Called before each delta of the text, with its number. */
  before?: (piece: number) => Promise<void>
  stopReason?: string
  usage?: object
  container?: { id: string; expires_at: string }
}
interface Answered extends Manner {
  content: Block[]
  gate?: Promise<unknown>
  breaks?: { where: Where; way: Way }
}
type Sent = (model: string) => Response | AsyncIterator<Event>
type Computed = (body: Body) => string | Block[] | Promise<string | Block[]>
type Told = string | ((body: Body) => string | Promise<string>)
type Item =
  | { answer: Answered }
  | { failure: { status: number; how: Failure } }
  | { computed: Computed }
  | { sent: Sent }
  | { cut: { place: number; reply: (body: Body) => Parameters<typeof eventsOf>[0] } }
  | { unanswered: 'drops' | 'hangs' }

/**
 * Stands in for the Messages API at the network: one scripted item for each request, in order. What
 * the real one would refuse, this one refuses, without taking an item.
 */
export class ScriptedModel {
  /** What was asked, in order, also what was refused. */
  prompts: Body[] = []
  bodies: string[] = []
  headers: Record<string, string>[] = []
  /** Requests that nobody expected. A test that ends with any has failed. */
  unexpected: Body[] = []
  /** Why requests were refused, in the words of the API. */
  refused: string[] = []
  /** How many streams the other side closed before their end. */
  hungUp = 0
  /** Thinking is taken back only behind what it was thought behind, as by the 5.5 models. */
  bindsThinking = BINDS_THINKING
  /** It thinks in each answer, whether a thought was scripted or not, and shows none of it. */
  alwaysThinks = false
  /** What stands in its place for a while, and answers some requests its own way. */
  gateway: ((body: Body, signal: AbortSignal) => Response | null) | null = null
  /** What is kept beside its messages. */
  readonly files = new ScriptedFiles()
  #script: Item[] = []
  #thoughts: Block[] = []
  #signed = new Map<string, string>()
  #cache = new PromptCache()
  #diagnostics = new CacheDiagnostics()
  #summaries: Told[] = []
  #ids = 0
  #paused = false

  /** How many items nobody has asked for yet. */
  get left(): number {
    return this.#script.length + this.#summaries.length
  }

  says(text: string, manner: Manner = {}): this {
    return this.#answer([{ type: 'text', text }], manner)
  }

  /** One tool, or several in one answer. With `saying` before it. */
  uses(
    tool: string | [string, object?][],
    input: object = {},
    manner: Manner & { saying?: string } = {},
  ) {
    const calls: [string, object?][] = typeof tool === 'string' ? [[tool, input]] : tool
    const words: Block[] = manner.saying ? [{ type: 'text', text: manner.saying }] : []
    const uses = calls.map(([name, input = {}]) => this.#use(name, input))
    return this.#answer([...words, ...uses], manner)
  }

  /** Blocks as they are, in one answer. */
  gives(content: Block[], manner: Manner = {}): this {
    return this.#answer(content, manner)
  }

  /** Comes before what is said or used next, in the same answer. */
  thinks(thinking: string): this {
    const signature = `sig-${++this.#ids}`
    this.#signed.set(signature, thinking)
    this.#thoughts.push({ type: 'thinking', thinking, signature })
    return this
  }

  /** The answer before stops for this reason. */
  stops(stopReason: string): this {
    this.#last().stopReason = stopReason
    return this
  }

  /** The answer before halts in mid-text until the promise is kept. */
  waits(gate: Promise<unknown>): this {
    this.#last().gate = gate
    return this
  }

  /** The answer before, with its pieces and all, breaks there. */
  breaks(where: Where, way: Way = 'ends'): this {
    this.#last().breaks = { where, way }
    return this
  }

  /** What is told when a compaction is asked for, whenever that is. */
  compacts(summary: Told): this {
    this.#summaries.push(summary)
    return this
  }

  fails(status: number, how: Failure = {}): this {
    return this.#add({ failure: { status, how } })
  }

  /** The stream ends too early: as if it were whole, or with the connection reset. */
  cuts(
    where: Where,
    { text = 'Words that break off here', way = 'ends' as 'ends' | 'resets' } = {},
  ) {
    return this.#broken(where, way, text)
  }

  /** An error after half of the text, in a stream that began with 200. */
  errorEvent(error: string, { text = 'Words before it fails', message = 'As scripted' } = {}) {
    return this.#broken('text', { error, message }, text)
  }

  malformedInput(tool: string, json = '{"content": "👏", "mess'): this {
    return this.#answer([{ ...this.#use(tool, {}), json }])
  }

  /** Never answers, or never goes on, until the other side hangs up. */
  hangs(where: Where = 'before first byte', text = 'Words before the silence'): this {
    if (where === 'before first byte') return this.#add({ unanswered: 'hangs' })
    return this.#broken(where, 'hangs', text)
  }

  /** The connection fails before there is any answer. */
  drops(): this {
    return this.#add({ unanswered: 'drops' })
  }

  /** Answers from what it is asked: with text, or with blocks. */
  answers(computed: Computed): this {
    return this.#add({ computed })
  }

  /** Sends this, be it what the API would send or not. */
  sends(sent: Sent): this {
    return this.#add({ sent })
  }

  /** This answer, and the connection is lost before the event of that number. */
  cutsAt(place: number, reply: (body: Body) => Parameters<typeof eventsOf>[0]): this {
    return this.#add({ cut: { place, reply } })
  }

  /** Drops what was scripted and not asked for. */
  forget() {
    this.#script.length = 0
    this.#summaries.length = 0
  }

  /** For `new Claude({ fetch: model.fetch })`. */
  fetch: typeof fetch = (input, init) => this.handle(new Request(input, init))

  handle = async (request: Request): Promise<Response> => {
    if (new URL(request.url).pathname.includes('/v1/files')) return await this.files.handle(request)
    if (request.method !== 'POST' || !new URL(request.url).pathname.endsWith('/v1/messages')) {
      return failure(404, { message: 'Not Found' })
    }
    const { authorization, 'x-api-key': key, ...headers } = Object.fromEntries(request.headers)
    if (!authorization?.startsWith('Bearer ') && !key) return failure(401)
    this.headers.push(headers)
    this.bodies.push(await request.text())
    const body = JSON.parse(this.bodies.at(-1) ?? '') as Body
    this.prompts.push(body)
    const { bindsThinking } = this
    const strictness = { bindsThinking, afterPause: this.#paused, compacts: true }
    const refusal =
      refusedAtBorder(body, request.headers, strictness) ??
      (bindsThinking ? null : this.#forgedIn(body))
    if (refusal) {
      this.refused.push(refusal)
      return failure(400, { message: refusal })
    }
    const lost = this.files.refusalOf(body, request.headers)
    if (lost) {
      if (this.files.isThere) this.refused.push((await lost.clone().text()).slice(0, 200))
      return lost
    }
    const other = this.gateway?.(body, request.signal)
    if (other) return other
    const summary = 'compaction' in body ? this.#summaries.shift() : undefined
    if (summary !== undefined) return await this.#compact(summary, body, request.signal)
    const item = this.#script.shift()
    if (item) return this.#play(item, body, request.signal)
    this.unexpected.push(body)
    return failure(400, { message: 'The script is empty: nobody expected this request' })
  }

  async #play(item: Item, body: Body, signal: AbortSignal): Promise<Response> {
    if ('failure' in item) return failure(item.failure.status, item.failure.how)
    if ('unanswered' in item) {
      if (item.unanswered === 'drops') throw new TypeError('Network connection lost.')
      return until(signal).catch((reason) => {
        this.hungUp++
        throw reason
      })
    }
    if ('sent' in item) {
      const sent = item.sent(body.model)
      return sent instanceof Response ? sent : streamed(sent, signal, () => this.hungUp++)
    }
    if ('cut' in item) {
      const events = [...eventsOf(item.cut.reply(body))].slice(0, item.cut.place)
      return streamed(inTurn(events), signal, () => this.hungUp++)
    }
    const said = 'answer' in item ? item.answer : await this.#compute(item.computed, body)
    const answer = { ...said, content: this.#thinking(body, said.content) }
    const events = this.#perform(answer, body)
    return streamed(events, signal, () => this.hungUp++)
  }

  async *#perform(
    { content, gate, breaks, ...manner }: Answered,
    body: Body,
  ): AsyncGenerator<Event> {
    const usage = this.#cache.usageOf(body, JSON.stringify(content))
    const uses = content.some(({ type }) => type === 'tool_use')
    const stopReason = manner.stopReason ?? (uses ? 'tool_use' : 'end_turn')
    const id = `msg_${++this.#ids}`
    const reply = {
      id,
      diagnostics: this.#diagnostics.compare(body, id),
      model: body.model,
      content,
      stopReason,
      usage: { ...usage, ...manner.usage },
      ...(manner.container && { container: manner.container }),
      ...(manner.pieces && { pieces: manner.pieces }),
    }
    const events = [...eventsOf(reply)]
    const half = breaks || gate !== undefined ? placeOf(breaks?.where ?? 'text', events) : Infinity
    this.#paused = stopReason === 'pause_turn' && !breaks
    let piece = 0
    for (const [at, event] of events.entries()) {
      if (event.delta?.type === 'text_delta') await manner.before?.(piece++)
      if (at === half && breaks) return yield* broken(breaks.way)
      if (at === half) await gate
      yield event
    }
  }

  #thinking(body: Body, content: Block[]) {
    if (!this.bindsThinking) return content
    return this.alwaysThinks ? thinkingFirst(body, content, true) : signed(body, content)
  }

  async #compact(summary: Told, body: Body, signal: AbortSignal) {
    const content = typeof summary === 'string' ? summary : await summary(body)
    const usage = this.#cache.usageOf(body, content)
    const answer = compacted(body, content, usage, this.bindsThinking)
    if (!body.stream) return Response.json(answer)
    return streamed(inTurn(compactionEvents(answer)), signal, () => this.hungUp++)
  }

  async #compute(computed: Computed, body: Body): Promise<Answered> {
    const said = await computed(body)
    return { content: typeof said === 'string' ? [{ type: 'text', text: said }] : said }
  }

  #broken(where: Where, way: Way, text: string): this {
    const use =
      where === 'tool input' ? [this.#use('boost', { message_id: 12, content: '👏' })] : []
    this.#answer([{ type: 'text', text }, ...use])
    return this.breaks(where, way)
  }

  #answer(content: Block[], manner: Manner = {}): this {
    return this.#add({ answer: { ...manner, content: [...this.#thoughts.splice(0), ...content] } })
  }

  #add(item: Item): this {
    this.#script.push(item)
    return this
  }

  #last(): Answered {
    const item = this.#script.at(-1)
    if (!item || !('answer' in item)) throw new Error('Say or use something first')
    return item.answer
  }

  #use(name: string, input: object) {
    return { type: 'tool_use' as const, id: `toolu_${++this.#ids}`, name, input }
  }

  /** A thought that comes back must be as it was given. */
  #forgedIn(body: Body): string | null {
    for (const { content } of body.messages) {
      for (const block of typeof content === 'string' ? [] : content) {
        const forged =
          block.type === 'thinking' && this.#signed.get(block.signature) !== block.thinking
        if (forged) return 'messages: Invalid `signature` in `thinking` block'
      }
    }
    return null
  }
}

/** The index of the event before which it breaks. */
function placeOf(where: Where, events: Event[]): number {
  if (where === 'before first byte') return 0
  if (where === 'before end') return events.findIndex(({ type }) => type === 'message_delta')
  if (where === 'before stop') return events.findIndex(({ type }) => type === 'message_stop')
  const type = where === 'text' ? 'text_delta' : 'input_json_delta'
  const deltas = [...events.keys()].filter((at) => events[at]?.delta?.type === type)
  return (
    deltas[Math.min(Math.ceil(deltas.length / 2), deltas.length - 1)] ?? Number.POSITIVE_INFINITY
  )
}

async function* broken(way: Way): AsyncGenerator<Event, void> {
  if (way === 'ends') return
  if (way === 'resets') throw new TypeError('Network connection lost.')
  if (way === 'hangs') return await new Promise<never>(() => {})
  yield { type: 'error', error: { type: way.error, message: way.message } }
}

async function* inTurn(events: Iterable<Event>): AsyncGenerator<Event> {
  yield* events
}

async function until(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason))
  })
}
