import { harmed, inChunks } from '../harm.ts'
import { thinkingFirst } from '../model/border.ts'
import { compacted, compactionEvents } from '../model/compaction.ts'
import { asText, type Block, type Body, type Event, eventsOf, streamed } from '../sse.ts'
import { type Reply, type Said, TOLD } from './replies.ts'

const FACT = /fact-[a-z0-9]+-\d+/g

/** Stands in for the API: does what it is told for so many calls, and is well after that. */
export class StormyApi {
  /** What the next calls meet. */
  replies: Reply[] = []
  /** Every answer that was given while it was well, oldest first. */
  answers: string[] = []
  /** Somebody waits for what does not come. */
  isHanging = false
  #ids = 0

  handle = (body: Body, signal: AbortSignal): Response => {
    const reply = this.replies.shift()
    return reply ? this.#play(reply, body, signal) : this.#answer(body, signal)
  }

  #answer(body: Body, signal: AbortSignal) {
    const summary = this.#summaryOf(body)
    if ('compaction' in body) {
      const answer = compacted(body, summary, usageOf(body), true)
      return streamed(inTurn(compactionEvents(answer)), signal)
    }
    const text = isSummary(body) ? summary : `Answer ${++this.#ids} of all.`
    if (!isSummary(body)) this.answers.push(text)
    return streamed(inTurn(this.#eventsOf(body, [{ type: 'text', text }])), signal)
  }

  #play(reply: Reply, body: Body, signal: AbortSignal): Response {
    const events = () => [...this.#eventsOf(body, [{ type: 'text', text: 'Words that break off' }])]
    switch (reply.what) {
      case 'error':
        return new Response(reply.body, { status: reply.status, headers: reply.headers })
      case 'error in a stream': {
        const begun = reply.begun ? events().slice(0, 4).map(asText) : []
        const name = reply.named ? 'event: error\n' : ''
        return stream([...begun, `${name}data: ${reply.data.replaceAll('\n', ' ')}\n\n`])
      }
      case 'drop':
        throw new TypeError('Network connection lost.')
      case 'hang':
        return streamed(this.#hang(events(), reply.how), signal)
      case 'cut':
        return streamed(cut(events().slice(0, reply.at), reply.resets), signal)
      case 'compaction': {
        const { block } = reply
        const isTold = block && 'content' in block && block.content === TOLD
        const told = isTold ? { ...block, content: this.#summaryOf(body) } : block
        const content = told ? [{ type: 'whole' as const, block: told }] : []
        return streamed(inTurn(this.#eventsOf(body, content, reply.stop)), signal)
      }
      case 'answer': {
        const isTold = isSummary(body) || 'compaction' in body
        const said = reply.content.map((one, at) => this.#blockOf(one, at))
        const content = isTold
          ? [{ type: 'text' as const, text: this.#summaryOf(body) }, ...said]
          : said
        const lines = [...this.#eventsOf(body, content, reply.stop)].map((event) => ({
          name: event.type,
          event,
        }))
        return stream(inChunks(reply.harms.reduce(harmed, lines), reply.size))
      }
    }
  }

  *#eventsOf(body: Body, content: Block[], stopReason = 'end_turn') {
    const id = `msg_${++this.#ids}`
    const said = thinkingFirst(body, content)
    yield* eventsOf({ id, model: body.model, content: said, stopReason, usage: usageOf(body) })
  }

  async *#hang(events: Event[], how: string): AsyncGenerator<Event> {
    if (how === 'after its end') yield* events.slice(0, -1)
    else yield* events.slice(0, how === 'silent' ? 0 : 4)
    for (let times = 0; how !== 'silent'; times++) {
      this.isHanging = times > 3
      yield { type: how === 'comments' ? '' : 'ping' }
      await new Promise((resolve) => setTimeout(resolve))
    }
    this.isHanging = true
    await new Promise(() => {})
  }

  #blockOf(said: Said, at: number): Block {
    if (said.type === 'other') return { type: 'whole', block: said.block }
    if (said.type === 'thinking') return { type: 'thinking', thinking: 'Hm.', signature: '' }
    if (said.type === 'text') return said
    const { name, json } = said
    return { type: 'tool_use', id: said.id ?? `toolu_${++this.#ids}_${at}`, name, input: {}, json }
  }

  /** Honest: nothing that was to be remembered is left out. */
  #summaryOf(body: Body) {
    return `They said: ${factsIn(JSON.stringify(body.messages)).join(', ')}.`
  }
}

export function factsIn(text: string) {
  return [...new Set(text.match(FACT) ?? [])]
}

/** Asked to tell a conversation in short, in words. */
export function isSummary({ system, messages }: Body) {
  const last = JSON.stringify(messages.at(-1)?.content)
  return (
    /Summarize this conversation/.test(JSON.stringify(system)) ||
    /Use no tools\. Answer with nothing else/.test(last)
  )
}

function usageOf(body: Body) {
  const input_tokens = Math.ceil(JSON.stringify(body.messages).length / 4)
  return { input_tokens, output_tokens: 9 } as Parameters<typeof eventsOf>[0]['usage']
}

async function* inTurn(events: Iterable<Event>) {
  yield* events
}

async function* cut(events: Event[], resets: boolean) {
  yield* events
  if (resets) throw new TypeError('Network connection lost.')
}

function stream(parts: (string | Uint8Array)[]) {
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const part of parts) {
        controller.enqueue(typeof part === 'string' ? encoder.encode(part) : part)
      }
      controller.close()
    },
  })
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
}
