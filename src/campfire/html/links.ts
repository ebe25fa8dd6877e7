import type { Token } from 'marked'
import { clean, decode, escapeHtml } from './escape.ts'

/** A link with a label in HTML; with an address that Campfire would refuse, both as text. */
export function anchor(href: string, label: string, title?: string | null): string {
  const tip = escapeHtml(decode(title ?? ''))
  if (!isAllowed(href)) return withAddress(label, escapeHtml(href), tip)

  const url = escapeHtml(href.replace(/\s/g, encodeURIComponent))
  const shown = label.trim() ? label : escapeHtml(href)
  return `<a href="${url}"${tip && ` title="${tip}"`}>${shown}</a>`
}

/** A link as text, with its address unless that is what it shows. */
export function withAddress(label: string, href: string, title = ''): string {
  const isShown = ['', 'http://', 'mailto:'].some((start) => start + label === href)
  const rest = [isShown ? '' : href, title].filter(Boolean).join(' ')
  if (!label.trim() || !rest) return label.trim() ? label : rest

  return `${label} (${rest})`
}

export function address(href: string, literal = false): string {
  return clean(literal ? href : decode(href)).trim()
}

export function isAllowed(href: string): boolean {
  return /^(?:https?:\/\/|mailto:)/i.test(href) && URL.canParse(href)
}

/** The addresses that links lead to: a definition of any other address is text. */
export function usedLinks(tokens: Token[]): Set<string> {
  return new Set(tokens.flatMap(addressesIn))
}

function addressesIn(token: Token): string[] {
  const own = token.type === 'link' || token.type === 'image' ? [token.href] : []
  return [...own, ...childrenOf(token).flatMap(addressesIn)]
}

function childrenOf(token: Token): Token[] {
  if (token.type === 'list') return token.items.flatMap(childrenOf)
  if (token.type !== 'table') return ('tokens' in token && token.tokens) || []

  return [token.header, ...token.rows].flat().flatMap(childrenOf)
}
