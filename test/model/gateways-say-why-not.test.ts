import { describe, expect, it } from 'vitest'
import type { Kind } from '../../src/model.ts'
import { errorOf, LONG, python, said } from './refused.ts'

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
})
