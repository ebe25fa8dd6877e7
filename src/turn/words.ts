import { languageIn, sentencesFrom } from '../sentences.ts'
import type { Tables } from '../tables.ts'
import { languageOfWord } from './commands.ts'

/** Whoever has said nothing that tells a language in so many turns is answered in English. */
const LOOKS_BACK = 20

/** The bot's own words for this person: in the language of the question, or of what they said before. */
export function wordsFor(
  { turns }: Tables,
  asker: number,
  { prompt = null, word = '' }: { prompt?: string | null; word?: string } = {},
) {
  const earlier = () => turns.newest(LOOKS_BACK).reverse()
  const prompts = () => earlier().flatMap(({ prompt }) => (prompt === null ? [] : [prompt]))
  return sentencesFrom(languageIn(prompt) ?? languageOfWord(word), prompts, asker)
}
