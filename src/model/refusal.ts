import { embeddedIn } from './embedded.ts'
import { isObject, type Loose, looseIn, textIn, wordIn } from './loose.ts'
import { requestIdOf } from './request-id.ts'

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
  /** So many tokens it was that was refused, at the least. */
  asked: number
}

interface Layer {
  type: string | null
  code: string | null
  said: string
  requestId: string | null
}

/** `told` is the body, parsed where it is JSON; or the data of an event. */
export function refusalIn({
  status,
  headers,
  told,
  asked = 0,
}: Pick<Refusal, 'status' | 'headers'> & { told: unknown; asked?: number }): Refusal {
  const all = layersIn(typeof told === 'string' ? told.slice(0, MOST_READ) : told)
  const layers = all.filter(({ type, code, said }) => type || code || said)
  const text = typeof told === 'string' ? told : ''
  const isCalledPage = /html/.test(headers.get('content-type') ?? '')
  const known = layers.findLast(({ type }) => type !== null && Object.hasOwn(STATUS_OF, type))
  return {
    status,
    headers,
    type: known?.type ?? layers.findLast(({ type }) => type)?.type ?? null,
    code: layers.findLast(({ code }) => code)?.code ?? null,
    said: sentenceIn(layers.map(({ said }) => said).toReversed()),
    words: layers.map(({ said }) => withoutQuotes(said)).join('\n'),
    isPage: PAGE.test(text) || (isCalledPage && typeof told !== 'object' && !isWords(text)),
    isJson: typeof told === 'object' && told !== null,
    isWrapped: layers.length > 1,
    requestId: requestIdOf(headers, all.findLast(({ requestId }) => requestId)?.requestId),
    asked,
  }
}

const PAGE = /^[\s\ufeff]*<(!doctype|!--|\?xml|html|head|body|title|center|h\d|div|p)\b/i

/** Some call a plain sentence a page. */
function isWords(text: string) {
  return text.trim() !== '' && !/<[a-z!]/i.test(text)
}

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
  if (depth > DEEPEST) return []
  if (typeof told === 'string') return layersInText(told, depth)
  if (Array.isArray(told)) return told.slice(0, WIDEST).flatMap((one) => layersIn(one, depth + 1))
  if (!isObject(told)) return []

  const details = looseIn(told.details)
  const type = wordIn(told.type) === 'error' ? null : wordIn(told.type)
  const code = [details.error_code, told.error_code, told.code, told.__type].find(isName)
  const own = sentenceIn(WORDS.map((name) => textIn(told[name])))
  const [plain, ...wrapped] = layersInText(own, depth)
  const layer = {
    type,
    code: code === undefined ? null : String(code),
    said: placed(told, plain?.said ?? ''),
    requestId: wordIn(told.request_id),
  }
  return [layer, ...wrapped, ...Object.entries(told).slice(0, WIDEST).flatMap(inner)]

  function inner([name, value]: [string, unknown]): Layer[] {
    // What stands there as one thing has been read: its code.
    if (ECHOES.has(name) || value === details) return []
    if (typeof value === 'string') return SAYS.has(name) ? layersIn(value, depth + 1) : []
    const layers = layersIn(value, depth + 1)
    // In a stream of Bedrock what went wrong is the name of what is sent.
    const [first, ...others] = layers
    if (!first || !/exception$/i.test(name)) return layers
    return [{ ...first, code: first.code ?? name }, ...others]
  }
}

const DEEPEST = 8
/** Errors are few things, and each of them may hold as many again. */
const WIDEST = 12
const MOST_READ = 20_000
const WORDS = [
  'message',
  'Message',
  'msg',
  'detail',
  'error_description',
  'error_message',
  'errorMessage',
  'error_msg',
  'description',
  'reason',
]
/** The first that is one, and not just some name. */
function sentenceIn(words: string[]) {
  return words.find((one) => one.trim().includes(' ')) ?? words.find(Boolean) ?? ''
}

/** Where another error may be, in words. */
const SAYS = new Set(['error', 'raw', 'body', 'cause', 'upstream_error', 'response'])
/** What was asked comes back here, and says nothing of what is wrong with it. */
const ECHOES = new Set(['input', 'flagged_input', 'request', 'messages', 'prompt', 'ctx', 'usage'])

/** Some say beside their words what these are about: the API with pictures, Pydantic, and OpenAI. */
function placed({ loc, param, details }: Loose, said: string) {
  const { paths } = looseIn(details)
  const [first] = Array.isArray(paths) ? paths : []
  const path = Array.isArray(loc)
    ? loc.filter((name) => name !== 'body' && isName(name)).join('.')
    : (wordIn(param) ?? wordIn(first) ?? '')
  return said && path && !said.includes(path) ? `${path}: ${said}` : said
}

function layersInText(text: string, depth: number): Layer[] {
  if (!text) return []
  const { before, values } = embeddedIn(text)
  const inner = values.flatMap((value) => layersIn(value, depth + 1))
  const isTelling = inner.some(({ type, code, said }) => type || code || said)
  return [{ type: null, code: null, said: isTelling ? before : text, requestId: null }, ...inner]
}

function isName(value: unknown): value is string | number {
  return (typeof value === 'string' && value !== '') || typeof value === 'number'
}

/** What is quoted at length is what somebody said, and no word on what was wrong. */
function withoutQuotes(said: string) {
  return said.replace(/'[^'\n]{40,}'|"[^"\n]{40,}"/g, '…')
}
