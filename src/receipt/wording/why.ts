import type { Sentences, WhyReason } from '../../sentences.ts'
import type { TurnRow } from '../../tables/room/turns.ts'

type Row = Pick<TurnRow, 'state' | 'kind'> & Partial<Pick<TurnRow, 'reason'>>

/** Why it spoke, or kept silent. Nothing where a word of ours for it is not known. */
export function whyIn({ reason = null, state, kind }: Row, { why: say }: Sentences) {
  const [word, number] = (reason ?? '').split(' ')
  if (word === 'schedule' && number) return [say.scheduled(Number(number))]
  if (word === 'again' && number) return [say.again]
  // Of a limit it speaks by itself, too.
  const isNote = kind === 'told' && reason !== null && NOTES.has(reason)
  if (isNote) return [say.reasons.note]
  if (reason === 'limit' && state !== 'silent') return []
  return isReason(reason, say.reasons) ? [say.reasons[reason]] : []
}

const NOTES = new Set(['limit', 'test', 'sign-in'])

function isReason(reason: string | null, known: Record<WhyReason, string>): reason is WhyReason {
  return reason !== null && Object.hasOwn(known, reason)
}
