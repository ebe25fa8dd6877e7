import * as z from 'zod'
import { lateSentence } from '../approval.ts'
import type { Bot } from '../bots.ts'
import { sentencesAfter } from '../sentences.ts'
import { expire } from '../session.ts'
import type { TurnRow } from '../tables/room/turns.ts'
import type { Tables } from '../tables.ts'
import { wordsFor } from './words.ts'

/** Nobody has answered for a day: that is told, as a turn that has nothing to ask the model. */
export function beginLate(tables: Tables, bot: Bot): TurnRow | null {
  const { approvals, turns, session, inbox, now } = tables
  const all = approvals.late(now())
  approvals.settle(all, 'expired', now())
  // What never stood in the room nobody could answer.
  const stood = all.filter(({ turn }) => turns.find(turn)?.state === 'replied')
  const late = stood.map((one) => ({ ...one, hadYes: approvals.hadYes(one.turn) }))
  const [first] = late
  if (!first) return tellToMention(tables)

  const asked = turns.find(first.turn)
  const sentences = wordsFor(tables, first.asker, { prompt: asked?.prompt ?? null })
  expire(tables, bot)
  return turns.begin({
    session: session.current()?.id ?? 0,
    kind: 'told',
    asker: first.asker,
    asker_name: '',
    tier: session.tier(),
    prompt: null,
    sentence: lateSentence(late, sentences),
    reason: late.every(({ hadYes }) => hadYes) ? 'approval unpaid' : 'approval expired',
    signs: null,
    started: now(),
    takenThrough: inbox.received.through(),
  })
}

const TOLD_TO_MENTION = 'told to mention'
const Telling = z.enum(['due', 'told'])

/**
 * In a direct that began with one person and an answer to every word, whoever joins in makes it one
 * where a mention is needed: that is said once, after the first words that were met with silence.
 */
export function noteFirstSilence({ facts, turns }: Tables) {
  const hasAnswered = turns
    .newest(FEW)
    .some(({ reason, state }) => reason === 'direct' && state === 'replied')
  if (hasAnswered && facts.get(TOLD_TO_MENTION, Telling) === null) facts.set(TOLD_TO_MENTION, 'due')
}

const FEW = 20

function tellToMention({ facts, turns, session, inbox, now }: Tables): TurnRow | null {
  if (facts.get(TOLD_TO_MENTION, Telling) !== 'due') return null
  const current = session.current()
  const last = turns.last()
  facts.set(TOLD_TO_MENTION, 'told')
  return turns.begin({
    session: current?.id ?? 0,
    kind: 'told',
    asker: last?.asker ?? 0,
    asker_name: last?.asker_name ?? '',
    tier: session.tier(),
    prompt: null,
    sentence: sentencesAfter(current && session.lastPrompt(current)).mentionMe,
    reason: 'several people',
    signs: null,
    started: now(),
    takenThrough: inbox.received.through(),
  })
}
