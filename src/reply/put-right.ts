import { isBeginning, isSame, type ListedMessage } from '../campfire.ts'
import { log } from '../log.ts'
import { textOf } from '../tables/room/answers.ts'
import { lateEdits } from '../tables/room/replies/late-edits.ts'
import type { Reply } from '../tables/room/reply-states.ts'
import { readSteps } from '../tables/room/steps/read-steps.ts'
import type { TurnRow } from '../tables/room/turns.ts'
import type { Tables } from '../tables.ts'

interface Standing {
  turn: Pick<TurnRow, 'id' | 'crashes' | 'doubt'>
  reply: Reply
  standing: ListedMessage
  /** It was found only now. */
  isNew: boolean
}

/**
 * An edit of ours that was given up may take effect late, and put an earlier beginning of the answer back.
 * That alone is put right: anything else is what a person made of it, and stays. Whoever only takes its end away
 * leaves an earlier beginning, too: so it must be one that an edit of ours without an answer has said. Of what was
 * never finished, or what a life that was cut short had sent, any beginning may be: until all of it was seen to stand.
 */
export function wasPutBack(tables: Tables, { turn, reply, standing, isNew }: Standing) {
  if (reply.file !== null || isSame(standing, reply)) return false
  const ref = { ...tables.place, turn: turn.id, message: standing.id }
  const isFinished = reply.state === 'posted'
  const mayBeAny = isNew || !isFinished || (turn.crashes > 0 && turn.doubt !== 2)
  const isOurs =
    isLate(tables, turn.id, standing) ||
    (mayBeAny && isEarlier(tables, { turn: turn.id, reply, standing }))
  if (isOurs) log.warn('reply.put_right', ref)
  else log.info('reply.was_edited', ref)
  return isOurs
}

function isLate({ sql }: Tables, turn: number, standing: ListedMessage) {
  const edits = lateEdits(sql, turn, standing.id)
  return edits.some(({ words }) => isSame(standing, { body: words, file: null }))
}

type Beginning = Pick<Standing, 'reply' | 'standing'> & { turn: number }

function isEarlier({ sql }: Tables, { turn, reply: { body, began }, standing }: Beginning) {
  const steps = (readSteps(sql, turn) ?? []).map(textOf)
  const texts = [body, steps.join(''), ...steps].filter(Boolean)
  return isBeginning(standing, { texts, began })
}
