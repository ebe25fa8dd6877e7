import { CampfireError } from '../campfire.ts'
import type { Reply } from '../tables/room/reply-states.ts'
import type { ReplyNeeds } from './needs.ts'
import { isShutFromUs } from './reconcile.ts'

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
  turn: Pick<ReplyNeeds, 'campfire' | 'hasHeard' | 'now' | 'row'>,
  request: () => Promise<Made>,
) {
  if (turn.row.failures < 2 || (await reaches(turn)) === null) return await request()
  return await request().catch((error: unknown) => {
    if (error instanceof CampfireError) error.isAlone = true
    throw error
  })
}

/** As `Campfire.reach`. Null: nobody lets us ask, and that is not waited for any more. */
export async function reaches(
  turn: Pick<ReplyNeeds, 'campfire' | 'hasHeard' | 'now'> & {
    row: Pick<ReplyNeeds['row'], 'failing_since'>
  },
  mayGuess?: boolean,
) {
  return await turn.campfire.reach(mayGuess).catch((error: unknown) => {
    if (!isShutFromUs(error, turn)) throw error
    return null
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
