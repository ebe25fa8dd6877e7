import { CampfireError } from '../campfire.ts'
import type { Reply } from '../tables/room/reply-states.ts'
import type { ReplyNeeds } from './needs.ts'

/** One create; where nobody knows what came of it the row says so. */
export async function send(turn: ReplyNeeds, reply: Reply) {
  const words = reply.began ?? reply.body
  return await alone(turn, () => transmit(turn, reply, words)).catch((error: unknown) => {
    const isCertain = error instanceof CampfireError && !error.uncertain
    if (!isCertain) turn.replies.doubt(reply)
    throw error
  })
}

/** What has failed twice is sent only where Campfire is there: what fails then fails alone. */
export async function alone<Made>(
  { row, campfire }: Pick<ReplyNeeds, 'campfire' | 'row'>,
  request: () => Promise<Made>,
) {
  if (row.failures < 2) return await request()
  await campfire.reach()
  return await request().catch((error: unknown) => {
    if (error instanceof CampfireError) error.isAlone = true
    throw error
  })
}

export async function transmit({ campfire }: ReplyNeeds, { file, body }: Reply, words = body) {
  return file
    ? await campfire.attach({ name: file, type: 'text/markdown', body: words })
    : await campfire.post(words)
}

/** Whatever was wrong is over, and the next part begins its own row of failures. */
export function seesItTaken({ row, change }: ReplyNeeds) {
  if (row.outage) change({ failures: 0, failing_since: null, outage: null })
}
