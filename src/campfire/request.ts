import { withDeadline } from '../clock.ts'
import { type Ask, CampfireError, TIMED_OUT } from './error.ts'
import { Id } from './message.ts'

export interface Line {
  fetch: typeof fetch
  timeoutMs: number
}

interface Request extends Line {
  url: string
  body: string | FormData | undefined
  /** The statuses that were hoped for. */
  done: number[]
  /** The answer to it says something. */
  reads: boolean
  ask: Ask
}

export interface Answered {
  status: number
  headers: Headers
  /** Empty where nobody would read it. */
  text: string
}

const MAX_REFUSAL = 4096

// Campfire limits neither messages nor, so, a page of forty; a Worker has 128 MB for everything.
const MAX_ANSWER = 8 * 1024 * 1024

/** One request and its answer, read to the end, within one deadline. */
export async function exchange({
  url,
  body,
  done,
  reads,
  ask,
  ...line
}: Request): Promise<Answered> {
  try {
    return await withDeadline(line.timeoutMs, async (signal) => {
      const answer = await line.fetch(url, {
        method: ask.method,
        headers: headersFor(body),
        body: body ?? null,
        // A rejected key is a redirect to the sign-in page, which followed would look like success.
        redirect: 'manual',
        signal,
      })
      const { status, headers } = answer
      return {
        status,
        headers,
        text: await textIn(answer, limitFor(status, reads && done.includes(status))),
      }
    })
  } catch (error) {
    throw unreachable(ask, error)
  }
}

/** Of refusals only a 404 means different things by what it says. */
function limitFor(status: number, isRead: boolean) {
  if (status === 404) return MAX_REFUSAL
  return isRead ? MAX_ANSWER : 0
}

/** As much of the answer as `limit` allows; more than that is cut off, and then is no JSON. */
async function textIn(answer: Response, limit: number) {
  // An answer that nobody reads would hold its connection.
  if (!limit)
    return await (answer.body?.cancel() ?? Promise.resolve()).then(
      () => '',
      () => '',
    )

  const decoder = new TextDecoder()
  let [text, size] = ['', 0]
  for await (const chunk of answer.body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    size += chunk.byteLength
    if (size > limit) break
  }
  return text + decoder.decode()
}

/** Throws what names the mistake and not the value: the key is a password. */
export function addressOf({ url, room, key }: { url: string; room: number; key: string }) {
  const base = URL.parse(url)
  if (!base || !/^https?:$/.test(base.protocol)) throw new TypeError('url is not of http or https')
  if (!Id.safeParse(room).success) throw new TypeError('room is not an id')
  if (!/^\d+-[A-Za-z0-9]+$/.test(key)) throw new TypeError('key is not a bot key')
  return `${base.origin}${base.pathname.replace(/\/+$/, '')}/rooms/${room}/${key}/messages`
}

// No Accept: asked for JSON, an old Campfire might say in JSON that it lacks a route, which is how a
// new one says that a message is gone. And no browser's name: Campfire turns old browsers away.
function headersFor(body: string | FormData | undefined): Record<string, string> {
  const agent = { 'User-Agent': 'Firekeeper' }
  // It is taken as HTML whatever the type; no version parses this one or blanks a message over it.
  return typeof body === 'string'
    ? { ...agent, 'Content-Type': 'text/plain; charset=utf-8' }
    : agent
}

export function formOf(file: { name: string; type: string; body: string | Uint8Array }) {
  const type = /^[\w.+-]+\/[\w.+-]+$/.test(file.type) ? file.type : 'application/octet-stream'
  const form = new FormData()
  form.append('attachment', new Blob([file.body], { type }), fileNameOf(file.name))
  return form
}

/** The name that Campfire will show for it (Active Storage's rule), to know a file again by. */
export function fileNameOf(name: string) {
  const safe = name
    .toWellFormed()
    .trim()
    .replace(/[\u202e%$|:;/<>?*"\\\x00-\x1f\x7f]/g, '-')
  return safe || 'file'
}

function unreachable(ask: Ask, error: unknown) {
  const isTimeout = error instanceof Error && error.name === 'TimeoutError'
  return new CampfireError('unreachable', ask, {
    detail: isTimeout ? TIMED_OUT : 'no connection',
  })
}
