import { referenceOf } from '../address.ts'
import { log } from '../log.ts'
import type { Runtime } from '../runtime.ts'
import { botHere } from '../runtime.ts'
import { sentencesAfter } from '../sentences.ts'
import { signsInRow, waitingSigns } from '../tables/room/turns/signs.ts'
import type { TurnRow } from '../tables/room/turns.ts'
import type { Tables } from '../tables.ts'
import { beginTurn, type Outlook } from './begin.ts'

/** What cannot be begun must not keep others waiting: it is tried alone, and then set aside. */
export function beginNext(
  tables: Tables,
  { member }: Runtime,
  outlook: Omit<Outlook, 'alone'>,
): TurnRow | null {
  const { attempts, session } = tables
  const bot = botHere(tables, member)
  try {
    const aside = attempts.areTooMany() ? parkUnstartable(tables) : null
    const alone = attempts.areMany()
    // As one transaction: what fails on the way leaves nothing behind.
    return aside ?? tables.atomically(() => beginTurn(tables, bot, { ...outlook, alone }))
  } catch (error) {
    session.invalidateCache()
    attempts.failed()
    throw error
  }
}

/** A message that cannot even be begun. Nothing of it is read; the room is told, and the next is taken. */
function parkUnstartable({ inbox, turns, session, place, now }: Tables): TurnRow | null {
  const next = inbox.nextEnvelope(now())
  if (!next) return null

  const row = turns.begin({
    session: session.current()?.id ?? 0,
    kind: 'talk',
    asker: next.author,
    asker_name: '',
    tier: session.tier(),
    prompt: null,
    reason: null,
    signs: signsInRow(waitingSigns([next])),
    started: now(),
    takenThrough: next.through,
  })
  const reference = referenceOf(place, row)
  const sentence = sentencesAfter(null).parked(reference)
  turns.change(row, { verdict: 'parked', sentence, error: 'never began' })
  inbox.mark([next], row.id)
  log.error('message.set_aside', { room: place.room, bot: place.bot, turn: row.id, reference })
  return row
}
