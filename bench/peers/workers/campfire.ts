import { createAnthropic } from '@ai-sdk/anthropic'
import type { UIMessage } from 'ai'

/** What a bot for Campfire needs beside its agent: the same for both of Cloudflare's. */
export interface Delivery {
  room: { id: number; path: string }
  message: { id: number; body: { plain: string } }
}

interface Agent {
  receive(delivery: Delivery): Promise<void>
}

export async function handOver(request: Request, agentOf: (name: string) => Promise<Agent>) {
  if (request.method === 'POST') {
    const delivery = (await request.json()) as Delivery
    const agent = await agentOf(String(delivery.room.id))
    await agent.receive(delivery)
  }
  return new Response(null, { status: 204 })
}

export function modelOf({ ANTHROPIC_BASE_URL }: Env) {
  return createAnthropic({ apiKey: 'sk-test', baseURL: `${ANTHROPIC_BASE_URL}/v1` })(
    'claude-sonnet-5-5',
  )
}

export function asMessage({ id, body }: Delivery['message']): UIMessage {
  return { id: `campfire-${id}`, role: 'user', parts: [{ type: 'text', text: body.plain }] }
}

/** Where to answer. Written once for each room. */
export function keepPath({ storage }: DurableObjectState, path: string) {
  if (storage.kv.get('path') !== path) storage.kv.put('path', path)
}

export async function post(env: Env, { storage }: DurableObjectState, answer: UIMessage) {
  const body = answer.parts.map((part) => (part.type === 'text' ? part.text : '')).join('')
  const posted = await fetch(env.CAMPFIRE_URL + storage.kv.get('path'), { method: 'POST', body })
  if (!posted.ok) throw new Error(`Campfire says ${posted.status}`)
}
