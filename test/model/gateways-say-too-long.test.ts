import { describe, expect, it } from 'vitest'
import { embeddedIn } from '../../src/model/embedded.ts'
import { errorOf, json, LONG, python, said } from './refused.ts'

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
