import { changeBot, differencesOf, type Member, readWords, wordsOf } from '../../bots.ts'
import type { SavedVersion } from '../../tables/account/bot-versions.ts'
import { whatIsWrong } from '../app.ts'

/** What it goes by, and whether that and its file are at odds. */
export function standing({ bot }: Member, newest: SavedVersion | null) {
  const file = wordsOf(bot)
  const words = newest?.words ? readWords(bot, newest.words) : file
  const checked = newest?.words ? changeBot(words, {}) : null
  return {
    newest: newest?.number ?? 0,
    goesBy: newest?.words ? newest.number : ('file' as const),
    words,
    file,
    differs: differencesOf(file, words),
    fileChanged: newest?.words ? differencesOf(readWords(bot, newest.file), file) : [],
    problem: checked && !checked.ok ? whatIsWrong(checked.issues, 'words') : null,
  }
}
