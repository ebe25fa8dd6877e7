import { describe, expect, it } from 'vitest'
import { refusedBy } from '../../src/model/error.ts'
import { refusalIn } from '../../src/model/refusal.ts'
import type { Kind, ModelError } from '../../src/model.ts'

const html = (title: string) => `<!DOCTYPE html>\n<html><head><title>${title}</title></head></html>`
const said = (message: string, type = 'invalid_request_error') => ({
  type: 'error',
  error: { type, message },
  request_id: 'req_1',
})
const SIGNATURE =
  'messages.1.content.0: Invalid `signature` in `thinking` block. The block is bound to a different conversation. Remove the block, or set `thinking.block_binding.prefix_mismatch_behavior` to "drop_block".'
const LONG = 'prompt is too long: 210000 tokens > 200000 maximum'
const EXTRA = 'Extra usage is required for long context requests.'
const LONG_ON_BEDROCK = 'Input is too long for requested model.'
const HISTORY = 'messages.3.content.1: `tool_use` ids were found without `tool_result` blocks'

function errorOf(status: number, told: unknown, headers: Record<string, string> = {}): ModelError {
  return refusedBy(refusalIn({ status, told, headers: new Headers(headers) }))
}

describe('what went wrong is decided by what is said', () => {
  it.each<[Kind, number, unknown]>([
    // The API itself.
    ['invalid', 400, said(HISTORY)],
    ['too_long', 400, said(LONG)],
    ['too_long', 413, said('Request exceeds the maximum size', 'request_too_large')],
    ['too_long', 400, said('input length and `max_tokens` exceed context limit: 197202 + 21333')],
    ['too_long', 400, said('messages: too many total text bytes: 9007000 > 9000000')],
    ['signature', 400, said(SIGNATURE)],
    ['signature', 400, said('messages.1.content.0: Invalid `signature` in `thinking` block')],
    ['compaction', 400, said('messages: Invalid `signature` in `compaction` block')],
    ['compaction', 400, said('compaction: Extra inputs are not permitted')],
    ['field', 400, said('cache_control: Extra inputs are not permitted')],
    ['field', 400, said('max_tokens: 200000 > 128000, which is the maximum allowed number')],
    ['unknown_model', 404, said('model: claude-nine', 'not_found_error')],
    ['unknown_model', 404, said('model: claude-2 has been retired', 'not_found_error')],
    ['route', 404, said('Not Found', 'not_found_error')],
    ['rejected_key', 401, said('invalid x-api-key', 'authentication_error')],
    ['permission', 403, said('Your key may not use this', 'permission_error')],
    ['spent', 400, said('Your credit balance is too low to access the API')],
    ['spent', 402, said('Pay first', 'billing_error')],
    ['rate_limited', 429, said('exceed the rate limit of 40,000 input tokens', 'rate_limit_error')],
    ['overloaded', 529, said('Overloaded', 'overloaded_error')],
    ['too_long', 429, said(EXTRA, 'rate_limit_error')],
    ['too_long', 400, said('The long context beta is not yet available for this subscription.')],
    ['too_long', 400, said('messages: too many images: 101 > 100')],
    ['too_long', 400, said('image dimensions exceed max allowed size for many-image requests')],
    [
      'signature',
      400,
      said('messages.1.content.0: the thinking block was produced by another key'),
    ],
    ['signature', 400, said('messages.3.content.1.redacted_thinking.data: Invalid base64')],
    ['signature', 400, said('messages.1.content.0.thinking: Extra inputs are not permitted')],
    ['signature', 400, said("messages.1.content.0: Input tag 'thinking' found using 'type'")],
    ['signature', 400, said('`thinking` blocks in history need thinking')],
    ['permission', 403, said('Requests from your country are not supported', 'forbidden')],
    ['server', 500, said('Internal server error', 'api_error')],
    ['timeout', 504, said('Timed out', 'timeout_error')],
    ['blocked', 400, said('Output blocked by content filtering policy')],
    // Behind the status of somebody else.
    ['too_long', 500, said(LONG)],
    ['too_long', 502, { error: { message: LONG, code: 502 } }],
    ['too_long', 500, LONG],
    ['too_long', 200, said(LONG)],
    ['too_long', 200, { error: { message: LONG } }],
    ['too_long', 200, LONG],
    ['too_long', 400, { message: LONG_ON_BEDROCK }],
    ['too_long', 400, { error: { message: `litellm.BadRequestError: ${LONG_ON_BEDROCK}` } }],
    ['too_long', 400, { error: { code: 'context_length_exceeded', message: 'Too much' } }],
    // Waiting does not make it shorter.
    ['too_long', 429, said(LONG)],
    ['too_long', 429, said(LONG, 'rate_limit_error')],
    ['too_long', 429, { error: { message: LONG_ON_BEDROCK, code: 429 } }],
    ['too_long', 429, { error: { code: 'context_length_exceeded', message: 'Too much' } }],
    ['too_long', 429, LONG],
    ['too_long', 529, said(LONG, 'overloaded_error')],
    ['too_long', 200, said(LONG, 'rate_limit_error')],
    ['rate_limited', 429, said('Your prompt is too long for 40,000 tokens per minute')],
    ['rate_limited', 429, { error: { message: 'Request too large on tokens per min (TPM)' } }],
    ['rate_limited', 429, said('Number of request tokens has exceeded your daily rate limit')],
    // Its status says more than its words.
    ['rate_limited', 429, said('Request was blocked due to rate limiting', 'rate_limit_error')],
    ['rate_limited', 429, { error: { message: 'Your request has been blocked due to load' } }],
    ['rejected_key', 401, said('Request blocked due to its key', 'authentication_error')],
    ['overloaded', 529, said('Request was blocked due to load', 'overloaded_error')],
    ['invalid', 502, said(HISTORY)],
    ['invalid', 500, `upstream said: ${JSON.stringify(said(HISTORY))}`],
    ['invalid', 200, said(HISTORY)],
    ['invalid', 200, said('As it is')],
    ['signature', 400, { error: { code: 400, message: JSON.stringify(said(SIGNATURE)) } }],
    ['signature', 500, { error: { type: 'request_fail', upstream_error: said(SIGNATURE) } }],
    ['signature', 400, { error: { code: '400', message: SIGNATURE, type: 'invalid_params' } }],
    ['signature', 400, { error: { metadata: { raw: JSON.stringify(said(SIGNATURE)) } } }],
    ['overloaded', 400, { error: { message: JSON.stringify(said('Busy', 'overloaded_error')) } }],
    ['overloaded', 200, said('Overloaded', 'overloaded_error')],
    ['rate_limited', 400, { __type: 'ThrottlingException', message: 'Slow down' }],
    [
      'rejected_key',
      400,
      { error: { message: 'API key not valid. Please pass a valid API key.' } },
    ],
    ['unknown_model', 400, { error: { message: 'The provided model identifier is invalid.' } }],
    ['unknown_model', 400, { error: { message: 'claude-nine is not a valid model ID' } }],
    ['unknown_model', 404, { error: { code: 'model_not_found', message: 'Nope' } }],
    ['server', 400, { error: { message: 'Upstream error: connection refused' } }],
    ['server', 503, { error: { message: 'no channel is available for model claude-nine' } }],
    // Guardrails.
    ['declined', 424, { error: [{ code: 2016, message: 'Prompt blocked due to security' }] }],
    ['declined', 424, { success: false }],
    ['declined', 424, 'Failed'],
    ['declined', 446, { error: { message: 'denied' } }],
    ['declined', 400, { error: { type: 'new_sensitive_error', message: 'sensitive content' } }],
    ['declined', 400, { error: { message: 'It may contain inappropriate content.' } }],
    ['declined', 400, { error: { code: 'content_policy_violation', message: 'No' } }],
    ['declined', 400, { error: { message: 'Content Exists Risk' } }],
    ['declined', 400, { error: { message: 'Violated guardrail policy' } }],
    // No API at all.
    ['page', 400, html('400 Bad Request')],
    ['page', 400, '<h1>Bad Request</h1>'],
    ['page', 400, 'Bad Request'],
    ['page', 400, ''],
    ['page', 403, html('Attention Required!')],
    ['page', 401, html('Sign in')],
    ['page', 200, html('Welcome')],
    ['route', 404, 'Not Found'],
    ['route', 404, ''],
    ['route', 404, html('404 Not Found')],
    ['route', 405, 'Method Not Allowed'],
    ['route', 404, { detail: 'Not Found' }],
    ['server', 502, html('502 Bad Gateway')],
    ['server', 520, 'error code: 520'],
    ['rate_limited', 429, html('Slow down')],
    ['too_long', 413, html('413 Request Entity Too Large')],
    ['rejected_key', 401, 'Unauthorized'],
    ['permission', 403, { message: 'Forbidden' }],
  ])('%s: %i %j', (kind, status, told) => {
    expect(errorOf(status, told).kind).toBe(kind)
  })

  it.each([
    ['cache_control: Extra inputs are not permitted', 'cache_control'],
    ['system.0.cache_control: Extra inputs are not permitted', 'cache_control'],
    ['messages.2.content.0.text.cache_control: Extra inputs are not permitted', 'cache_control'],
    ['Unknown parameter: cache_control', 'cache_control'],
    ['#: extraneous key [cache_control] is not permitted, please reformat', 'cache_control'],
    [
      'Invalid JSON payload received. Unknown name "cache_control": Cannot find field.',
      'cache_control',
    ],
    ["Additional properties are not allowed ('cache_control' was unexpected)", 'cache_control'],
    ['This model does not support the effort parameter.', 'effort'],
    ['output_config: Extra inputs are not permitted', 'effort'],
    ["output_config.effort: Input should be 'low', 'medium' or 'high'", 'effort'],
    ['thinking.display: Extra inputs are not permitted', 'thinking.display'],
    ['thinking.adaptive.display: Extra inputs are not permitted', 'thinking.display'],
    ['adaptive thinking is not supported on this model', 'thinking'],
    ['thinking: Extra inputs are not permitted', 'thinking'],
    ['context_management: Extra inputs are not permitted', 'context_management'],
    ['Unexpected value(s) `compact-2026-09-04` for the `anthropic-beta` header.', 'betas'],
    ['tools.0.custom.name: String should match pattern', 'tools'],
    ['max_tokens: must be less than or equal to 128000', 'max_tokens'],
    // Whatever is wrong with it: it is none of what was said.
    ['tools.3.custom.input_schema: JSON schema is invalid.', 'tools'],
    ['tools.0.type: Field required', 'tools'],
    ['system: text content blocks must be non-empty', 'system'],
    ['diagnostics.previous_message_id: message not found', 'diagnostics'],
    ["tool_choice: Input tag 'none' found using 'type' does not match", 'tool_choice'],
    // What was kept for us, and is no more.
    ['container: The container has expired', 'container'],
    ['Container container_01 not found', 'container'],
    ['File file_01 does not exist', 'files'],
    ['The file file_01 has been deleted', 'files'],
  ])('%s', (message, field) => {
    expect(errorOf(400, said(message))).toMatchObject({ kind: 'field', field })
    expect(errorOf(502, said(message))).toMatchObject({ kind: 'field', field })
    expect(errorOf(400, { error: { message } })).toMatchObject({ kind: 'field', field })
  })

  it('a field of a block that was sent back is no field of ours', () => {
    const message = 'messages.65.content.1.tool_use.text: Extra inputs are not permitted'
    expect(errorOf(400, said(message))).toMatchObject({
      kind: 'invalid',
      field: null,
      at: 'messages.65.content.1',
      isCertain: true,
    })
  })

  it.each<[string, Kind, string | null, string | null]>([
    ['cmek_not_approved', 'permission', null, null],
    ['organization_not_enrolled_in_beta', 'permission', null, null],
    ['region_not_supported', 'permission', null, null],
    ['organization_on_hold', 'rejected_key', null, null],
    ['tool_name_conflict', 'field', 'tools', null],
    ['available_tools_limit_exceeded', 'field', 'tools', null],
    ['tool_reference_unresolved', 'field', 'tool_search', null],
    ['compaction_tool_changes_mismatch', 'compaction', null, null],
    ['image_dimensions_too_large', 'invalid', null, 'messages.2.content.1'],
    ['of_tomorrow', 'invalid', null, null],
  ])('by its code alone, since words change: %s', (error_code, kind, field, at) => {
    const paths = error_code.startsWith('image') ? ['messages.2.content.1.content.0'] : undefined
    const error = { type: 'invalid_request_error', message: 'No.', details: { error_code, paths } }
    expect(errorOf(400, { type: 'error', error })).toMatchObject({ kind, field, at })
  })

  it.each<[boolean, number, unknown]>([
    [true, 400, said(LONG)],
    [true, 500, said(LONG)],
    [true, 400, { message: LONG_ON_BEDROCK }],
    [false, 413, html('413 Request Entity Too Large')],
    [false, 413, ''],
    [true, 400, said('messages: no')],
    [false, 400, { error: { message: 'Provider returned error', code: 400 } }],
    [false, 403, html('Attention Required!')],
    [true, 403, said('No', 'permission_error')],
    [true, 402, said('Pay first', 'billing_error')],
    [false, 402, 'Payment Required'],
    [false, 401, 'Unauthorized'],
  ])('certain is %s of %i %j', (isCertain, status, told) => {
    expect(errorOf(status, told).isCertain).toBe(isCertain)
  })

  it('what somebody said is no word on what went wrong', () => {
    const quoted = 'x'.repeat(30)
    const message = `messages.0.content: '${quoted} prompt is too long, guardrail ${quoted}' is bad`
    expect(errorOf(400, said(message))).toMatchObject({ kind: 'invalid' })
  })

  it.each<[string | null, unknown, Record<string, string>]>([
    ['req_header', said('no'), { 'request-id': 'req_header' }],
    ['req_1', said('no'), {}],
    ['req_1', said('no'), { 'x-request-id': 'of-a-proxy' }],
    ['of-a-proxy', '', { 'x-request-id': 'of-a-proxy' }],
    ['req_api', '', { 'x-request-id': 'of-a-proxy', 'llm_provider-request-id': 'req_api' }],
    ['9a-FRA', '', { 'cf-ray': '9a-FRA' }],
    ['req_1', { error: { message: `Oh: ${JSON.stringify(said('no'))}` }, request_id: 'outer' }, {}],
    ['req_1', said('no'), { 'request-id': '[x](https://evil.example) @everyone' }],
    ['9a', '', { 'request-id': '<b>', 'x-request-id': 'x'.repeat(81), 'cf-ray': '9a' }],
    [null, { request_id: { id: 'req_1' } }, { 'request-id': '**bold**' }],
    [null, { request_id: 'with spaces, and so not one' }, {}],
    [null, '', {}],
  ])('the request is %s', (requestId, told, headers) => {
    expect(errorOf(400, told, headers).requestId).toBe(requestId)
  })

  it('what was refused before it was read costs nothing, whatever it is wrapped in', () => {
    expect(errorOf(400, said(LONG)).unpaid).toBe(true)
    expect(errorOf(500, said(LONG)).unpaid).toBe(true)
    expect(errorOf(500, said('Oh', 'api_error')).unpaid).toBe(false)
    expect(errorOf(424, {}).unpaid).toBe(false)
    const refusal = refusalIn({ status: 200, told: said(LONG), headers: new Headers() })
    expect(refusedBy(refusal, { hasBegun: false }).unpaid).toBe(true)
    expect(refusedBy(refusal, { hasBegun: true }).unpaid).toBe(false)
  })
})
