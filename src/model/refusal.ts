import { isObject, type Loose, looseIn, parsed, wordIn } from './loose.ts'

/** What the API, or something before it, answered in place of an answer. */
export interface Refusal {
  /** 200 in a stream; null without any answer. */
  status: number | null
  headers: Headers
  /** A type that the API has; null for what a gateway calls it. */
  type: string | null
  code: string | null
  /** The innermost words: those of whoever refused it first. */
  said: string
  /** All words, of each wrapping. For matching only: they may quote the prompt, or the key. */
  words: string
  /** Web pages are of proxies and firewalls, and say nothing certain. */
  isPage: boolean
  isJson: boolean
  /** An error within an error: whoever wrapped it may have given it another status. */
  isWrapped: boolean
  requestId: string | null
}

interface Layer {
  type: string | null
  code: string | null
  said: string
}

/** `told` is the body, parsed where it is JSON; or the data of an event. */
export function refusalIn({
  status,
  headers,
  told,
}: Pick<Refusal, 'status' | 'headers'> & { told: unknown }): Refusal {
  const layers = layersIn(typeof told === 'string' ? told.slice(0, MOST_READ) : told)
  const text = typeof told === 'string' ? told : ''
  const known = layers.findLast(({ type }) => type !== null && Object.hasOwn(STATUS_OF, type))
  return {
    status,
    headers,
    type: known?.type ?? layers.findLast(({ type }) => type)?.type ?? null,
    code: layers.findLast(({ code }) => code)?.code ?? null,
    said: layers.findLast(({ said }) => said)?.said ?? '',
    words: layers.map(({ said }) => withoutQuotes(said)).join('\n'),
    isPage: PAGE.test(text) || (!isObject(told) && /html/.test(headers.get('content-type') ?? '')),
    isJson: typeof told === 'object' && told !== null,
    isWrapped: layers.length > 1,
    requestId: headers.get('request-id') ?? requestIdIn(told) ?? headers.get('x-request-id'),
  }
}

const PAGE = /^[\s\ufeff]*<(!doctype|!--|\?xml|html|head|body|title|center|h\d|div|p)\b/i

/** What the types of the API stand for, in a stream or behind a status that is a gateway's. */
export const STATUS_OF: Record<string, number> = {
  invalid_request_error: 400,
  authentication_error: 401,
  billing_error: 402,
  permission_error: 403,
  not_found_error: 404,
  conflict_error: 409,
  request_too_large: 413,
  rate_limit_error: 429,
  api_error: 500,
  timeout_error: 504,
  overloaded_error: 529,
}

/** Errors wrap errors: as objects, as lists, and as JSON in the midst of a sentence. */
function layersIn(told: unknown, depth = 0): Layer[] {
  if (depth > DEEPEST || told === null || told === undefined) return []
  if (typeof told === 'string') return layersInText(told, depth)
  if (Array.isArray(told)) return told.flatMap((one) => layersIn(one, depth + 1))
  if (!isObject(told)) return []

  const details = looseIn(told.details)
  const type = wordIn(told.type) === 'error' ? null : wordIn(told.type)
  const code = [details.error_code, told.error_code, told.code, told.__type].find(isName)
  const own = [told.message, told.msg, told.detail, told.error_description]
    .map(wordIn)
    .find(Boolean)
  const [plain, ...wrapped] = layersInText(own ?? '', depth)
  const layer = { type, code: code === undefined ? null : String(code), said: plain?.said ?? '' }
  const isLayer = layer.type ?? layer.code ?? layer.said
  const inner = INNER.flatMap((name) => layersIn(told[name], depth + 1))
  return [...(isLayer ? [layer] : []), ...wrapped, ...inner]
}

const DEEPEST = 8
const MOST_READ = 20_000
const INNER = [
  'error',
  'errors',
  'upstream_error',
  'metadata',
  'raw',
  'body',
  'cause',
  'innererror',
]

function layersInText(text: string, depth: number): Layer[] {
  if (!text) return []
  const [from, to] = [text.indexOf('{'), text.lastIndexOf('}')]
  const inner = from >= 0 && to > from ? parsed(text.slice(from, to + 1)) : undefined
  const said = isObject(inner) ? text.slice(0, from).trim() : text
  return [{ type: null, code: null, said }, ...layersIn(inner, depth + 1)]
}

function isName(value: unknown): value is string | number {
  return (typeof value === 'string' && value !== '') || typeof value === 'number'
}

/** What is quoted at length is what somebody said, and no word on what was wrong. */
function withoutQuotes(said: string) {
  return said.replace(/'[^'\n]{40,}'|"[^"\n]{40,}"/g, '…')
}

function requestIdIn(told: unknown): string | null {
  const body = looseIn(told)
  return wordIn(body.request_id) ?? wordIn(looseIn(body.error as Loose).request_id)
}
