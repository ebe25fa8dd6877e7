import { lateSentence } from '../approval.ts'
import type { Bot } from '../bots.ts'
import { expire } from '../session.ts'
import type { TurnRow } from '../tables/room/turns.ts'
import type { Tables } from '../tables.ts'
import { wordsFor } from './words.ts'

/** Nobody has answered for a day: that is told, as a turn that has nothing to ask the model. */
export function beginLate(tables: Tables, bot: Bot): TurnRow | null {
  const { approvals, turns, session, inbox, now } = tables
  const late = approvals.late(now())
  const [first] = late
  if (!first) return null

  const asked = turns.find(first.turn)
  const sentences = wordsFor(tables, first.asker, { prompt: asked?.prompt ?? null })
  expire(tables, bot)
  for (const { id } of late) approvals.settle(id, 'expired')
  return turns.begin({
    session: session.current()?.id ?? 0,
    kind: 'told',
    asker: first.asker,
    asker_name: '',
    tier: session.tier(),
    prompt: null,
    sentence: lateSentence(late, sentences),
    reason: 'approval expired',
    signs: null,
    started: now(),
    takenThrough: inbox.through(),
  })
}
