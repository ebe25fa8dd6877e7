import type { Conversation, Said } from './conversation.ts'

export interface Asking extends Conversation {
  /** The words that are answered, and whose they are. */
  words: string
  author: string
}

export function firstOf({ before, asked, author }: Asking): string {
  const first = [...before, ...asked].find((said) => said.author === author)
  return before.length && first
    ? `The first thing you told me here was:\n\n> ${inShort(first.text)}`
    : 'This is the first thing you told me here. Tell me more, and ask again.'
}

export function talkOf({ before, context }: Asking): string {
  if (!before.length) return 'About nothing yet. Tell me something, and ask again.'
  const others = context.length ? `\n\nOthers said ${context.length} more meanwhile.` : ''
  return `So far I was told:\n\n${before.slice(-8).map(asItem).join('\n')}${others}`
}

/** What somebody told us earlier that has words of this question in it. */
export function recall({ before, words: question }: Asking): string | null {
  const wanted = contentOf(question)
  const common = ({ text }: Said) => contentOf(text).filter((word) => wanted.includes(word)).length
  const told = before.toSorted((one, other) => common(other) - common(one))[0]
  if (!/\?|^(when|where|who|what|which|how)\b/i.test(question) || !told || !common(told))
    return null
  return `${told.author} told me:\n\n> ${inShort(told.text)}`
}

function contentOf(text: string): string[] {
  const words = text.toLowerCase().match(/\p{L}{4,}/gu) ?? []
  return words.filter((word) => !SMALL_WORDS.has(word))
}

const SMALL_WORDS = new Set(
  'about does from have that their there they this what when where which will with your'.split(' '),
)

function asItem({ author, text, file }: Said): string {
  return `- ${author}: ${inShort(text || (file ?? ''))}`
}

export function inShort(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > 160 ? `${line.slice(0, 159).trimEnd().toWellFormed()}…` : line
}
