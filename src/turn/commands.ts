export type ControlWord = 'help' | 'stop' | 'forget' | 'why'

const WORDS: Record<string, ControlWord> = {
  help: 'help',
  stop: 'stop',
  forget: 'forget',
  'forget this conversation': 'forget',
  why: 'why',
}

/** A message that is handled without the model: the whole of it, in any case and punctuation. */
export function controlWord(text: string): ControlWord | null {
  const bare = text
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toLowerCase()
  return Object.hasOwn(WORDS, bare) ? (WORDS[bare] ?? null) : null
}
