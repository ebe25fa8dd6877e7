import type { AnswerBlock } from '../model.ts'

/**
 * What an answer says, with a link behind each passage to where it comes from. Titles and addresses are of
 * strangers: a title is plain words, an address is one of the web and stands as it is sent, and neither can be
 * an image, a mention or the end of the link. Each place is named once.
 */
export function withSources(content: AnswerBlock[]) {
  const named = new Set<string>()
  let text = ''
  let isApart = false
  for (const block of content) {
    if (block.type !== 'text') {
      isApart ||= block.type === 'server_tool_use'
      continue
    }
    // What is said before the web is searched is no part of the sentence after it.
    if (isApart && text.trim() && block.text.trim()) text = `${text.trimEnd()}\n\n`
    isApart = false
    const links = sourcesOf(block).filter((link) => !named.has(link) && named.add(link))
    text += links.length ? behind(block.text, ` (${links.join(', ')})`) : block.text
  }
  return text.trim()
}

function sourcesOf({ citations }: { citations?: Citations }) {
  return (citations ?? []).flatMap((citation) =>
    citation.type === 'web_search_result_location' ? (linkTo(citation) ?? []) : [],
  )
}

type Citations = Extract<AnswerBlock, { type: 'text' }>['citations']

const LONGEST_TITLE = 60
const LONGEST_ADDRESS = 1_000

function linkTo({ url, title }: { url: unknown; title?: unknown }) {
  const address = URL.parse(String(url))
  if (!address || !/^https?:$/.test(address.protocol)) return null
  if (address.username || address.password || address.href.length > LONGEST_ADDRESS) return null
  const words = wordsOf(title) || wordsOf(address.host)
  return `[${words}](${address.href.replace(/[()[\]<>*_~`'!\\|]/g, encoded)})`
}

/** A sign that means something in Markdown, in HTML or in Campfire is left out. */
function wordsOf(told: unknown) {
  const words = String(told ?? '')
    .replace(/[[\]()<>*_~`!\\|@#&:/\s\p{C}]+/gu, ' ')
    .trim()
  return words.length > LONGEST_TITLE
    ? `${words.slice(0, LONGEST_TITLE).toWellFormed().trim()}…`
    : words
}

function encoded(sign: string) {
  return `%${sign.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`
}

/** Before the space or the new line that the passage ends in. */
function behind(text: string, link: string) {
  const end = text.trimEnd()
  return end + link + text.slice(end.length)
}
