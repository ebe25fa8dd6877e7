import { nameOf } from '../address.ts'
import { membersOf } from '../bots.ts'
import { inShort, log } from '../log.ts'

type RoomStub = ReturnType<Env['ROOMS']['getByName']>

/** Says something in the room that whoever runs the bots reads. False: not now. Without such a room, the log has it. */
export async function tellOperator(
  env: Env,
  url: string,
  say: (room: RoomStub) => Promise<boolean>,
): Promise<boolean> {
  const room = Number(/^[1-9]\d{0,15}$/.exec(env.OPERATOR_ROOM?.trim() ?? '')?.[0])
  const [bot] = membersOf(env.BOT_KEYS).members
  if (!room || !bot) return true
  const name = nameOf({ url, room, bot: bot.userId })
  return await say(env.ROOMS.getByName(name)).catch((error: unknown) => {
    log.warn('room.not_reached', { error: inShort(error) })
    return false
  })
}
