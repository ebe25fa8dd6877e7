import type { Answer, Container, Usage } from './answer.ts'
import type { Arrival } from './events.ts'
import { fitToSend } from './fit.ts'
import { isObject, type Loose, looseIn, parsed, wordIn } from './loose.ts'
import { requestIdOf } from './request-id.ts'
import { Blocks } from './stream/blocks.ts'
import { cacheMissIn } from './stream/cache-miss.ts'
import { containerIn } from './stream/container.ts'
import { type EventType, isKnown } from './stream/event-types.ts'
import { failure, foreign, unreadable } from './stream/failures.ts'
import { type Growing, type Grown, NOTHING } from './stream/growing.ts'
import { contentIn, isForeign, linesIn } from './stream/shapes.ts'
import { stopIn } from './stream/stops.ts'
import { usableIn } from './stream/usable.ts'
import { countsAll, inputIn, usageOf, withCounts } from './usage.ts'

/**
 * An answer while it comes in. Nothing is taken as present, nothing known is erased by nothing, and
 * events, blocks and deltas of a kind unknown to us are passed over.
 */
export class Hearing {
  text = ''
  response: Response | null = null
  /** By which its operator finds it; known before anything has come. */
  requestId: string | null = null
  /** Something of an answer has come, so it is paid. */
  hasBegun = false
  /** How much of it has come; a ping is none of it. */
  parts = 0
  /** Somebody has told how much was written, and not only how much at its beginning. */
  isCountedToEnd = false
  #ended = false
  #isOver = false
  #stop: string | null = null
  #id = ''
  #model = ''
  #diagnostics: unknown = null
  #container: Container | null = null
  #counts: Loose = {}
  #blocks = new Blocks()
  #mayLackReason: boolean

  /** `mayLackReason`: whoever answers here never says why it ends. */
  constructor({ mayLackReason = false } = {}) {
    this.#mayLackReason = mayLackReason
  }

  begins(response: Response) {
    this.response = response
    this.requestId = requestIdOf(response.headers)
  }

  /** It was said why it ends, and nothing is under way. Without that no answer is whole. */
  get isWhole() {
    const isClosed = !this.#blocks.grewSince || this.#blocks.areClosed
    const isOver = this.#ended || (isClosed && this.#blocks.areThere)
    return this.#stop !== null && isOver && !this.#blocks.areTorn
  }

  /** It is over, and all that was begun was ended; but nobody has said why. */
  get lacksReason() {
    const isSaid = this.#blocks.areThere && this.#blocks.areClosed
    return this.#ended && this.#stop === null && isSaid && !this.#blocks.areTorn
  }

  /** So far, where somebody has told what was read; of what is being written nobody tells before its end. */
  get usage(): Usage | null {
    return inputIn(this.counts) === null ? null : usageOf(this.counts, () => '', this.text)
  }

  /** By which the API knows it. */
  get id() {
    return this.#id
  }

  /** There is something of what it says. */
  get isSaying() {
    return this.#blocks.areThere
  }

  get ended() {
    return this.#ended
  }

  /** Gives what is new. Throws at an error, and at what no Messages API sends. */
  hear(arrival: Arrival): Grown {
    const grown = 'whole' in arrival ? this.#hearWhole(arrival.whole) : this.#hearEvent(arrival)
    this.text += grown.text
    return grown
  }

  answer(asked: () => string): Answer {
    const unreadableInputs: string[] = []
    const blocks = usableIn(this.#blocks.all, this.#stop).map(({ block, input }) => {
      if (input === undefined) return block
      if (input === null) unreadableInputs.push(String(block.id))
      return { ...block, input: input ?? {} }
    })
    return {
      content: fitToSend(blocks, this.#stop),
      stopReason: this.#stop ?? 'unknown',
      usage: usageOf(this.#counted, asked, JSON.stringify(blocks)),
      isCounted: inputIn(this.#counts) !== null && this.isCountedToEnd,
      messageId: this.#id,
      requestId: this.requestId,
      cacheMiss: cacheMissIn(this.#diagnostics),
      ...(this.#container && { container: this.#container }),
      model: this.#model,
      unreadableInputs,
    }
  }

  /** As they came, none of them made fit for anything. */
  get blocks(): Loose[] {
    return this.#blocks.all.map((growing) => growing.whole()).filter((block) => block !== null)
  }

  /** Null: nobody has said why it ends. */
  get stop() {
    return this.#stop
  }

  get counts(): Loose {
    return this.#counts
  }

  get #counted(): Loose {
    return this.isCountedToEnd ? this.#counts : { ...this.#counts, output_tokens: null }
  }

  #hearEvent({ event, data }: { event: string | null; data: string }): Grown {
    if (!data || event === 'ping') return NOTHING
    if (data.trim() === '[DONE]') return this.#end()
    // Whoever leaves out the empty lines between events sends them as one.
    const told = parsed(data) ?? linesIn(data)
    if (event !== null && ERROR.test(event)) throw failure(told ?? data, this)
    if (told === undefined && (event === null || isKnown(event))) throw unreadable(data, this)
    if (Array.isArray(told)) return this.#takeEvents(told)
    if (!isObject(told)) return NOTHING
    const type = wordIn(told.type) ?? event ?? ''
    if (type === 'error' || (!isKnown(type) && told.error)) throw failure(told, this)
    if (!isKnown(type) && isForeign(told)) throw foreign(this)
    return this.#take(type, told)
  }

  /** Several at once: as a list, or each in a line. */
  #takeEvents(all: unknown[]): Grown {
    const grown = all.map((one) => this.#hearEvent({ event: null, data: JSON.stringify(one) }))
    const whole = (name: 'text' | 'thinking') => grown.map((one) => one[name]).join('')
    return { ...NOTHING, text: whole('text'), thinking: whole('thinking') }
  }

  /** All of it at once, where a stream was asked for. */
  #hearWhole(text: string): Grown {
    const all = parsed(text) ?? linesIn(text)
    const [told, ...others] = Array.isArray(all) ? all : [all]
    const isEvent = isObject(told) && isKnown(wordIn(told.type) ?? '')
    if (isEvent) return this.#takeEvents([told, ...others])
    if (!isObject(told)) throw unreadable(text, this)
    if (isForeign(told)) throw foreign(this)
    if (told.type === 'error' || (!contentIn(told).length && told.error)) throw failure(told, this)
    this.#begin(told)
    this.isCountedToEnd ||= countsAll(told.usage)
    const grown = this.#takeAll(contentIn(told))
    if (this.#blocks.areThere) this.#stop ??= 'unknown'
    this.#ended = true
    return grown
  }

  #take(type: string, told: Loose): Grown {
    if (this.#isOver) return NOTHING
    const known = type as EventType
    if (isKnown(known)) this.parts++
    switch (known) {
      case 'message_start':
        return this.#start(looseIn(told.message))
      case 'content_block_start':
        return this.#open(told, looseIn(told.content_block))
      case 'content_block_delta':
        return this.#grow(told, looseIn(told.delta))
      case 'content_block_stop': {
        const block = this.#blocks.at(told.index)
        if (!block || block.closed) return NOTHING
        block.closed = true
        return runsIn(block)
      }
      case 'message_delta': {
        const { stop_reason = told.stop_reason, container } = looseIn(told.delta)
        const reason = stopIn(stop_reason)
        this.#container = containerIn(container) ?? this.#container
        if (reason) this.#blocks.grewSince = false
        this.#stop = reason ?? this.#stop
        this.#counts = withCounts(this.#counts, told.usage)
        this.isCountedToEnd ||= countsAll(told.usage)
        return NOTHING
      }
      case 'message_stop':
        return this.#end()
      default:
        known satisfies never
        return NOTHING
    }
  }

  /** Some send all of it in the very first event, and nothing after that. */
  #start(message: Loose): Grown {
    const id = wordIn(message.id)
    if (id && this.#id && id !== this.#id) {
      // Behind the end of one answer another one is nobody's.
      this.#isOver = this.isWhole
      if (this.#isOver) return NOTHING
      this.#beginAnew(id)
    }
    const all = contentIn(message)
    const isAll = all.length > 0
    this.#begin(isAll ? message : { ...message, stop_reason: null })
    if (isAll) this.isCountedToEnd ||= countsAll(message.usage)
    return isAll ? this.#takeAll(all) : NOTHING
  }

  /** Whoever stands between has asked once more: what had come of the other one is no part of this. */
  #beginAnew(id: string) {
    this.#id = id
    this.#model = ''
    this.#stop = null
    this.#blocks.clear()
    this.text = ''
  }

  #begin({ id, model, usage, stop_reason, diagnostics, container }: Loose) {
    this.#container ??= containerIn(container)
    this.hasBegun = true
    this.#diagnostics ??= diagnostics
    this.#id ||= wordIn(id) ?? ''
    this.#model ||= wordIn(model) ?? ''
    this.#stop ??= stopIn(stop_reason)
    this.#counts = withCounts(this.#counts, usage)
  }

  #takeAll(content: unknown[]): Grown {
    const blocks = content.map(looseIn)
    const text = blocks.map((block) => this.#open({}, block).text).join('')
    this.#blocks.close()
    return { ...NOTHING, text }
  }

  #open(told: Loose, start: Loose): Grown {
    this.hasBegun = true
    return this.#blocks.open(told, start)
  }

  #grow(told: Loose, delta: Loose): Grown {
    this.hasBegun = true
    return this.#blocks.grow(told, delta)
  }

  #end(): Grown {
    this.#ended = true
    if (this.#mayLackReason && this.lacksReason) this.#stop = 'unknown'
    return NOTHING
  }
}

function runsIn(block: Growing): Grown {
  const name = block.type === 'server_tool_use' ? wordIn(block.whole()?.name) : null
  return name ? { ...NOTHING, runs: { name, input: block.input(false) ?? {} } } : NOTHING
}

const ERROR = /error|exception/i
