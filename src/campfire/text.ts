import { Parser } from 'htmlparser2'
import { isMentionTag, type Mention, mentionsIn } from './text/mention.ts'
import { parse } from './text/node.ts'
import { takeQuote } from './text/quote.ts'
import { renderText } from './text/render.ts'

export { userIdIn } from './text/mention.ts'

/** What somebody wrote, as text for the model. */
export interface Reading {
  text: string
  mentions: Mention[]
  quote: { author: string; messageId: number | null; text: string } | null
}

/**
 * Reads the HTML of both composers and of the list. Mentions of `self` are not part of the text:
 * they are how people turn to us. Those inside a quote count, as they do for Campfire.
 */
export function readHtml(html: string, self: number): Reading {
  const root = parse(html)
  const mentions = mentionsIn(root)

  const quote = takeQuote(root)
  const text = renderText(root.children, self)
  if (!quote) return { text, mentions, quote }

  const { author, messageId, nodes } = quote
  return { text, mentions, quote: { author, messageId, text: renderText(nodes, self) } }
}

/** Equal for what we meant to post and what the list shows of it, wrapped and indented. */
export function fingerprint(html: string): string {
  let text = ''
  let attachments = 0
  const parser = new Parser({
    onopentag: (tag, attributes) => {
      if (attachments > 0 || isMentionTag(tag, attributes)) attachments++
    },
    onclosetag: () => {
      if (attachments > 0) attachments--
    },
    ontext: (data) => {
      if (attachments === 0) text += data
    },
  })
  parser.end(html)

  return text.replace(/\s+/g, '')
}
