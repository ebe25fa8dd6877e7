import { type Refusal, STATUS_OF } from './refusal.ts'

/** Why there is no answer, by cause. */
export type Kind = keyof typeof KINDS

export const KINDS = {
  overloaded: { retryable: true, sentence: 'The model is overloaded' },
  rate_limited: { retryable: true, sentence: 'We reached the rate limit of the model' },
  server: { retryable: true, sentence: 'The model failed' },
  timeout: { retryable: true, sentence: 'The model took too long' },
  cut: { retryable: true, sentence: 'The answer broke off' },
  connection: { retryable: true, sentence: 'The model could not be reached' },
  page: { retryable: true, sentence: 'Something that is no model answered in its place' },
  rejected_key: { retryable: false, sentence: 'The model rejected our key' },
  permission: { retryable: false, sentence: 'Our key may not do this' },
  spent: { retryable: false, sentence: 'The credit or the spending limit is used up' },
  unknown_model: { retryable: false, sentence: 'Our key has no model of that name' },
  route: { retryable: false, sentence: 'There is no Messages API at this address' },
  field: { retryable: false, sentence: 'The model takes no such parameter' },
  too_long: { retryable: false, sentence: 'The prompt is too long for the model' },
  signature: { retryable: false, sentence: 'The model thought this behind other words' },
  compaction: { retryable: false, sentence: 'The model did not accept the compaction' },
  invalid: { retryable: false, sentence: 'The model refused the request as invalid' },
  blocked: { retryable: false, sentence: 'The answer was blocked' },
  declined: { retryable: false, sentence: 'A guardrail declined the request' },
  stopped: { retryable: false, sentence: 'The call was stopped' },
} satisfies Record<string, { retryable: boolean; sentence: string }>

export interface Verdict {
  kind: Kind
  /** It was said, by whoever should know. Else it is what a status alone looks like. */
  isCertain: boolean
  /** The parameter that is not taken, by its name at the top of a request. */
  field: string | null
  /** The block that is at fault, as `messages.3.content.1`. */
  at: string | null
  /** It was more than may ever be read in a minute: see `isBeyondMinute`. */
  isTooMuch?: true
}

/**
 * The one place where it is decided what went wrong: by what is said, whatever it is wrapped in, and
 * only then by the status. A web page says nothing, and its status little.
 */
export function verdictOn(refusal: Refusal): Verdict {
  const { said, words, type, code, status, isPage, isJson } = refusal
  const cause = causeOf(refusal)
  const at = /^messages\.\d+(\.content\.\d+)?/.exec(said)?.[0] ?? null
  const certain = (kind: Kind, field: string | null = null): Verdict => {
    return { kind, isCertain: true, field, at }
  }
  if (isPage) return { kind: kindOfPage(status), isCertain: false, field: null, at: null }
  const isOwn = type !== null && Object.hasOwn(STATUS_OF, type)
  if (isSpent(cause, refusal)) return certain('spent')
  if (cause === 402) return { kind: 'spent', isCertain: isOwn, field: null, at: null }
  const isBusy = cause === 429 || cause === 529 || type === 'overloaded_error'
  if (isBusy && isTooLong(refusal)) return certain('too_long')
  if (isBeyondMinute(refusal)) return { ...certain('rate_limited'), isTooMuch: true }
  if (isBusy) return certain(cause === 429 ? 'rate_limited' : 'overloaded')
  if (cause !== 401 && isDeclined(cause, refusal)) return certain('declined')
  for (const { kind, says, codes, causes } of SAYINGS) {
    const isSaid = says.test(words) || (code !== null && codes?.test(code))
    const isRefusal = causes === REFUSED && type === 'invalid_request_error'
    if (isSaid && (!causes || isRefusal || causes.includes(cause))) return certain(kind)
  }
  const field = goneIn(refusal) ?? fieldIn(said) ?? fieldIn(words)
  if (field && cause !== 401 && cause !== 403) return certain('field', field)
  if (at) return certain('invalid')
  return { kind: kindByCause(cause, isJson), isCertain: isOwn, field: null, at: null }
}

/** As if it were a status. Within a stream it is 200, and gateways hide those of others behind theirs. */
function causeOf({ status, type, code, isWrapped }: Refusal): number {
  const told = type === null ? undefined : STATUS_OF[type]
  // Some put the status of whoever refused it beside its words, and send a stream, or a 502.
  if (told === undefined && (status === 200 || Number(status) >= 500) && STATUS.test(code ?? ''))
    return Number(code)
  const isOurs = status !== null && status >= 400 && status < 500
  if (told === undefined) return status !== null && status >= 300 ? status : 500
  // Some call all of theirs the one or the other; the status tells more then.
  if (told === 500)
    return isOurs && !isWrapped ? status : status !== null && status > 500 ? status : 500
  if (told === 400) return isOurs ? status : status !== null && status >= 500 ? status : 400
  return told
}

const STATUS = /^[45]\d\d$/

interface Saying {
  kind: Kind
  says: RegExp
  codes?: RegExp
  causes?: number[]
}

const REFUSED = [400, 404, 410, 422]
/** Passes, however it is wrapped. */
const BUSY = [...REFUSED, 500, 502, 503]

/** In this order: what is said more exactly comes first. */
const SAYINGS: Saying[] = [
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

/** It says nothing of what is wrong, so it may be something in the request; a model that is busy is just busy. */
export function isOpaque(kind: string) {
  return OPAQUE.has(kind)
}

const OPAQUE = new Set<string>(['server', 'page', 'cut'] satisfies Kind[])

/**
 * Behind a status that passes by itself stands what no waiting mends: some gateways answer all that they do
 * not take so, and the API itself where an account may not have long prompts.
 */
function isTooLong({ code, words }: Refusal) {
  if (code === 'context_length_exceeded' || TOO_LARGE_FOR_ANY_MINUTE.test(words)) return true
  return TOO_LONG.test(words) && !/rate.?limit|per.?(minute|min|hour|day|second)\b/i.test(words)
}

const TOO_LONG =
  /(prompt|input|conversation|context) (is|was) too (long|large)|maximum context length|context.?(length|window).{0,40}exceed|extra usage is required for long context/i

/**
 * More than an account may ever read in a minute, so no waiting mends it; but for what is in the cache, which need not
 * count.
 */
function isBeyondMinute({ words, asked }: Refusal) {
  const [, most] = /([\d,]{3,}) (input )?tokens per minute/i.exec(words) ?? []
  return most !== undefined && asked > Number(most.replaceAll(',', ''))
}

/** The same, where it is said. */
const TOO_LARGE_FOR_ANY_MINUTE = /request too large for|tokens must be reduced/i

/**
 * What was there is not there any more: a file that was handed over, a tool that was found, the place where code has
 * run. It is done without all of them.
 */
function goneIn({ words, code }: Refusal) {
  if (GONE_FILE.test(words)) return 'files'
  if (code === 'tool_reference_unresolved' || GONE_TOOL.test(words)) return 'tool_search'
  if (code !== null && TOO_MANY_TOOLS.has(code)) return 'tools'
  return GONE_CONTAINER.test(words) ? 'container' : null
}

const TOO_MANY_TOOLS = new Set(['tool_name_conflict', 'available_tools_limit_exceeded'])

/** It was found by the API, and is none of those in the request: without its search all of them are read. */
const GONE_TOOL = /tool.?references?\b.{0,80}(no corresponding|not found|not defined|unresolved)/i

const GONE_FILE =
  /\bfile not found\b|\bfile_\w+ (was |is |has been )?(not found|expired|deleted)|\bfile .{0,40}(has expired|(does not|doesn.t|no longer) exist|been deleted)/i
const GONE_CONTAINER =
  /\bcontainer\b.{0,60}(not found|expired|been deleted|(does not|doesn.t|no longer) exist|is no longer)/i

/** Who watches what is said there: a gateway, not the model. The API's own filter is another matter. */
function isDeclined(cause: number, { code, words }: Refusal) {
  const said = `${code}\n${words}`
  if (DECLINED.test(said)) return true
  // Some say by it that the model failed.
  return (
    cause === 446 ||
    (cause === 424 &&
      !/model_?(error|stream)|not.?ready|unexpected|upstream|dependency/i.test(said))
  )
}

const DECLINED =
  /guardrail|(was|been|is) flagged\b|(prompt|response|request|input|content) (was |has been )?blocked due to|content (management|safety) policy|ContentPolicyViolation|moderation policy|(prompt|input|content)( pattern)? (is|was|has been) blocked|(request|prompt|input|content|message).{0,60}violat\w* .{0,40}polic|prompt injection (was )?detected|security configuration|content_filter|content_policy|inappropriate content|sensitive.{0,3}(content|words)|DataInspectionFailed|content exists risk|considered high risk/i

function kindByCause(cause: number, isJson: boolean): Kind {
  if (cause === 413) return 'too_long'
  if (cause === 408 || cause === 504 || cause === 524) return 'timeout'
  if (NO_ROUTE.has(cause)) return 'route'
  if (cause === 409 || cause === 424 || cause === 425 || cause === 499 || cause >= 500)
    return 'server'
  if (cause === 401) return 'rejected_key'
  if (cause === 403 || cause === 407 || cause === 451) return 'permission'
  if (cause === 400 || cause === 422) return isJson ? 'invalid' : 'page'
  return 'route'
}

/** Whoever says so has nothing there that talks as we do. */
const NO_ROUTE = new Set([
  ...[300, 301, 302, 303, 307, 308],
  ...[404, 405, 406, 410, 411, 415, 421, 426, 501, 505],
])

/** The status of a page is that of whoever made it: enough to wait, never enough to give anything up. */
function kindOfPage(status: number | null): Kind {
  if (status !== null && NO_ROUTE.has(status)) return 'route'
  if (status === 413) return 'too_long'
  if (status === 429) return 'rate_limited'
  if (status === 529) return 'overloaded'
  if (status === 408 || status === 504 || status === 524) return 'timeout'
  if (status === 424 || status === 446) return 'declined'
  return status !== null && status >= 500 ? 'server' : 'page'
}

/** What a request can do without, and what else has a name at its top. */
const FIELDS: [field: string, names: RegExp][] = [
  ['cache_control', /cache_control/],
  ['compaction', /\bcompaction\b/],
  ['context_management', /context_management/],
  ['betas', /anthropic.?beta|\bbetas?\b/i],
  ['effort', /\beffort\b|output_config/],
  ['thinking.display', /thinking\.(\w+\.)?display\b|\bdisplay\b/],
  ['thinking', /(^|[`'" .])thinking([`'" .:]|$)|\badaptive\b/],
  ['tool_search', /tool_search|defer_loading|tool search/],
  ['web_search', /web.?search/i],
  ['web_fetch', /web.?fetch|url_sources/i],
  ['code_execution', /code.?execution/i],
  ['files', /container_upload|\bfile_id\b|source\.file\b|files.api/i],
  ['container', /\bcontainer\b/],
  ['tool_choice', /tool_choice/],
  ['max_tokens', /max_tokens|max_output_tokens/],
  ['tools', /^tools\b/],
  ['system', /^system\b/],
  ['stream', /(^|[`'"[ ])stream([`'"\].: ]|$)/],
  ['diagnostics', /\bdiagnostics\b/],
  ['metadata', /\bmetadata\b/],
  ['anthropic-version', /anthropic.version/i],
]
/** These stand in the midst of what was said. */
const IN_BLOCKS = new Set(['cache_control', 'files'])
const NOT_TAKEN =
  /extra inputs are not permitted|extraneous key|additional propert|unexpected (keyword|value|field|propert)|(unknown|unrecognized|unsupported|invalid|unexpected) .{0,20}(parameter|argument|field|name|propert|beta|value)|(is|are) not (permitted|allowed|supported|recognized|available|enabled)|(does not|doesn.t|do not) (support|accept|allow|recognize)|cannot find field|not supported|\bnot (allowed|implemented|accepted)|unknown (key|variant)|was unexpected|invalid for|input should be|input tag|which is the maximum|must be|should (have|match|be)|may not be|a maximum of \d+|is not a valid/i

/** Whatever is wrong with one of these, it is not what was said. */
const AT_TOP =
  /^(tools|tool_choice|system|stream|container|diagnostics|thinking|output_config|max_tokens|cache_control|context_management|metadata)(\.[\w-]+)*:/

/** A field of our request that is not taken, as it is or at all. What stands in a block is not one. */
function fieldIn(told: string): string | null {
  // A thought that was left out is missed only while the model is asked to think.
  if (/when .{0,3}thinking.{0,3} is enabled/i.test(told)) return 'thinking'
  if (!NOT_TAKEN.test(told) && !AT_TOP.test(told)) return null
  // What would have been taken stands behind it, and is not what is wrong.
  const said = told.replace(/(expected tags:).*/gs, '$1')
  const path = /^[a-z_]+(\.[\w-]+)*(?=:)/.exec(said)?.[0] ?? said
  const isInBlock = /^messages\.\d+/.test(said)
  for (const [field, names] of FIELDS) {
    const isNamed = names.test(path) || names.test(said)
    if (isNamed && (!isInBlock || IN_BLOCKS.has(field))) return field
  }
  return null
}

const SPENT_CODES = new Set([
  'contract_spend_limit_reached',
  'enforced_spend_limit_reached',
  'linked_organization_spend_limit_reached',
  'linked_organization_billing_unavailable',
  'user_profile_billing_not_authorized',
  'user_profile_not_billable',
  'insufficient_quota',
  'insufficient_user_quota',
  'budget_exceeded',
])

const SPENT =
  /budget has been exceeded|exceeded your current quota|\bkey limit exceeded|over budget|exceeded(token)?budget|out of credits|余额不足|额度不足/i

/** Older keys get no code: an empty account is a 400 and a limit of one's own a 400 or a 429. */
function isSpent(cause: number, { type, code, words }: Refusal) {
  if (type === 'billing_error' || [code, type].some((one) => SPENT_CODES.has(one ?? '')))
    return true
  if (SPENT.test(words)) return true
  if (cause === 429) return /\b(spend|spending) limit|insufficient.{0,3}(quota|credit)/i.test(words)
  return /credit balance is too low|(spend|spending|usage) (limits?|cap)\b|insufficient.{0,3}(quota|credit|balance|funds)/i.test(
    words,
  )
}
