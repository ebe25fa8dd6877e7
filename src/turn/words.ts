import { languageIn, sentencesAmong } from '../sentences.ts'
import type { Tables } from '../tables.ts'
import { languageOfWord } from './commands.ts'

/** The bot's own words for this person: in the language of the question, or of what they said before. */
export function wordsFor(
  { turns }: Tables,
  asker: number,
  { prompt = null, word = '' }: { prompt?: string | null; word?: string } = {},
) {
  return sentencesAmong(turns, asker, languageIn(prompt) ?? languageOfWord(word))
}

export function languageFor(tables: Tables, asker: number, prompt: string | null) {
  return wordsFor(tables, asker, { prompt }).language
}
