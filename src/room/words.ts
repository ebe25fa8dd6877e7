import { sentencesFrom } from '../turn/sentences.ts'
import type { Parts } from './parts.ts'

/** Whoever has said nothing that tells a language in so many turns is answered in English. */
const LOOKS_BACK = 20

/** The bot's own words for this person: in the language of the question, or of what they said before. */
export function wordsFor(
  { turns }: Parts,
  asker: number,
  { prompt = null, word = '' }: { prompt?: string | null; word?: string } = {},
) {
  const earlier = () => turns.newest(LOOKS_BACK).reverse()
  const prompts = () => earlier().flatMap(({ prompt }) => (prompt === null ? [] : [prompt]))
  return sentencesFrom({ prompt, word }, prompts, asker)
}
