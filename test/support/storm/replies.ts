import fc from 'fast-check'
import { HARMS, type Harm } from '../harm.ts'

/** What the API, or whatever stands in its place, does with one call. */
export type Reply =
  | { what: 'error'; status: number; headers: Record<string, string>; body: string }
  | { what: 'error in a stream'; begun: boolean; named: boolean; data: string }
  | { what: 'drop' }
  | { what: 'hang'; how: 'silent' | 'pings' | 'comments' | 'after its end' }
  | { what: 'cut'; at: number; resets: boolean }
  | { what: 'answer'; content: Said[]; stop: string; harms: Harm[]; size: number; whole: boolean }
  | { what: 'compaction'; block: object | null; stop: string }

/** A block of an answer; a tool's input as it stands on the wire. */
export type Said =
  | { type: 'text'; text: string }
  | { type: 'thinking' }
  | { type: 'tool_use'; id: string | null; name: string; json: string }
  | { type: 'other'; block: object }

const LONG = 'prompt is too long: 210000 tokens > 200000 maximum'
const SAID: [type: string, message: string][] = [
  ['invalid_request_error', LONG],
  ['invalid_request_error', 'input length and `max_tokens` exceed context limit: 7 + 2 > 8'],
  [
    'invalid_request_error',
    'messages.1.content.0: Invalid `signature` in `thinking` block. The block is bound to a different conversation.',
  ],
  [
    'invalid_request_error',
    'messages.3.content.1: `tool_use` ids were found without `tool_result` blocks',
  ],
  ['invalid_request_error', 'messages: invalid content'],
  ['invalid_request_error', 'cache_control: Extra inputs are not permitted'],
  ['invalid_request_error', 'thinking.display: Extra inputs are not permitted'],
  ['invalid_request_error', 'output_config.effort: not supported by this model'],
  ['invalid_request_error', 'thinking: Extra inputs are not permitted'],
  ['invalid_request_error', 'context_management: Extra inputs are not permitted'],
  ['invalid_request_error', 'tools.0.custom.strict: Extra inputs are not permitted'],
  [
    'invalid_request_error',
    'Unexpected value(s) `compact-2026-09-04` for the `anthropic-beta` header.',
  ],
  ['invalid_request_error', 'compaction: Extra inputs are not permitted'],
  ['invalid_request_error', 'Your credit balance is too low to access the API'],
  ['invalid_request_error', 'Output blocked by content filtering policy'],
  ['invalid_request_error', ''],
  ['authentication_error', 'invalid x-api-key'],
  ['billing_error', 'Pay first'],
  ['permission_error', 'Your key may not use this'],
  ['not_found_error', 'model: claude-nine'],
  ['not_found_error', 'Not Found'],
  ['conflict_error', 'Conflict'],
  ['request_too_large', 'Request exceeds the maximum size'],
  ['rate_limit_error', 'exceed the rate limit of 40,000 input tokens per minute'],
  ['api_error', 'Internal server error'],
  ['timeout_error', 'Timed out'],
  ['overloaded_error', 'Overloaded'],
  ['of_somebody_else', 'undefined'],
]
const STATUS: Record<string, number> = {
  invalid_request_error: 400,
  authentication_error: 401,
  billing_error: 402,
  permission_error: 403,
  not_found_error: 404,
  conflict_error: 409,
  request_too_large: 413,
  rate_limit_error: 429,
  timeout_error: 504,
  overloaded_error: 529,
}
const STATUSES = [
  400, 401, 402, 403, 404, 405, 408, 410, 413, 415, 422, 424, 425, 426, 429, 446, 451, 500, 501,
  502, 503, 504, 520, 524, 529,
]

const native = fc.constantFrom(...SAID).map(([type, message]) => ({
  status: STATUS[type] ?? 500,
  json: JSON.stringify({ type: 'error', error: { type, message }, request_id: 'req_1' }),
  message,
}))

/** The same, as a gateway puts it. */
const wrapped = fc
  .tuple(native, fc.nat(7), fc.constantFrom(...STATUSES))
  .map(([{ status, json, message }, way, other]) => {
    const python = json.replaceAll('"', "'")
    switch (way) {
      case 0:
        return { status: other, body: json }
      case 1:
        return {
          status,
          body: JSON.stringify({
            error: { message: `AnthropicException - ${json}`, code: `${status}` },
          }),
        }
      case 2:
        return {
          status: 500,
          body: JSON.stringify({ detail: `Error code: ${status} - ${python}` }),
        }
      case 3:
        return {
          status: 502,
          body: JSON.stringify({
            error: { message: 'Provider returned error', code: 502, metadata: { raw: json } },
          }),
        }
      case 4:
        return { status: other, body: message }
      case 5:
        return {
          status,
          body: JSON.stringify({ success: false, errors: [{ code: 2016, message }] }),
        }
      case 6:
        return {
          status,
          body: JSON.stringify({
            detail: [{ loc: ['body', 'messages'], msg: message, input: {} }],
          }),
        }
      default:
        return { status: other, body: JSON.stringify(json) }
    }
  })
const strange = fc.record({
  status: fc.constantFrom(...STATUSES),
  body: fc.oneof(
    fc.constantFrom(
      '',
      '{}',
      '[]',
      'null',
      '{',
      '<html><body>Sorry</body></html>',
      '<!doctype html><title>Attention Required!</title>',
      'upstream connect error',
      '{"error":null}',
      '{"error":"no"}',
      '{"type":"error"}',
    ),
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.stringify(value)),
  ),
})
const headers = fc.constantFrom<Record<string, string>[]>(
  {},
  { 'content-type': 'application/json', 'request-id': 'req_1' },
  { 'content-type': 'text/html' },
  { 'content-type': 'text/event-stream', 'request-id': '[x](https://evil.example) @everyone' },
  { 'retry-after': '2' },
  { 'retry-after': '600000' },
  { 'retry-after': 'Thu, 01 Jan 1970 00:00:00 GMT', 'x-request-id': '<b>undefined</b>' },
  { 'retry-after-ms': 'NaN' },
)

const error: fc.Arbitrary<Reply> = fc
  .tuple(
    fc.oneof(
      native.map(({ status, json }) => ({ status, body: json })),
      wrapped,
      strange,
    ),
    headers,
  )
  .map(([{ status, body }, headers]) => ({ what: 'error', status, headers, body }))

const inStream: fc.Arbitrary<Reply> = fc
  .tuple(
    fc.oneof(
      native.map(({ json }) => json),
      wrapped.map(({ body }) => body),
    ),
    fc.boolean(),
    fc.boolean(),
  )
  .map(([data, begun, named]) => ({ what: 'error in a stream', begun, named, data }))

const broken: fc.Arbitrary<Reply> = fc.oneof(
  fc.constant<Reply>({ what: 'drop' }),
  fc
    .constantFrom('silent' as const, 'pings' as const, 'comments' as const)
    .map((how): Reply => ({ what: 'hang', how })),
  // Of an answer with a dozen events: none of them is whole.
  fc.tuple(fc.nat(8), fc.boolean()).map(([at, resets]): Reply => ({ what: 'cut', at, resets })),
)

/** None of them is an answer. */
export const failing = fc.oneof(
  { weight: 5, arbitrary: error },
  { weight: 2, arbitrary: inStream },
  { weight: 2, arbitrary: broken },
)

const HALF = '\\ud83d'
const inputs = fc.oneof(
  fc.constantFrom(
    ...['', '{}', '[]', 'null', '"x"', '7', 'NaN', '{"a":NaN}', '{"a":1e999}', '{"count": 3, "aro'],
    ...[
      `{"words":"half ${HALF} of it"}`,
      `{"${HALF}":{"${HALF}":["${HALF}"]}}`,
      '{"__proto__":{"a":1}}',
    ],
    ...[
      '{"count":-0}',
      '{"count":1e400,"around":-1}',
      '{"message_id":9007199254740993,"content":"👏"}',
    ],
    `{"${'k'.repeat(3_000)}":1}`,
    `${'{"a":'.repeat(300)}1${'}'.repeat(300)}`,
    `{"content":"${'long '.repeat(5_000)}"}`,
  ),
  fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.stringify(value)),
)
const names = fc.constantFrom(
  ...['boost', 'read_messages', 'search_conversation', 'memory', 'read_result', 'attach_file'],
  ...['no_such_tool', 'with spaces', '', 'x'.repeat(200), '👏', '__proto__', 'constructor'],
)
const texts = fc.oneof(
  fc.constantFrom(
    'Well.',
    '',
    ' \n',
    '\ud83d',
    'half \ud83d',
    '**bold',
    '```',
    '<b>x</b>',
    '&nbsp;',
    '\u200b',
    '@David',
    '|a|b|\n|-|-|',
    'long '.repeat(4_000),
    '</asked>',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
)
const block: fc.Arbitrary<Said> = fc.oneof(
  texts.map((text): Said => ({ type: 'text', text })),
  fc.constant<Said>({ type: 'thinking' }),
  fc
    .tuple(fc.constantFrom(null, '', 'toolu_same', 'toolu_a b'), names, inputs)
    .map(([id, name, json]): Said => ({ type: 'tool_use', id, name, json })),
  fc
    .constantFrom<object[]>(
      { type: 'redacted_thinking', data: 'x' },
      { type: 'redacted_thinking', data: '' },
      { type: 'server_tool_use', id: 'srvtoolu_1', name: 'web_search', input: {} },
      { type: 'web_search_tool_result', tool_use_id: 'srvtoolu_9', content: [] },
      { type: 'new_kind', data: 'x' },
      { type: 'fallback' },
      { type: 'compaction', content: null },
    )
    .map((one): Said => ({ type: 'other', block: one })),
)
const harm = fc.record<Harm>({ does: fc.constantFrom(...HARMS), at: fc.nat(), field: fc.nat() })

/** It is well, more or less, and says something odd. */
const odd: fc.Arbitrary<Reply> = fc.record({
  what: fc.constant('answer' as const),
  content: fc.array(block, { maxLength: 4 }),
  stop: fc.constantFrom(
    'end_turn',
    'end_turn',
    'tool_use',
    'max_tokens',
    'refusal',
    'pause_turn',
    'stop_sequence',
    'model_context_window_exceeded',
    'compaction',
    'of_tomorrow',
  ),
  harms: fc.array(harm, { maxLength: 3 }),
  size: fc.integer({ min: 1, max: 40 }),
  whole: fc.boolean(),
})
/** What there is to tell stands in its place. */
export const TOLD = 'told'
const compaction: fc.Arbitrary<Reply> = fc
  .tuple(
    fc.constantFrom<(object | null)[]>(
      null,
      { type: 'compaction' },
      { type: 'compaction', content: '' },
      { type: 'compaction', content: null, signature: null },
      { type: 'compaction', content: 7, signature: 'forged' },
      { type: 'compaction', content: TOLD },
      { type: 'compaction', content: TOLD, signature: '' },
    ),
    fc.constantFrom('compaction', 'tool_use', 'end_turn', 'refusal'),
  )
  .map(([block, stop]) => ({ what: 'compaction', block, stop }))

/** Whatever it may answer. */
export const anything = fc.oneof(
  { weight: 4, arbitrary: failing },
  { weight: 4, arbitrary: odd },
  { weight: 1, arbitrary: compaction },
  { weight: 1, arbitrary: fc.constant<Reply>({ what: 'hang', how: 'after its end' }) },
)
