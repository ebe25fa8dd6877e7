import { campfireIn } from '../../address.ts'
import { type Member, membersOf } from '../../bots.ts'
import type { conditionsIn } from '../conditions.ts'
import type { Known } from '../doctor.ts'
import type { Bots } from '../schemas.ts'
import { standing } from './standing.ts'

type Conditions = Awaited<ReturnType<typeof conditionsIn>>

/** `GET /bots`. */
export async function botsTold(env: Env, { known }: Pick<Conditions, 'known'>): Promise<Bots> {
  const { members, broken } = membersOf(env.BOT_KEYS)
  const account = env.ACCOUNTS.getByName(campfireIn(env).id)
  const bots = members.map(async (member) => {
    const newest = await account.newestVersion(member.bot.name)
    return botTold(member, known, standing(member, newest))
  })
  return { bots: await Promise.all(bots), broken }
}

function botTold(
  { bot, userId }: Member,
  known: ReadonlyMap<number, Known>,
  { words, goesBy, fileChanged }: ReturnType<typeof standing>,
) {
  const { heard, rooms } = known.get(userId) ?? { heard: null, rooms: [] }
  return {
    name: bot.name,
    user: userId,
    model: words.model,
    rooms: rooms.length,
    heardAt: heard === null ? null : new Date(heard).toISOString(),
    goesBy,
    fileChanged: fileChanged.length > 0,
  }
}
