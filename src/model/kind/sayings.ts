import type { Kind } from './kinds.ts'

interface Saying {
  kind: Kind
  says: RegExp
  codes?: RegExp
  causes?: number[]
}

export const REFUSED = [400, 404, 410, 422]
/** Passes, however it is wrapped. */
const BUSY = [...REFUSED, 500, 502, 503]

/** In this order: what is said more exactly comes first. */
export const SAYINGS: Saying[] = [
  {
    kind: 'rate_limited',
    says: /too many (requests|connections|tokens, please)|throttl|rate.?limit/i,
    codes: /throttl/i,
    causes: BUSY,
  },
  {
    kind: 'signature',
    says: /invalid .{0,3}(signature|thought.signature).{0,12}(thinking)?.{0,3}block(?!.*compaction)|bound to a different conversation|thought.?signature|thinking.{0,80}cannot be modified|each thinking block must|\bthinking\.signature\b|redacted_thinking. block|thinking.{0,40}\b(signature|unmodified|verified|expired)\b|\bsignature\b.{0,60}thinking|thinking block was (created|made|signed|produced)|input tag .(redacted_)?thinking. found|thinking\.(thinking|data)\b|\.thinking: extra inputs|thinking. blocks? in (the )?history|content\.\d+\.signature:/i,
  },
  {
    kind: 'compaction',
    says: /compaction/i,
    codes: /^compaction_/,
    causes: REFUSED,
  },
  {
    kind: 'too_long',
    says: /(prompt|input|conversation|request|context|messages?)( tokens?| history)? (is |was |are )?too (long|large)|(content|request|prompt|input|messages?) size .{0,20}exceeds?|length of .{0,20}(prompt|input|messages).{0,20}exceed|reduce the length of (the|your) (prompt|input|messages)|(longer|greater) than .{0,20}context|maximum prompt length|exceeded model token limit|context size is \d|ContextWindowExceeded|long.context.{0,40}(not (yet )?available|usage is required|is required)|usage is required for long context|too many images|many-image requests|exceed\w* .{0,40}\b(context|input)\b|context.?(length|window|size|limit).{0,40}exceed|maximum context length|exceeds the maximum (number of tokens|allowed (number of bytes|size))|too many total text bytes|request_too_large|(payload|entity|body) (is )?too large|payload size exceeds|context length of only|must have less than \d+ tokens|上下文长度|超[过過出].{0,12}(长度|長度|上下文|token)|length less than or equal to \d{5,}|expected maxLength/i,
    codes:
      /context_length_exceeded|ContextWindowExceeded|string_above_max_length|request_too_large|request_body_too_large/,
  },
  {
    kind: 'too_long',
    says: /too many (input |prompt |total )?tokens(?!,? please)|(?<!max_|output |new_)tokens?\b(?!.*per.?(minute|min|day|hour|second))(?!.*rate).{0,60}(exceed|more than|must be <|the (limit|maximum) is)|(prompt|input|request) exceeds? .{0,12}(max|limit)/i,
    causes: [...REFUSED, 413, 500, 502],
  },
  { kind: 'blocked', says: /blocked by content filter/i },
  {
    kind: 'overloaded',
    says: /\boverloaded\b|at (full )?capacity|capacity (is )?(exceeded|constraints)/i,
    codes: /overloaded|ModelNotReady/i,
    causes: BUSY,
  },
  {
    kind: 'unknown_model',
    says: /^model:|model.{0,80}(not (be )?found|does not exist|not exist|is (no longer|not) (available|supported)|(has been|have been|was|were|is|are) (not servable|disabled|retired|deprecated|removed|sunset|discontinued|decommissioned|shut down)|marked .{0,20}as legacy|end of (its )?life|identifier is invalid)|could not resolve the (foundation )?model|on-demand throughput isn.t supported|no endpoints found|provider .{0,20}not (be )?(found|provided|configured)|(unknown|invalid|no such|unsupported|retired|not a valid) model/im,
    codes: /model_not_found/,
    causes: REFUSED,
  },
  {
    kind: 'permission',
    says: /not (allowed|authorized) to (access|use) .{0,20}model|access to the model|your (country|region)|(country|region)\b.{0,30} not (supported|available|allowed)/i,
    codes:
      /model_access_denied|unsupported_country|^cmek_|^organization_(type|not_enrolled)|^region_not|^gcp_project|^storage_not|^(parent_organization|external_key|workspace_human)/,
    causes: [400, 401, 403],
  },
  {
    kind: 'rejected_key',
    says: /(invalid|incorrect|missing|expired).{0,10}(api.?key|x-api-key|credential)|api.?key (is )?(not valid|invalid|expired)|(security|authentication) token|invalid proxy server token|(organization|account|workspace|project) (has been|is|was) (disabled|suspended|deactivated|closed)/i,
    codes: /^organization_on_hold$|ExpiredToken|UnrecognizedClient|InvalidSignature/,
    causes: [400, 401, 403],
  },
  {
    kind: 'server',
    says: /(internal|upstream|temporar)\w* .{0,20}(error|unavailable|failed)|connection (error|(was )?(reset|refused|closed))|currently (unavailable|not available)|service unavailable|bad gateway|try again later|timed? ?out/i,
    causes: [...REFUSED, 424],
  },
]
