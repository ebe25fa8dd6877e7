import type { CacheMissReason, Diagnostics } from '@anthropic-ai/sdk/resources/messages/messages'
import { type Body, tokensIn } from '../sse.ts'
import { blocksOf } from './refusal.ts'

/** Says, as the API does, where a request parts from that of the answer it names. */
export class CacheDiagnostics {
  #asked = new Map<string, Body>()

  compare(body: Body, id: string): Diagnostics | null {
    const { diagnostics } = body
    if (!diagnostics) return null
    this.#asked.set(id, body)
    const name = diagnostics.previous_message_id
    if (!name) return { cache_miss_reason: null }
    const before = this.#asked.get(name)
    if (!before) return { cache_miss_reason: { type: 'previous_message_not_found' } }
    return { cache_miss_reason: missBetween(before, body) }
  }
}

function missBetween(before: Body, now: Body): CacheMissReason | null {
  const missed = { cache_missed_input_tokens: tokensIn(JSON.stringify(before.messages)) }
  const differs = (one: unknown, other: unknown) => JSON.stringify(one) !== JSON.stringify(other)
  if (before.model !== now.model) return { type: 'model_changed', ...missed }
  if (differs(before.system, now.system)) return { type: 'system_changed', ...missed }
  if (differs(before.tools, now.tools)) return { type: 'tools_changed', ...missed }
  const [old, fresh] = [plain(before), plain(now)]
  const goesOn = old.every((block, at) => block === fresh[at])
  return goesOn ? null : { type: 'messages_changed', ...missed }
}

/** Without the marks for the cache, which may move. */
function plain({ messages }: Body) {
  return messages.flatMap(({ role, content }) =>
    blocksOf(content).map(({ cache_control: _, ...block }) => role + JSON.stringify(block)),
  )
}
