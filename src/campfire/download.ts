import { withDeadline } from '../clock.ts'

/** In ms: so long is waited for one file. */
const LONGEST = 25_000
const REDIRECTS = new Set([301, 302, 303, 307, 308])
const PATH = /^\/rails\/active_storage\/(blobs|representations|disk)\//
/** Written so that it is no step for us, and one for whoever stands before Campfire and unpacks it once more. */
const UPWARDS = /(?:\/|%(?:25)*(?:2f|5c))(?:\.|%(?:25)*2e){1,2}(?:\/|%(?:25)*(?:2f|5c)|$)/i
const MOST_LINKS = 4

/** Why nothing came of a link. */
export type DownloadProblem = 'elsewhere' | 'refused' | 'too slow' | 'not reached'

export interface Download {
  name: string
  /** Takes what comes, in order, until it says that it is enough. */
  to: (name: string) => (bytes: Uint8Array) => boolean
}

/** Those in what somebody said that lead to files of this Campfire, and nowhere else. */
export function fileLinksIn(text: string, campfire: string): string[] {
  if (!text.includes('/rails/active_storage/')) return []
  const links = text.match(/https?:\/\/[^\s<>"'`)\]]+/g) ?? []
  return [...new Set(links)].filter((link) => isFileLink(link, campfire)).slice(0, MOST_LINKS)
}

/**
 * A file of Campfire's by the link that people copy there: a name for it that needs no sign-in. Followed to this
 * Campfire's files alone, and by one redirect to the same; nothing of ours goes with it. `within` so many ms. Null: all
 * of it was taken.
 */
export async function download(
  link: string,
  {
    campfire,
    fetch,
    within,
    to,
  }: { campfire: string; fetch: typeof globalThis.fetch; within: number } & Pick<Download, 'to'>,
): Promise<DownloadProblem | null> {
  if (within <= 0) return 'too slow'
  try {
    return await withDeadline(Math.min(LONGEST, within), async (signal) => {
      const ask = (url: string) =>
        fetch(url, { redirect: 'manual', headers: { 'User-Agent': 'Firekeeper' }, signal })
      if (!isFileLink(link, campfire)) return 'elsewhere'
      let answer = await ask(link)
      if (REDIRECTS.has(answer.status)) {
        await answer.body?.cancel()
        const next = URL.parse(answer.headers.get('location') ?? '', link)?.href ?? ''
        if (!isFileLink(next, campfire)) return 'elsewhere'
        answer = await ask(next)
      }
      if (answer.status !== 200) {
        await answer.body?.cancel()
        return 'refused'
      }
      const take = to(nameIn(answer.headers, link))
      for await (const chunk of answer.body ?? []) if (!take(chunk)) break
      return null
    })
  } catch (error) {
    return error instanceof Error && error.name === 'TimeoutError' ? 'too slow' : 'not reached'
  }
}

/** Whoever writes an address differently means another place: compared is what a request would go to. */
function isFileLink(link: string, campfire: string) {
  const [url, base] = [URL.parse(link), URL.parse(campfire)]
  if (!url || !base || url.origin !== base.origin || url.username || url.password) return false
  if (UPWARDS.test(url.pathname)) return false
  const folder = base.pathname.replace(/\/+$/, '')
  return url.pathname.startsWith(`${folder}/`) && PATH.test(url.pathname.slice(folder.length))
}

/** As Campfire calls it; else the end of its link. */
function nameIn(headers: Headers, link: string) {
  const disposition = headers.get('content-disposition') ?? ''
  const encoded = /filename\*=UTF-8''([^;\s]+)/i.exec(disposition)?.[1]
  const plain = /filename="([^"]*)"/i.exec(disposition)?.[1]
  const last = URL.parse(link)?.pathname.split('/').at(-1) ?? ''
  return decoded(encoded ?? plain ?? last)
}

function decoded(name: string) {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}
