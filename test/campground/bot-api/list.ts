import type { Visit } from './doings.ts'
import { isBroken, messageAsJson } from './json.ts'
import { numberIn } from './number.ts'

const PAGE = 40

/**
 * Oldest first, by time and not by number. The cursor must still exist in this room. `before` wins over `after`, but then the
 * link to the next page goes the other way.
 */
export function list({ town, request, url, replies, room }: Visit): Response {
  if ([...url.searchParams.keys()].some((name) => /^(before|after)\[/.test(name)))
    return replies.broken()

  const all = town.messages.in(room.id).toSorted((a, b) => a.at - b.at)
  const before = url.searchParams.get('before') || null
  const after = url.searchParams.get('after') || null
  const cursor = before ?? after
  const at = cursor === null ? -1 : all.findIndex(({ id }) => id === numberIn(cursor))
  if (cursor !== null && at < 0) return replies.noMessage()

  const isForward = before === null && after !== null
  const rest = isForward ? all.slice(at + 1) : before ? all.slice(0, at) : all
  const page = isForward ? rest.slice(0, PAGE) : rest.slice(-PAGE)
  if (page.length === 0 && town.dialect === 'port') return replies.noContent()
  if (page.some((message) => isBroken(message, town))) return replies.broken()

  const edge = after ? `after=${page.at(-1)?.id}` : `before=${page[0]?.id}`
  const next = `<${replies.origin}${url.pathname}?${edge}>; rel="next"`
  const answer = replies.json(
    200,
    page.map((message) => messageAsJson(message, town, replies.origin)),
    { 'x-total-count': String(all.length), ...(rest.length > page.length ? { link: next } : {}) },
  )
  const isFresh = request.headers.get('if-none-match') === answer.headers.get('etag')
  return isFresh ? replies.notModified(answer) : answer
}
