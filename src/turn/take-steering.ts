import type { Bot } from '../bots.ts'
import { morePrompt } from '../prompt.ts'
import type { Signs } from '../reply.ts'
import type { Message } from '../tables/room/message.ts'
import { isScheduled, type TurnRow } from '../tables/room/turns.ts'
import type { Tables } from '../tables.ts'
import { keepWords, wantsOwnTurn } from './begin.ts'
import { hasFileLink } from './linked-files.ts'

/** What the asker has said since, in words for the model; from here on it belongs to this turn. */
export function takeSteering(
  tables: Tables,
  { bot, row, signs }: { bot: Bot; row: TurnRow; signs: Signs },
) {
  if (bot.whileWorking !== 'steer' || isScheduled(row)) return null
  const { inbox, forgotten, now } = tables
  // What is linked is fetched before a turn begins.
  const takesOwn = (message: Message) =>
    wantsOwnTurn(tables, bot, message) || hasFileLink(tables, message)
  const more = inbox.more(row.asker, takesOwn)
  if (!more.length) return null

  // What came late, and was said before they had us forget it, is not to be read any more.
  const known = more.filter((message) => !forgotten.cameBefore(message))
  keepWords(tables, known)
  inbox.mark(more, row.id)
  signs.takeOver(more)
  if (!known.length) return null
  const read = known.map((message) => ({ ...message, quote: forgotten.cut(message.quote) }))
  return morePrompt(read, now(), bot.timeZone)
}
