import type { Visit } from './doings.ts'
import { isBroken, messageAsJson } from './json.ts'

const PAGE = 40

/** Oldest first; `before` wins over `after`, and the cursor must still exist in this room. */
export function list({ town, request, url, replies, room }: Visit): Response {
  const all = town.messages.in(room.id)
  const before = url.searchParams.get('before') || null
  const after = before ? null : url.searchParams.get('after') || null
  const cursor = before ?? after
  const at = all.findIndex(({ id }) => String(id) === cursor)
  if (cursor !== null && at < 0) return replies.noMessage()

  const rest = after ? all.slice(at + 1) : before ? all.slice(0, at) : all
  const page = after ? rest.slice(0, PAGE) : rest.slice(-PAGE)
  if (page.length === 0 && town.dialect === 'port') return replies.noContent()
  if (page.some((message) => isBroken(message, town))) return replies.broken()

  const edge = after ? `after=${page.at(-1)?.id}` : `before=${page[0]?.id}`
  const next = `<${replies.origin}${url.pathname}?${edge}>; rel="next"`
  const answer = replies.json(
    200,
    page.map((message) => messageAsJson(message, town, replies.origin)),
    { 'x-total-count': String(all.length), ...(rest.length > page.length ? { link: next } : {}) },
  )
  const etag = answer.headers.get('etag') ?? ''
  return request.headers.get('if-none-match') === etag ? replies.notModified(etag) : answer
}
