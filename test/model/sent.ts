import { Claude, type Prompt, type Usage } from '../../src/model.ts'
import type { Event } from '../support/sse.ts'

export const hello: Prompt = {
  model: 'claude-sonnet-5-5',
  system: 'You are Bender.',
  tools: [{ name: 'boost', description: 'React', inputSchema: { type: 'object' } }],
  messages: [{ role: 'user', content: 'hello' }],
  maxTokens: 1000,
  mayUseTools: true,
}
export const USAGE = { input_tokens: 100, output_tokens: 20 } as Usage

export function sends(sent: string | Uint8Array[], type = 'text/event-stream') {
  const chunks = typeof sent === 'string' ? [new TextEncoder().encode(sent)] : sent
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk)
      controller.close()
    },
  })
  const response = new Response(body, { headers: { 'content-type': type } })
  return new Claude({ apiKey: 'k', fetch: async () => response })
}
export const asked = (events: object[], type?: string) =>
  sends(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(''), type).ask(hello)

export const begun: Event = {
  type: 'message_start',
  message: { id: 'm', model: 'x', content: [], usage: USAGE },
}
export const ended: Event[] = [
  { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 2 } },
  { type: 'message_stop' },
]
export const start = (index: unknown, content_block: object | null): Event => {
  return { type: 'content_block_start', index, content_block }
}
export const delta = (index: unknown, delta: object | null) => {
  return { type: 'content_block_delta', index, delta } as Event
}
export const stop = (index: number) => ({ type: 'content_block_stop', index })
export const says = (text: unknown) => ({ type: 'text_delta', text })
export const text = { type: 'text', text: '' }
export const asks = (partial_json: string) => ({ type: 'input_json_delta', partial_json })
