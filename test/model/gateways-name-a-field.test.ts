import { describe, expect, it } from 'vitest'
import { errorOf, LONG, python, said } from './refused.ts'

describe('whoever is asked in its place', () => {
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
