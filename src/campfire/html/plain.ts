import type { Token, Tokens } from 'marked'
import { decode } from './escape.ts'
import { address, withAddress } from './links.ts'

/** Inline text where there is no markup to be had: links keep their address. */
export function plainText(tokens: Token[] | undefined): string {
  return (tokens ?? []).map(plainToken).join('')
}

function plainToken(token: Token): string {
  switch (token.type) {
    case 'text':
      return token.tokens ? plainText(token.tokens) : decode(token.text)
    case 'escape':
    case 'codespan':
      return token.text
    case 'strong':
    case 'em':
      return plainText(token.tokens)
    case 'del':
      // What is struck out must not be read as if it were not.
      return `~~${plainText(token.tokens)}~~`
    case 'br':
      return ' '
    case 'link':
    case 'image':
      return link(token as Tokens.Link | Tokens.Image)
    default:
      return token.raw
  }
}

function link(token: Tokens.Link | Tokens.Image) {
  const href = address(token.href, 'autolink' in token)
  return withAddress(plainText(token.tokens), href, decode(token.title ?? ''))
}
