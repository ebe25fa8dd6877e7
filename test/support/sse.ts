import type {
  ContentBlock,
  Message,
  MessageCreateParamsStreaming,
  Usage,
} from '@anthropic-ai/sdk/resources/messages/messages'

/** The wire of the Messages API, for whatever stands in for it. */
export type Body = MessageCreateParamsStreaming
export type Block =
  | { type: 'text'; text: string }
  | { type: 'thinking'; thinking: string; signature: string }
  /** `json` stands on the wire in place of the input, to be as broken as it likes. */
  | { type: 'tool_use'; id: string; name: string; input: unknown; json?: string }
  /** A tool that the API runs; what comes of it stands behind it. */
  | { type: 'server_tool_use'; id: string; name: string; input: unknown }
  /** What is sent whole: redacted thinking, results of server tools, kinds to come. */
  | { type: 'whole'; block: object }

export interface Reply {
  id: string
  model: string
  content: Block[]
  stopReason: string
  usage: Usage
  diagnostics?: Message['diagnostics']
  /** Where code has run, and until when that is kept. */
  container?: { id: string; expires_at: string }
  /** How the text is cut into deltas. Words, if nothing is said. */
  pieces?: string[]
}

export interface Event {
  type: string
  delta?: { type?: string; [field: string]: unknown }
  [field: string]: unknown
}

export function* eventsOf(reply: Reply): Generator<Event> {
  const { id, model, content, stopReason, usage, diagnostics = null, container = null } = reply
  yield {
    type: 'message_start',
    message: { ...messageOf(id, model, { ...usage, output_tokens: 1 }), diagnostics },
  }
  for (const [index, block] of content.entries()) {
    yield { type: 'content_block_start', index, content_block: emptied(block) }
    if (index === 0) yield { type: 'ping' }
    for (const delta of deltasOf(block, reply.pieces)) {
      yield { type: 'content_block_delta', index, delta }
    }
    yield { type: 'content_block_stop', index }
  }
  const delta = {
    stop_reason: stopReason,
    stop_sequence: null,
    stop_details: null,
    container,
  }
  const { cache_creation: _, inference_geo: __, service_tier: ___, speed: ____, ...counts } = usage
  yield { type: 'message_delta', delta, usage: counts }
  yield { type: 'message_stop' }
}

/** One network chunk for each part; ends, or breaks, when the parts do or when the signal says so. */
export function streamed(parts: AsyncIterator<Event>, signal: AbortSignal, hungUp = () => {}) {
  const encoder = new TextEncoder()
  let open = true
  const closed = () => {
    if (open) hungUp()
    open = false
  }
  const aborted = new Promise<never>((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason))
  })
  aborted.catch(closed)
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await Promise.race([parts.next(), aborted])
      if (!done) controller.enqueue(encoder.encode(asText(value)))
      if (done) controller.close()
      if (done || value.type === 'message_stop') open = false
    },
    cancel: closed,
  })
  return new Response(body, {
    headers: { 'content-type': 'text/event-stream; charset=utf-8', 'request-id': 'req_scripted' },
  })
}

/** What has no type is a comment, by which a connection is kept open. */
export function asText(event: Event): string {
  if (!event.type) return ': still here\n\n'
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`
}

export interface Failure {
  type?: string
  message?: string
  code?: string
  retryAfter?: number | string
  headers?: Record<string, string>
}

export function failure(
  status: number,
  { type, message, code, retryAfter, headers }: Failure = {},
) {
  const error = {
    type: type ?? TYPES[status] ?? 'api_error',
    message: message ?? 'As the script wants it',
    ...(code && { details: { error_code: code } }),
  }
  return Response.json(
    { type: 'error', error, request_id: 'req_scripted' },
    {
      status,
      headers: {
        'request-id': 'req_scripted',
        ...(retryAfter !== undefined && { 'retry-after': String(retryAfter) }),
        ...headers,
      },
    },
  )
}

export const tokensIn = (text: string) => Math.ceil(text.length / 4)

const TYPES: Record<number, string> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  504: 'timeout_error',
  529: 'overloaded_error',
}

function messageOf(id: string, model: string, usage: Usage): Message {
  return {
    id,
    type: 'message',
    role: 'assistant',
    model,
    content: [],
    stop_reason: null,
    stop_sequence: null,
    stop_details: null,
    container: null,
    diagnostics: null,
    usage,
  }
}

function emptied(block: Block): ContentBlock | object {
  switch (block.type) {
    case 'text':
      return { type: 'text', text: '', citations: null }
    case 'thinking':
      return { type: 'thinking', thinking: '', signature: '' }
    case 'tool_use': {
      const { id, name } = block
      return { type: 'tool_use', id, name, input: {}, caller: { type: 'direct' } }
    }
    case 'server_tool_use': {
      const { id, name } = block
      return { type: 'server_tool_use', id, name, input: {}, caller: { type: 'direct' } }
    }
    case 'whole':
      return block.block
  }
}

function* deltasOf(block: Block, pieces?: string[]) {
  if (block.type === 'text') {
    for (const text of pieces ?? wordsOf(block.text)) yield { type: 'text_delta', text }
  } else if (block.type === 'thinking') {
    for (const thinking of wordsOf(block.thinking)) yield { type: 'thinking_delta', thinking }
    yield { type: 'signature_delta', signature: block.signature }
  } else if (block.type === 'tool_use' || block.type === 'server_tool_use') {
    const json = ('json' in block ? block.json : null) ?? JSON.stringify(block.input)
    const third = Math.ceil(json.length / 3)
    yield { type: 'input_json_delta', partial_json: '' }
    for (let at = 0; at < json.length; at += third) {
      yield { type: 'input_json_delta', partial_json: json.slice(at, at + third) }
    }
  }
}

function wordsOf(text: string): string[] {
  return text.match(/\s*\S+\s*?(?=\s|$)|\s+/g) ?? []
}
