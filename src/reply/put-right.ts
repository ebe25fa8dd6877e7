import { type Campfire, isBeginning, isSame, type ListedMessage } from '../campfire.ts'
import { log } from '../log.ts'
import { textOf } from '../tables/room/answers.ts'
import { readSteps } from '../tables/room/read-steps.ts'
import type { Reply } from '../tables/room/reply-states.ts'
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
export async function putRight(
  tables: Tables,
  campfire: Pick<Campfire, 'edit'>,
  { turn, reply, standing }: Standing,
) {
  if (reply.file !== null || isSame(standing, reply)) return
  const ref = { ...tables.place, turn, message: standing.id }
  if (!isEarlier(tables, { turn, reply, standing })) return log.info('reply.was_edited', ref)

  log.warn('reply.put_right', ref)
  await campfire.edit(standing.id, reply.body)
}

function isEarlier({ sql }: Tables, { turn, reply: { body, began }, standing }: Standing) {
  const steps = (readSteps(sql, turn) ?? []).map(textOf)
  const texts = [body, steps.join(''), ...steps].filter(Boolean)
  return isBeginning(standing, { texts, began })
}
