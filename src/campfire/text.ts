import { cutShort, MOST_TEXT, shortName } from './message.ts'
import { memo } from './text/memo.ts'
import { isMentionTag, type Mention, mentionsIn } from './text/mention.ts'
import { type Node, parse, ShallowParser } from './text/node.ts'
import { takeQuote } from './text/quote.ts'
import { renderText } from './text/render.ts'
import { visible } from './visible.ts'

export { userIdIn } from './text/mention.ts'
export { ShallowParser } from './text/node.ts'

/** Above what we write ourselves: no mention of ours may be missed. */
const DEEPEST_OF_OURS = 200

/** From so much HTML come all the words that are kept of it, or nearly. */
const LONGEST_HTML = 500_000

// Lines in quotes in quotes grow: from 1 MB of HTML come 12 MB of text, and a row of SQLite takes 2 MB.
const LONGEST_QUOTE = 20_000

/** What somebody wrote, as text for the model. */
interface Reading {
  readonly text: string
  readonly mentions: readonly Mention[]
  readonly quote: Readonly<{ author: string; messageId: number | null; text: string }> | null
}

/**
 * Reads the HTML of both composers and of the list. Mentions of `self` are not part of the text:
 * they are how people turn to us. Those inside a quote count, as they do for Campfire.
 */
export const readHtml = memo((html: string, self: number): Reading => {
  const root = parse(html.slice(0, LONGEST_HTML).toWellFormed())
  const mentions = mentionsIn(root)

  const quote = takeQuote(root)
  const text = wordsIn(root.children, self, MOST_TEXT)
  if (!quote) return { text, mentions, quote }

  const { author, messageId, nodes } = quote
  const quoted = wordsIn(nodes, self, LONGEST_QUOTE)
  return { text, mentions, quote: { author: shortName(author), messageId, text: quoted } }
})

/** A space before the first word is the one that the composer puts behind a mention. */
function wordsIn(nodes: Node[], self: number, longest: number) {
  const text = cutShort(renderText(nodes, { self }), 2 * longest)
  return cutShort(visible(text), longest).replace(/^ (?=\S)/, '')
}

/** Equal for what we meant to post and what the list shows of it, wrapped and indented. */
export function fingerprint(html: string): string {
  let text = ''
  let attachments = 0
  const parser = new ShallowParser(DEEPEST_OF_OURS, {
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
  parser.end(html.slice(0, LONGEST_HTML))

  return text.replace(/\s+/g, '')
}
