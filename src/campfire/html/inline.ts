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
  return named(withTags(tokens ?? [], place), place)
    .map((token) => renderToken(token, place))
    .join('')
}

/** `@<b>Bob</b>`, of somebody who is called just that: the tag is no tag, but a part of the name. */
function withTags(tokens: Token[], { mentions }: Surroundings) {
  const at = tokens.findIndex(
    ({ type, raw }, index) =>
      type === 'text' && raw.endsWith('@') && tokens[index + 1]?.type === 'html',
  )
  const others =
    at < 0 ? -1 : tokens.findIndex(({ type }, index) => index > at && !/^(?:text|html)$/.test(type))
  const run = at < 0 ? [] : tokens.slice(at, others < 0 ? undefined : others)
  const raw = run.map((token) => token.raw).join('')
  const from = (run[0]?.raw.length ?? 0) - 1
  if (!raw || mentions.plain(raw.slice(from)).startsWith('@')) return tokens
  return tokens.toSpliced(at, run.length, { type: 'text', raw, text: raw })
}

/** `@**Name**`: the sign belongs to the name, also where only the name is marked. */
function named(tokens: Token[], { mentions }: Surroundings) {
  return tokens.flatMap((token, index) => {
    const [before, next] = [tokens[index - 1], tokens[index + 1]]
    if (isAtNamed(token, next, mentions)) {
      const text = token.raw.slice(0, -1)
      return text ? [{ type: 'text', raw: text, text }] : []
    }
    if (!before || !isAtNamed(before, token, mentions)) return [token]
    const words = `@${plainText([token])}`
    return [{ ...token, tokens: [{ type: 'text', raw: words, text: words, escaped: true }] }]
  })
}

function isAtNamed(token: Token, next: Token | undefined, mentions: Mentions) {
  if (token.type !== 'text' || !/(?:^|[^\w.+/@-])@$/.test(token.raw)) return false
  if (next?.type !== 'strong' && next?.type !== 'em') return false
  const words = `@${plainText([next])}`
  return mentions.plain(words) === words.slice(1)
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
