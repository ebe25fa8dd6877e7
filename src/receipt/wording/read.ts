import type { Sentences } from '../../sentences.ts'
import type { TurnRow } from '../../tables/room/turns.ts'
import { numberIn } from './number.ts'
import { whyIn } from './why.ts'

interface Reading {
  row: Pick<TurnRow, 'kind' | 'state' | 'tier' | 'prompt'> & Partial<Pick<TurnRow, 'reason'>>
  messages: number
  edited?: boolean
}

/** What it has read before it spoke, or kept silent. */
export function readBy({ row, messages, edited }: Reading, sentences: Sentences) {
  const { why: say } = sentences
  if (row.kind === 'told' && whyIn(row, sentences).length) return []
  if (row.kind !== 'talk') return [say.word]
  const taken = say.messages(messages, numberIn(sentences, messages))
  if (row.state === 'silent') return messages ? [taken] : []
  return [
    taken,
    ...(edited ? [say.edited] : []),
    contextOf(row.prompt, sentences),
    say.tiers[row.tier],
  ]
}

function contextOf(prompt: string | null, { why: say }: Sentences) {
  if (prompt === null) return say.forgotten
  return prompt.includes('<context') ? say.others : say.noOthers
}
