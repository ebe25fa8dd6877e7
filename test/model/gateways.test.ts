import { describe, expect, it } from 'vitest'
import { embeddedIn } from '../../src/model/embedded.ts'
import { refusedBy } from '../../src/model/error.ts'
import { refusalIn } from '../../src/model/refusal.ts'
import type { Kind } from '../../src/model.ts'

// What the API refuses comes through gateways, each of which has its own way of saying it.

const LONG = 'prompt is too long: 210000 tokens > 200000 maximum'
const said = (message: string, type = 'invalid_request_error') => ({
  type: 'error',
  error: { type, message },
  request_id: 'req_1',
})
const json = (message: string) => JSON.stringify(said(message))
const python = (message: string) =>
  `{'type': 'error', 'error': {'type': 'invalid_request_error', 'message': '${message}', 'param': None}, 'request_id': 'req_1'}`

function errorOf(status: number, told: unknown, headers: Record<string, string> = {}) {
  return refusedBy(refusalIn({ status, told, headers: new Headers(headers) }))
}

describe('too long is too long', () => {
  it.each<[string, number, unknown]>([
    [
      'LiteLLM',
      400,
      { error: { message: `AnthropicException - ${json(LONG)}. Group=x`, code: '400' } },
    ],
    ['in bytes', 400, { error: { message: `AnthropicError - b'${json(LONG)}'`, type: null } }],
    ['as Python prints it', 400, { error: { message: `Error code: 400 - ${python(LONG)}` } }],
    ['behind a 500', 500, { detail: `Error code: 400 - {'error': {'message': '${LONG}'}}` }],
    ['after other braces', 500, `Model {claude} failed: ${json(LONG)} (see {docs})`],
    ['as JSON in a string', 500, { error: JSON.stringify(json(LONG)) }],
    ['as a string of JSON', 500, JSON.stringify(json(LONG))],
    ['escaped', 500, { error: `upstream: ${JSON.stringify(json(LONG)).slice(1, -1)}` }],
    ['Pydantic', 422, { detail: [{ type: 'value_error', loc: ['body', 'messages'], msg: LONG }] }],
    ['a problem', 400, { title: 'Bad Request', status: 400, detail: LONG }],
    [
      'OpenRouter',
      502,
      { error: { message: 'Provider returned error', code: 502, metadata: { raw: json(LONG) } } },
    ],
    ['Cloudflare', 400, { success: false, errors: [{ code: 5006, message: LONG }] }],
    ['somewhere within', 400, { response: { error: { message: LONG } } }],
    ['or deeper', 400, { error: { message: 'Bad', details: [{ reason: LONG }] } }],
    ['Bedrock', 400, { Message: 'Input is too long for requested model.' }],
    ['Bedrock, otherwise', 400, { message: 'Too many input tokens. Max input tokens: 200000' }],
    ['Bedrock, in a stream', 200, { validationException: { message: 'Input is too long.' } }],
    [
      'Vertex',
      400,
      [{ error: { code: 400, message: 'Prompt is too long', status: 'INVALID_ARGUMENT' } }],
    ],
    [
      'Google',
      400,
      {
        error: {
          message: 'The input token count (9) exceeds the maximum number of tokens allowed (8).',
        },
      },
    ],
    [
      'as OpenAI says it',
      400,
      { error: { message: "This model's maximum context length is 8 tokens.", code: null } },
    ],
    [
      'its window',
      400,
      { error: { message: 'Your input exceeds the context window of this model.' } },
    ],
    ['its size', 400, { error: { message: 'the request exceeds the available context size' } }],
    ['its limit', 400, { error: { message: 'prompt token count of 9 exceeds the limit of 8' } }],
    ['both together', 400, said('input length and `max_tokens` exceed context limit: 7 + 2 > 8')],
    ['a number', 400, said('messages: at least 9 tokens were given, but the limit is 8')],
    [
      'inference',
      422,
      { error: 'Input validation error: `inputs` tokens + `max_new_tokens` must be <= 8' },
    ],
    ['a length', 400, { error: { message: 'Prompt exceeds max length' } }],
    ['a server', 413, 'Payload Too Large'],
    [
      'Google, in bytes',
      400,
      { error: { message: 'Request payload size exceeds the limit: 9 bytes.' } },
    ],
    ['a model on a desk', 400, { error: 'It is loaded with context length of only 4096 tokens' }],
    [
      'inference, otherwise',
      422,
      { error: '`inputs` must have less than 4096 tokens. Given: 5000' },
    ],
    ['a gateway in China', 400, { error: { message: '输入长度超过模型最大上下文长度限制' } }],
    ...[
      "The input (300000 tokens) is longer than the model's context length (262144 tokens).",
      "This model's maximum prompt length is 131072 but the request contains 537812 tokens",
      'Please reduce the length of the messages or completion.',
      'tokens to keep from the initial prompt is greater than the context length',
      'Your request exceeded model token limit: 262144 (requested: 300000)',
      'Prompt has 300000 tokens, but the configured context size is 200000 tokens',
      'The request size (38MB) exceeds 30.000MB limit.',
      'text content size exceeds maximum allowed',
      'The conversation history is too long for this model',
      'total length of messages exceeds limit',
      'litellm.ContextWindowExceededError: boom',
    ].map((message): [string, number, unknown] => [message, 400, { error: { message } }]),
    ['a code alone', 400, { error: { code: 'string_above_max_length', message: 'No.' } }],
    ['words by another name', 400, { error: { error_msg: LONG, error_code: 17 } }],
    ['a description', 400, { error: { description: LONG } }],
    [
      'who asks too often for that much at once',
      429,
      {
        error: {
          message:
            'Request too large for claude on tokens per min (TPM): Limit 30000, Requested 45000.',
        },
      },
    ],
  ])('as %s says it', (_, status, told) => {
    expect(errorOf(status, told)).toMatchObject({ kind: 'too_long', retryable: false })
  })

  it.each<[string, number, unknown]>([
    [
      'a limit of a minute',
      429,
      said(
        "would exceed your organization's rate limit of 40,000 input tokens per minute",
        'rate_limit_error',
      ),
    ],
    [
      'the same, wrapped',
      500,
      {
        error: {
          message: 'This request would exceed the rate limit of 40,000 input tokens per minute',
        },
      },
    ],
    ['the same, of Bedrock', 400, { message: 'Too many tokens, please wait before trying again.' }],
    [
      'what it may answer',
      400,
      said('max_tokens: 200000 > 64000, which is the maximum allowed number of output tokens'),
    ],
    ['a name', 400, said('tools.0.custom.name: String should have at most 128 characters')],
    [
      'a picture',
      400,
      said('messages.0.content.1.image.source.base64: image exceeds 5 MB maximum'),
    ],
  ])('and %s is not', (_, status, told) => {
    expect(errorOf(status, told).kind).not.toBe('too_long')
  })
})

describe('whoever is asked in its place', () => {
  it.each<[Kind, number, unknown]>([
    // No such thing here: that is for the operator, whatever it is sent as.
    ...[404, 405, 406, 410, 411, 415, 421, 426, 501, 505].flatMap(
      (status): [Kind, number, unknown][] => [
        ['route', status, 'Not here'],
        ['route', status, '<html><body>Not here</body></html>'],
        ['route', status, { message: 'Not here' }],
      ],
    ),
    [
      'unknown_model',
      404,
      {
        error: {
          code: 404,
          message:
            'Publisher Model `x/claude-9` was not found or your project does not have access to it.',
        },
      },
    ],
    [
      'unknown_model',
      400,
      { message: 'Invocation of model ID claude-9 with on-demand throughput isn’t supported.' },
    ],
    [
      'unknown_model',
      404,
      { message: 'Could not resolve the foundation model from the provided model identifier.' },
    ],
    [
      'unknown_model',
      404,
      { error: { message: 'No endpoints found for anthropic/claude-9.', code: 404 } },
    ],
    ['unknown_model', 404, { message: 'This model version has reached the end of its life.' }],
    ['unknown_model', 410, { error: { message: 'The model claude-9 has been sunset' } }],
    ['unknown_model', 400, { error: { message: 'Invalid model name passed in model=claude-9' } }],
    [
      'permission',
      401,
      {
        error: {
          message: 'key not allowed to access model',
          type: 'key_model_access_denied',
          code: '401',
        },
      },
    ],
    [
      'permission',
      403,
      { message: "You don't have access to the model with the specified model ID." },
    ],
    ['rejected_key', 403, { message: 'The security token included in the request is expired' }],
    [
      'rejected_key',
      401,
      { error: { message: 'Authentication Error, Invalid proxy server token passed.' } },
    ],
    [
      'spent',
      400,
      {
        error: { message: 'Budget has been exceeded! Current cost: 10.2', type: 'budget_exceeded' },
      },
    ],
    [
      'spent',
      429,
      { error: { message: 'You exceeded your current quota', code: 'insufficient_quota' } },
    ],
    ['overloaded', 503, { message: 'The model is currently overloaded. Please try again later.' }],
    ['overloaded', 200, { error: { message: 'Busy', code: 529 } }],
    ...[
      ['spent', 'ExceededBudget: User=x over budget. Spend=10.2, Budget=10.0'],
      ['spent', 'Authentication Error, ExceededTokenBudget: Current spend: 3.0; Max Budget: 2.0'],
      ['spent', 'You have run out of credits'],
      ['spent', '余额不足或无可用资源包,请充值。'],
      ['spent', 'Your team has reached its spending cap'],
      ['unknown_model', 'failed to get config for provider anthropic: not found'],
      ['unknown_model', 'litellm.BadRequestError: LLM Provider NOT provided.'],
      ['unknown_model', 'The model `claude-x` has been disabled by the administrator'],
      ['server', 'The requested model is currently unavailable.'],
      ['server', 'Connection error.'],
      ['declined', 'litellm.ContentPolicyViolationError: blocked'],
      ['declined', 'prompt pattern is blocked'],
      ['declined', 'This request was rejected: it appears to violate our Usage Policy'],
      ['declined', '{"error": "Violated OpenAI moderation policy"}'],
      ['declined', 'Lakera AI: prompt injection detected'],
    ].map(([kind, message]): [Kind, number, unknown] => [
      kind as Kind,
      400,
      { error: { message } },
    ]),
    ['spent', 403, { error: { message: '用户额度不足', code: 'insufficient_user_quota' } }],
    ['spent', 429, { error: { message: 'Over.', type: 'budget_exceeded', code: '429' } }],
    ['server', 424, { message: 'ModelNotReadyException: Model is not ready for inference' }],
    [
      'rejected_key',
      403,
      { error: { message: 'This organization has been disabled for violating our usage policy.' } },
    ],
    [
      'overloaded',
      500,
      {
        error: {
          message:
            "{'type': 'error', 'error': {'type': 'overloaded_error', 'message': 'Overloaded'}}",
        },
      },
    ],
    ['rate_limited', 200, { error: { message: 'Slow down', code: 429 } }],
    ['rate_limited', 503, { message: 'Too many connections, please wait before trying again.' }],
    ['rate_limited', 200, { throttlingException: { message: 'Slow' } }],
    ['timeout', 524, '<html><title>524: A timeout occurred</title></html>'],
    ['declined', 424, '<html>Blocked</html>'],
    [
      'declined',
      403,
      { error: { message: 'Input was flagged', metadata: { flagged_input: LONG } } },
    ],
    [
      'declined',
      400,
      { error: { message: "{'error': 'Violated guardrail policy'}", code: '400' } },
    ],
    [
      'server',
      424,
      { message: 'The system encountered an unexpected error.', __type: 'ModelErrorException' },
    ],
    ['server', 424, { message: 'Failed Dependency: upstream' }],
    ['signature', 400, said('messages.1.content.0.thinking.signature: Field required')],
    ...[
      'messages.1.content.0: thinking block signature could not be verified',
      'messages.1.content.0: The thinking block signature has expired',
      'messages.3.content.0: thinking blocks must be passed back unmodified',
      'messages.3.content.0.signature: Invalid encrypted content',
      'The thinking block was created by a different model or organization.',
      'messages.1.content.0: signature verification failed for thinking block',
    ].map((words): [Kind, number, unknown] => ['signature', 400, said(words)]),
    ['signature', 500, { error: 'thinking signature mismatch' }],
    [
      'unknown_model',
      404,
      said('The model claude-9 was retired on 2026-11-30.', 'not_found_error'),
    ],
    ['unknown_model', 404, { message: 'This Model is marked by provider as Legacy' }],
    ['rejected_key', 400, said('This organization has been disabled.')],
    ['spent', 403, { error: { message: 'Key limit exceeded (total limit).', code: 403 } }],
    ['overloaded', 529, '<html>529</html>'],
    ['signature', 400, said('messages.5.content.0: Invalid `data` in `redacted_thinking` block')],
    [
      'signature',
      400,
      {
        error: {
          message: `Error code: 400 - ${python('messages.1.content.0: Invalid `signature` in `thinking` block')}`,
        },
      },
    ],
    ['invalid', 500, `Error code: 400 - ${python('messages.3: roles must alternate')}`],
  ])('%s: %i %j', (kind, status, told) => {
    expect(errorOf(status, told).kind).toBe(kind)
  })

  it.each([
    [
      400,
      {
        detail: [
          {
            type: 'extra_forbidden',
            loc: ['body', 'cache_control'],
            msg: 'Extra inputs are not permitted',
            input: {},
          },
        ],
      },
      'cache_control',
    ],
    [
      422,
      { detail: [{ loc: ['body', 'thinking', 'display'], msg: 'Extra inputs are not permitted' }] },
      'thinking.display',
    ],
    [
      400,
      {
        error: {
          message: 'Unsupported parameter.',
          param: 'thinking',
          code: 'unsupported_parameter',
        },
      },
      'thinking',
    ],
    [
      400,
      { error: { message: "bedrock does not support parameters: ['output_config'], for model=x" } },
      'effort',
    ],
    [400, { message: 'invalid beta flag' }, 'betas'],
    [
      400,
      said('A maximum of 4 blocks with cache_control may be provided. Found 5.'),
      'cache_control',
    ],
    [400, said('cache_control.ttl: Extra inputs are not permitted'), 'cache_control'],
    [400, said('tools.0.custom.strict: Extra inputs are not permitted'), 'tools'],
    [400, said('context_management: Extra inputs are not permitted'), 'context_management'],
    [
      400,
      said(
        'messages.1.content.0.type: Expected `thinking` or `redacted_thinking`, but found `tool_use`. When `thinking` is enabled, a final `assistant` message must start with a thinking block.',
      ),
      'thinking',
    ],
    [400, said('stream: Extra inputs are not permitted'), 'stream'],
    ...[
      ['thinking: unknown variant `adaptive`, expected `enabled` or `disabled`', 'thinking'],
      ["additionalProperties: 'cache_control' was unexpected", 'cache_control'],
      ["'cache_control' is an unknown key", 'cache_control'],
      ['cache_control is not implemented', 'cache_control'],
      ['cache_control not allowed', 'cache_control'],
      ['Parameter output_config.effort invalid for this model', 'effort'],
      ["'claude-haiku-4-5' does not support tool types: web_fetch_20260318", 'web_fetch'],
      [
        'diagnostics.previous_message_id: must be the `id` from a prior response (starts with `msg_`)',
        'diagnostics',
      ],
    ].map(([message, field]): [number, unknown, string] => [
      400,
      { error: { message } },
      field ?? '',
    ]),
    [400, { message: '#: extraneous key [stream] is not permitted' }, 'stream'],
    [400, said('metadata: Extra inputs are not permitted'), 'metadata'],
    [400, said('anthropic-version: 2026-10-21 is not a valid version'), 'anthropic-version'],
    [500, `Error code: 400 - ${python('thinking: Extra inputs are not permitted')}`, 'thinking'],
  ])('a field that is not taken: %i %j', (status, told, field) => {
    expect(errorOf(status, told)).toMatchObject({ kind: 'field', field })
  })

  it('is no page for that it calls its words one', () => {
    const html = { 'content-type': 'text/html; charset=utf-8' }
    expect(errorOf(400, LONG, html).kind).toBe('too_long')
    expect(errorOf(400, '', html).kind).toBe('page')
    expect(errorOf(400, `<p>${LONG}</p>`, html).kind).toBe('page')
  })

  it('names the call by its innermost name', () => {
    expect(errorOf(400, { error: { message: `x - ${python(LONG)}` } }).requestId).toBe('req_1')
  })
})

describe('JSON in a sentence', () => {
  it.each<[string, string, unknown[]]>([
    ['no JSON at all', 'no JSON at all', []],
    ['before {"a":1} after', 'before', [{ a: 1 }]],
    ['{"a":"}"}{"b":"{"}', '', [{ a: '}' }, { b: '{' }]],
    ["x {'a': \"it's\", 'b': [True, None]}", 'x', [{ a: "it's", b: [true, null] }]],
    ["{'a': 'say \"hi\"'}", '', [{ a: 'say "hi"' }]],
    ['{not} {"a":1}', '{not}', [{ a: 1 }]],
    ['{"a":1', '{"a":1', []],
    ['"{\\"a\\":1}"', '', ['{"a":1}']],
  ])('%s', (text, before, values) => {
    expect(embeddedIn(text)).toEqual({ before, values })
  })

  it.each([
    ['braces', '{'.repeat(20_000)],
    ['quotes', '{"'.repeat(10_000)],
    ['nesting', JSON.stringify(Array.from({ length: 300 }).reduce((inner) => ({ inner }), {}))],
    ['much of it', { a: Array.from({ length: 5_000 }, () => ({ message: LONG.repeat(9) })) }],
  ])('of a great many %s is read in no time', { timeout: 2_000 }, (_, told) => {
    expect(errorOf(500, told).status).toBe(500)
  })
})
