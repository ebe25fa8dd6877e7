import { escapeHtml } from './escape.ts'
import { Names } from './names.ts'

// Campfire saves a message with a malformed node, and then fails to list the whole page.
const SGID = /^[A-Za-z0-9+/=_-]+--[0-9a-f]+$/

/** Whom `@Name` mentions. An @ that would tell nobody is left out: it would promise that they are told. */
export class Mentions {
  #sgids: ReadonlyMap<string, string>
  #names: Names | null

  constructor(people: ReadonlyMap<string, string>) {
    const names = [...people.keys()].filter((name) => name.trim())
    this.#sgids = people
    this.#names = names.length ? new Names(names) : null
  }

  /** Text as HTML, with a node for every mention. */
  mark(text: string): string {
    if (!this.#names || !text.includes('@')) return escapeHtml(text)

    return this.#names
      .find(text)
      .map(({ text, names }) => (names && this.#nodeFor(names)) ?? escapeHtml(asName(text, names)))
      .join('')
  }

  /** The same where no node can stand: in a link, in code that shows a table. */
  plain(text: string): string {
    if (!this.#names || !text.includes('@')) return text
    return this.#names
      .find(text)
      .map(({ text, names }) => asName(text, names))
      .join('')
  }

  #nodeFor(names: string[]) {
    const [name, ...others] = names
    const sgid = this.#sgids.get(name ?? '') ?? ''
    return others.length === 0 && SGID.test(sgid) ? nodeFor(sgid) : null
  }
}

export function hasMention(html: string): boolean {
  return html.includes('<action-text-attachment')
}

function asName(text: string, names: string[] | null) {
  return names ? text.slice(1) : text
}

function nodeFor(sgid: string) {
  const type = 'application/vnd.campfire.mention'
  return `<action-text-attachment sgid="${sgid}" content-type="${type}"></action-text-attachment>`
}
