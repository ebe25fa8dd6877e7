import { renderBlocks } from './html/blocks.ts'
import { clean, escapeHtml } from './html/escape.ts'
import { usedLinks } from './html/links.ts'
import { hasMention, Mentions } from './html/mentions.ts'
import { lex } from './markdown.ts'

export { escapeHtml } from './html/escape.ts'

/**
 * Markdown as the HTML that Campfire keeps, which deletes every element it does not know together
 * with its content. Nothing is swallowed: what is no markup, raw HTML included, is shown as text.
 * `people` gives the signed sgid for each name that `@Name` may mention; empty: the plain name.
 */
export function toHtml(markdown: string, people: ReadonlyMap<string, string> = new Map()): string {
  const text = clean(markdown)
  if (text.length > MOST_RENDERED) return asWritten(text)
  const html = rendered(text, new Mentions(people))

  return silent(html !== null && showsSomething(html) ? html : asWritten(text))
}

/** No part of an answer is nearly as long, and what is hard to read is read in no time at this length. */
const MOST_RENDERED = 30_000

/** Null for what marked cannot read, at all or in time. */
function rendered(text: string, mentions: Mentions) {
  try {
    const tokens = lex(text)
    return renderBlocks(tokens, { mentions, links: usedLinks(tokens) })
  } catch {
    return null
  }
}

// A rule or an empty code block alone would be an empty message.
function showsSomething(html: string) {
  return hasMention(html) || html.replace(/<[^>]*>/g, '').trim() !== ''
}

/** What is only `/play nyan` would be a button that plays; with another space in it, it is text. */
function silent(html: string) {
  const isCommand = /^\s*\/play\s+\S+\s*$/i.test(html.slice(0, 200).replace(/<[^>]*>/g, ''))
  return isCommand ? html.replace(/(\/play)\s+/i, '$1&nbsp;') : html
}

function asWritten(text: string) {
  const paragraphs = text.split(/\n\s*\n/).filter((paragraph) => paragraph.trim())
  return paragraphs
    .map((paragraph) => `<p>${escapeHtml(paragraph.trim()).replace(/\n/g, '<br>')}</p>`)
    .join('<br>')
}
