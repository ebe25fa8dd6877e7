import { fold } from '../../../campfire.ts'

// Chinese, Japanese, Thai … are written without spaces, and FTS5 knows no words but those between
// spaces. So each of their characters is a word of its own, and a search for several is a phrase.
const UNSPACED =
  /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]/gu

export function asWords(text: string) {
  return fold(text).replace(UNSPACED, ' $& ')
}

/** As words were kept before they were folded here: SQLite folds the letters of Latin alone. */
function asWordsOnce(text: string) {
  return text.normalize('NFKC').replace(UNSPACED, ' $& ')
}

/** In any order; all must be there. Empty: there is no word in it. */
export function asQuery(words: string) {
  return wordsIn(words)
    .map((word) => `("${asWords(word)}" OR "${asWordsOnce(word)}")`)
    .join(' AND ')
}

export function wordsIn(text: string) {
  return text
    .normalize('NFKC')
    .replace(/\p{DI}+/gu, '')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
}
