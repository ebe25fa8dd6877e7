import { withoutStatus } from './beginning.ts'
import { toHtml } from './html.ts'
import type { ListedMessage } from './message.ts'
import { fingerprint, readHtml } from './text.ts'

/**
 * What stands in the room as Markdown that shows all of it, but for a last line about what we are at. Null:
 * it cannot be said in Markdown.
 */
export function asMarkdown(
  { html, plain }: ListedMessage,
  people: ReadonlyMap<string, string> = new Map(),
): string | null {
  const standing = withoutStatus(html)
  const isWhole = (words: string) => fingerprint(toHtml(words, people)) === fingerprint(standing)
  const words = [readHtml(standing, 0).text, plain].map((text) => text.trim())
  return words.find((text) => text && isWhole(text)) ?? null
}
