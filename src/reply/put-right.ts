import { isBeginning, isSame, type ListedMessage } from '../campfire.ts'
import { log } from '../log.ts'
import { textOf } from '../tables/room/answers.ts'
import type { Reply } from '../tables/room/reply-states.ts'
import { readSteps } from '../tables/room/steps/read-steps.ts'
import type { Tables } from '../tables.ts'

interface Standing {
  turn: number
  reply: Reply
  standing: ListedMessage
}

/**
 * An edit of ours that was given up may take effect late, and put an earlier beginning of the answer back.
 * That alone is put right: anything else is what a person made of it, and stays.
 */
export function wasPutBack(tables: Tables, { turn, reply, standing }: Standing) {
  if (reply.file !== null || isSame(standing, reply)) return false
  const ref = { ...tables.place, turn, message: standing.id }
  const isOurs = isEarlier(tables, { turn, reply, standing })
  if (isOurs) log.warn('reply.put_right', ref)
  else log.info('reply.was_edited', ref)
  return isOurs
}

function isEarlier({ sql }: Tables, { turn, reply: { body, began }, standing }: Standing) {
  const steps = (readSteps(sql, turn) ?? []).map(textOf)
  const texts = [body, steps.join(''), ...steps].filter(Boolean)
  return isBeginning(standing, { texts, began })
}
