import type { Token } from 'marked'
import { linkTo } from './links.ts'

/** What begins with `<`: an address, a line break, or what looks like a tag. */
export function pointedAt(text: string, at: number): Token | null {
  const address = stickyMatch(AUTOLINK, text, at)
  const shown = address?.slice(1, -1) ?? ''
  const br = stickyMatch(LINE_BREAK, text, at)
  const tag = commentAt(text, at) ?? stickyMatch(TAG, text, at)
  if (address) return linkTo(address, shown, /^[\w.+-]+@/.test(shown) ? `mailto:${shown}` : shown)
  if (br) return { type: 'br', raw: br }
  return tag ? ({ type: 'html', raw: tag } as Token) : null
}

const AUTOLINK = /<(?:(?:https?:\/\/|mailto:)[^\s<>]*|[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+)>/iy
const LINE_BREAK = /<br[ \t]{0,9}\/?>/iy
/** What looks like a tag is text, and nothing in it is markup. */
const TAG = /<(?:\/?[A-Za-z][^<>\n]*|![A-Za-z][^<>\n]*|\?[^<>\n]*)>/y

function commentAt(text: string, at: number) {
  const end = text.startsWith('<!--', at) ? text.indexOf('-->', at + 4) : -1
  return end === -1 ? null : text.slice(at, end + 3)
}

function stickyMatch(pattern: RegExp, text: string, at: number) {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0] ?? null
}
