import { escapeHtml } from './escape.ts'
import { Names } from './names.ts'

// Campfire saves a message with a malformed node, and then fails to list the whole page.
const SGID = /^[A-Za-z0-9+/=_-]+--[0-9a-f]+$/

/** As any keyboard has it. */
const AT = /[@＠﹫]/

/** Whom `@Name` mentions. An @ that would tell nobody is left out: it would promise that they are told. */
export class Mentions {
  #sgids: ReadonlyMap<string, string>
  /** Made when the first @ comes: most answers have none, and in how many ways a name is written takes long. */
  #names: Names | null = null

  constructor(people: ReadonlyMap<string, string>) {
    this.#sgids = people
  }

  /** Text as HTML, with a node for every mention. */
  mark(text: string): string {
    const names = this.#namesFor(text)
    if (!names) return escapeHtml(text)

    return names
      .find(text)
      .map(({ text, names }) => (names && this.#nodeFor(names)) ?? escapeHtml(asName(text, names)))
      .join('')
  }

  /**
   * The same where no node can stand: in a link, in code that shows a table. Whoever is among `kept` is
   * left as written.
   */
  plain(text: string, kept?: ReadonlySet<string>): string {
    const names = this.#namesFor(text)
    if (!names) return text

    return names
      .find(text)
      .map(({ text, names }) => (this.#isAmong(names, kept) ? text : asName(text, names)))
      .join('')
  }

  #namesFor(text: string) {
    if (!AT.test(text)) return null
    const known = [...this.#sgids.keys()].filter((name) => name.trim())
    if (!known.length) return null
    this.#names ??= new Names(known)
    return this.#names
  }

  #isAmong(names: string[] | null, kept?: ReadonlySet<string>) {
    const [name, ...others] = names ?? []
    return others.length === 0 && kept?.has(this.#sgids.get(name ?? '') ?? '')
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

/** Of the nodes that we write. */
export function sgidsIn(html: string): string[] {
  const nodes = html.matchAll(/<action-text-attachment sgid="([^"]+)"/g)
  return Array.from(nodes, ([, sgid = '']) => sgid)
}

function asName(text: string, names: string[] | null) {
  return names ? text.slice(1) : text
}

function nodeFor(sgid: string) {
  const type = 'application/vnd.campfire.mention'
  return `<action-text-attachment sgid="${sgid}" content-type="${type}"></action-text-attachment>`
}
