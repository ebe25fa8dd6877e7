import { refusedAtBorder, thinkingFirst } from '../support/model/border.ts'
import { PromptCache } from '../support/model/cache.ts'
import { type Block, type Body, type Event, eventsOf, failure, streamed } from '../support/sse.ts'
import { answerTo } from './answer.ts'
import { conversationIn } from './conversation.ts'
import { FILES } from './files.ts'

export interface Pace {
  /** Between two words. */
  delayMs?: number
}

const cache = new PromptCache()

/**
 * Stands in for the Messages API where there is no key. It knows nothing: whatever it answers, it
 * takes from what it is sent, so that what it says shows what a model would have been told.
 */
export async function rehearsal(request: Request, { delayMs = 25 }: Pace = {}): Promise<Response> {
  const { pathname } = new URL(request.url)
  if (pathname.includes('/v1/files')) return await FILES.handle(request)
  const [, model] = /\/v1\/models\/(claude-[\w.-]+)$/.exec(pathname) ?? []
  // Asked by the doctor: it plays any of them.
  if (model) return Response.json({ type: 'model', id: model, lifecycle: 'active' })
  if (request.method !== 'POST' || !pathname.endsWith('/v1/messages')) {
    return failure(404, { message: 'Not Found' })
  }
  const body = (await request.json().catch(() => null)) as Body | null
  if (!body) return failure(400, { message: 'The request body is not valid JSON' })
  const refusal = refusedAtBorder(body, request.headers)
  if (refusal) return failure(400, { message: refusal })
  const lost = FILES.refusalOf(body, request.headers)
  if (lost) return lost

  const content = thinkingFirst(body, answerTo(conversationIn(body)))
  return streamed(wordByWord(eventsFor(body, content), delayMs), request.signal)
}

function eventsFor(body: Body, content: Block[]): Iterable<Event> {
  return eventsOf({
    id: `msg_${crypto.randomUUID()}`,
    model: body.model,
    content,
    stopReason: stopOf(content),
    usage: cache.usageOf(body, JSON.stringify(content)),
  })
}

function stopOf(content: Block[]) {
  if (content.at(-1)?.type === 'server_tool_use') return 'pause_turn'
  return content.some(({ type }) => type === 'tool_use') ? 'tool_use' : 'end_turn'
}

async function* wordByWord(events: Iterable<Event>, delayMs: number): AsyncGenerator<Event> {
  for (const event of events) {
    if (delayMs && event.delta) await new Promise((done) => setTimeout(done, delayMs))
    yield event
  }
}
