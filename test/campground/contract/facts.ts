import { alike, type Json, tidy } from './alike.ts'
import type { Exchange } from './recording.ts'
import type { Stored } from './town.ts'

/** What has to be the same of an answer. Its times, tags and lengths are its own. */
export interface Facts {
  status: number | undefined
  type: string | null
  hasVersion: boolean
  hasCookie: boolean
  location: string | null
  link: string | null
  total: string | null
  body: Json
  saved: Json
}

export function recordedFacts({ response, saved }: Exchange): Facts {
  const { status, headers, body = null } = response
  const type = headers['content-type']
  const isPage = type?.startsWith('text/html') && body !== ''
  return {
    status,
    ...headerFacts(new Headers(headers)),
    body: isPage ? 'a page' : tidy(body),
    saved: saved === undefined ? 'not looked at' : tidy(saved),
  }
}

export async function ourFacts(
  answer: Response,
  exchange: Exchange,
  stored: Stored[],
): Promise<Facts> {
  const recorded = recordedFacts(exchange)
  const saved: Json = stored.length === 0 ? 'nothing' : stored
  return {
    status: answer.status,
    ...headerFacts(answer.headers),
    body: alike(kept(await bodyOf(answer), exchange.response), recorded.body),
    saved: exchange.saved === undefined ? recorded.saved : alike(tidy(saved), recorded.saved),
  }
}

/** Those entries of a list that were kept of the recorded one. */
function kept(ours: Json, { body, bodyNote }: Exchange['response']): Json {
  if (!bodyNote || !Array.isArray(ours) || !Array.isArray(body)) return ours
  const ids = body.map(idOf)
  return ours.filter((entry) => ids.includes(idOf(entry)))
}

function idOf(entry: Json | undefined) {
  return typeof entry === 'object' && entry !== null && 'id' in entry ? entry.id : undefined
}

async function bodyOf(answer: Response): Promise<Json> {
  const text = await answer.text()
  const type = answer.headers.get('content-type') ?? ''
  if (text !== '' && type.startsWith('text/html')) return 'a page'
  return type.startsWith('application/json') && text !== '' ? tidy(JSON.parse(text)) : tidy(text)
}

function headerFacts(headers: Headers) {
  return {
    type: headers.get('content-type')?.split(';')[0] ?? null,
    hasVersion: headers.has('x-version'),
    hasCookie: headers.has('set-cookie'),
    location: headers.get('location'),
    link: headers.get('link'),
    total: headers.get('x-total-count'),
  }
}
