import type { Token, Tokens } from 'marked'
import { decode, escapeHtml } from './escape.ts'
import { address, anchor, isAllowed } from './links.ts'
import type { Mentions } from './mentions.ts'
import { plainText } from './plain.ts'

const DEEPEST = 20

/** Where inline text stands: in a link there are no mentions and no further links. */
interface Surroundings {
  mentions: Mentions
  inLink?: boolean
  depth?: number
}

export function renderInline(tokens: Token[] | undefined, place: Surroundings): string {
  return (tokens ?? []).map((token) => renderToken(token, place)).join('')
}

function renderToken(token: Token, place: Surroundings): string {
  switch (token.type) {
    case 'text':
      return token.tokens ? renderInline(token.tokens, place) : text(decode(token.text), place)
    case 'escape':
      return text(token.text, place)
    case 'strong':
    case 'em':
      return wrap(token.type, token, place)
    case 'del':
      return wrap('del', token, place)
    case 'codespan':
      return `<code>${escapeHtml(token.text)}</code>`
    case 'br':
      return '<br>'
    case 'link':
      return link(token as Tokens.Link, place)
    case 'image':
      return image(token as Tokens.Image, place)
    case 'checkbox':
      return token.checked ? '☑ ' : '☐ '
    default:
      return lines(escapeHtml(token.raw))
  }
}

function text(content: string, { mentions, inLink }: Surroundings) {
  return lines(inLink ? escapeHtml(mentions.plain(content)) : mentions.mark(content))
}

function lines(html: string) {
  return html.replace(/\n/g, '<br>')
}

function wrap(tag: string, token: Token, place: Surroundings) {
  const depth = (place.depth ?? 0) + 1
  const inner = renderInline('tokens' in token ? token.tokens : [], { ...place, depth })
  return depth > DEEPEST ? inner : `<${tag}>${inner}</${tag}>`
}

function link(token: Tokens.Link, place: Surroundings) {
  const label = renderInline(token.tokens, { ...place, inLink: true })
  if (place.inLink) return label

  return anchor(address(token.href, token.autolink), label, token.title)
}

/** An image that a model wrote is only a link: showing it would tell its host who reads along. */
function image(token: Tokens.Image, place: Surroundings) {
  const href = address(token.href)
  const label = escapeHtml(place.mentions.plain(plainText(token.tokens)))
  return place.inLink && isAllowed(href)
    ? label || escapeHtml(href)
    : anchor(href, label, token.title)
}
