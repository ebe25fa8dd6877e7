import type { Token, Tokens } from 'marked'
import { Mentions, sgidsIn, toHtml } from './html.ts'
import { lexBlocks, parseInline, splitForPush } from './markdown.ts'

type People = ReadonlyMap<string, string>

/** Whom Campfire tells of a message that is created with these words, by their signed ids. */
export function notifiedBy(markdown: string, people: People): Set<string> {
  return new Set(/[@＠﹫]/.test(markdown) ? sgidsIn(toHtml(markdown, people)) : [])
}

/** The last paragraph, item or other block that mentions them; by itself it must mention them, too. */
export function lastNaming(markdown: string, sgid: string, people: People): string {
  const names = (text: string) => notifiedBy(text, people).has(sgid)
  const block = blocksIn(markdown).findLast(names) ?? ''
  const [name = ''] = [...people].find(([, one]) => one === sgid) ?? []
  return splitForPush(block.trim()).findLast(names) ?? `@${name}`
}

/** The same words, in which nobody else is mentioned. */
export function namingOnly(markdown: string, sgids: ReadonlySet<string>, people: People): string {
  const mentions = new Mentions(people)
  return wordsOf(parseInline(markdown), (text) => mentions.plain(text, sgids))
}

/** Of a list each item by itself, and of that each item within. */
function blocksIn(markdown: string): string[] {
  try {
    return lexBlocks(markdown).flatMap(piecesOf)
  } catch {
    return [markdown]
  }
}

function piecesOf(token: Token): string[] {
  if (token.type !== 'list') return [token.raw]
  return (token as Tokens.List).items.flatMap(({ raw, text }) => [
    raw,
    ...lexBlocks(text)
      .filter(({ type }) => type === 'list')
      .flatMap(piecesOf),
  ])
}

/** Markdown as it is written, but for its plain text. */
function wordsOf(tokens: Token[], change: (text: string) => string): string {
  return tokens
    .map((token) => {
      if (token.type === 'text' && !token.tokens) return change(token.raw)
      if (!['strong', 'em', 'del'].includes(token.type)) return token.raw
      const marker = token.raw.slice(0, token.type === 'em' ? 1 : 2)
      return marker + wordsOf(('tokens' in token && token.tokens) || [], change) + marker
    })
    .join('')
}
