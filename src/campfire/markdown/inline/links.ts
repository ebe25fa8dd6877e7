import type { Tokens } from 'marked'
import { destinationAt } from '../address.ts'

export type Links = Record<string, { href?: string | null; title?: string | null }>

/** As if all that is in brackets were defined: for whoever must not cut through what may be a link. */
export const EVERY_LINK: Links = {}

export interface Bracket {
  at: number
  index: number
  isImage: boolean
  isActive: boolean
}

/** Where a link leads whose bracket is closed at `close`, and where it ends. */
export function linkBehind(text: string, close: number, bracket: Bracket, links: Links) {
  const after = close + 1
  const destination = text[after] === '(' ? destinationAt(text, after) : null
  if (destination && !isCall(text, bracket, destination.href)) return destination

  const [reference, name] = /^\[([^[\]]{0,500})\]/.exec(text.slice(after, after + 503)) ?? ['', '']
  const link = linkNamed(links, name || labelOf(text, close, bracket))
  return link && { href: link.href ?? '', title: link.title ?? null, end: after + reference.length }
}

export function labelOf(text: string, close: number, { at, isImage }: Bracket) {
  return text.slice(at + (isImage ? 2 : 1), close)
}

/** `f[i](x)`: no link, though it looks like one. */
function isCall(text: string, { at, isImage }: Bracket, href: string) {
  return !isImage && /[\w\])]/.test(text[at - 1] ?? '') && !/^(?:https?:|mailto:)/i.test(href)
}

function linkNamed(links: Links, label: string): Links[string] | null | undefined {
  if (links === EVERY_LINK) return { href: '' }
  const name = label.trim().replace(/\s+/g, ' ').toLowerCase().toUpperCase().toLowerCase()
  return name && Object.hasOwn(links, name) ? links[name] : null
}

/** An address that is a link by itself. */
export function linkTo(raw: string, shown: string, href: string): Tokens.Link {
  const tokens = [{ type: 'text', raw: shown, text: shown, escaped: true } as Tokens.Text]
  return { type: 'link', raw, text: shown, href, title: null, autolink: true, tokens }
}
