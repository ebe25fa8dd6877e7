import { readHtml } from '../../campfire/text.ts'
import { beginningOf } from './get.ts'

/** Bytes. What comes after that is not read. */
const MOST = 1_000_000
/** Characters: the parser reads no more. */
const MOST_HTML = 500_000
const KINDS = ['text/html', 'text/plain', 'application/json']
const MOST_LINKS = 40
const LONGEST_LINK = 300
const NOBODY = 0

/** A page as text, its title, and where it leads. */
export async function wordsOf(answer: Response, url: URL) {
  const [kind = '', ...parameters] = (answer.headers.get('content-type') ?? '').split(';')
  const type = kind.trim().toLowerCase()
  if (!answer.ok || !KINDS.includes(type)) {
    await answer.body?.cancel()
    throw new Error(answer.ok ? whatItIs(type) : whatItSays(answer.status))
  }
  const { bytes, isWhole } = await beginningOf(answer, MOST)
  const said = charsetIn(parameters.join(';')) ?? (type === 'text/html' ? charsetOf(bytes) : null)
  const text = decoded(bytes, said ?? 'utf-8')
  if (type !== 'text/html') return { title: '', text, links: [], isWhole }
  const { text: words, quote } = readHtml(text, NOBODY)
  return {
    title: readHtml(/<title\b[^<>]{0,300}>([^<]{1,300})/i.exec(text)?.[1] ?? '', NOBODY).text,
    text: [quote?.text, words].filter(Boolean).join('\n\n'),
    links: linksIn(text.slice(0, MOST_HTML), url),
    isWhole: isWhole && text.length <= MOST_HTML,
  }
}

function whatItIs(type: string) {
  const what = /^[\w.+/-]{1,80}$/.test(type)
    ? `of the kind ${type}`
    : 'of a kind that it does not say'
  return `It is no page of words, but ${what}: it cannot be read. Say so, or take another page.`
}

function whatItSays(status: number) {
  const why = status === 404 || status === 410 ? 'there is no such page' : `it answers ${status}`
  return `The page cannot be read: ${why}. Look whether the address is right, or take another page.`
}

function decoded(bytes: Uint8Array[], charset: string) {
  const decoder = decoderOf(charset)
  const parts = bytes.map((part) => decoder.decode(part, { stream: true }))
  return parts.join('') + decoder.decode()
}

function charsetIn(words: string) {
  return /charset\s*=\s*["']?([\w-]+)/i.exec(words)?.[1] ?? null
}

/** As a page of HTML says near its beginning. It could not be read so far if it were of two bytes each. */
function charsetOf([first]: Uint8Array[]) {
  const head = new TextDecoder('latin1').decode(first?.subarray(0, 1_024))
  const said = charsetIn(head.match(/<meta\b[^<>]*>/gi)?.join('') ?? '')
  return said && /^utf-?16/i.test(said) ? null : said
}

function decoderOf(charset: string) {
  try {
    return new TextDecoder(charset)
  } catch {
    return new TextDecoder()
  }
}

/** Whole, as nobody could put them together who has read `../next`. */
function linksIn(html: string, base: URL) {
  const found = new Set<string>()
  for (const [, href = ''] of html.matchAll(
    /<a\s[^>]{0,300}?href\s{0,5}=\s{0,5}["']([^"'<>]{1,300})["']/gi,
  )) {
    const url = URL.parse(href.replaceAll('&amp;', '&'), base.href)
    if (url?.protocol !== 'https:' || url.href.length > LONGEST_LINK) continue
    url.hash = ''
    if (url.href !== base.href) found.add(url.href)
    if (found.size === MOST_LINKS) break
  }
  return [...found]
}
