import { escapeHtml } from './escape.ts'

// Campfire saves a message with a malformed node, and then fails to list the whole page.
const SGID = /^[A-Za-z0-9+/=_-]+--[0-9a-f]+$/

/** Finds `@Name` in text. A name within a longer word is somebody else's, or an address. */
export class Mentions {
  #sgids: Map<string, string>
  #pattern: RegExp | null

  constructor(people: ReadonlyMap<string, string>) {
    this.#sgids = new Map([...people].filter(([name]) => name.trim()))
    this.#pattern = patternOf([...this.#sgids.keys()])
  }

  /** Text as HTML, with a node for every mention. */
  mark(text: string): string {
    if (!this.#pattern) return escapeHtml(text)

    const [before = '', ...rest] = text.split(this.#pattern)
    let html = escapeHtml(before)
    for (let i = 0; i < rest.length; i += 2) {
      html += this.#markName(rest[i] ?? '') + escapeHtml(rest[i + 1] ?? '')
    }
    return html
  }

  /** Somebody who cannot be mentioned is called by their plain name: an @ would promise a notification. */
  #markName(name: string) {
    const sgid = this.#sgids.get(name) ?? ''
    return SGID.test(sgid) ? nodeFor(sgid) : escapeHtml(name)
  }
}

export function hasMention(html: string): boolean {
  return html.includes('<action-text-attachment')
}

function nodeFor(sgid: string) {
  const type = 'application/vnd.campfire.mention'
  return `<action-text-attachment sgid="${sgid}" content-type="${type}"></action-text-attachment>`
}

function patternOf(names: string[]) {
  if (names.length === 0) return null

  const longestFirst = names.toSorted((a, b) => b.length - a.length)
  const any = longestFirst.map((name) => name.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('|')
  const inWord = '[\\p{L}\\p{M}\\p{N}_]'
  return new RegExp(`(?<!${inWord}|[@/])@(${any})(?!${inWord}|[-./@]${inWord})`, 'u')
}
