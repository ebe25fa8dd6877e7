import { MINUTE } from '../../clock.ts'
import type { SignInTable } from '../../tables/account/sign-ins.ts'
import { tellOperator } from '../operator-room.ts'

interface World {
  ctx: DurableObjectState
  env: Env
  table: SignInTable
}

/** One line for each sign-in that has ended, in the room that the operator reads. */
export async function tellOfEnded({ ctx, env, table }: World) {
  for (const { bot, server, at } of table.ended()) {
    const note = { id: `sign-in ${bot} ${server} ${at}`, bot, server }
    const url = String(ctx.id.name)
    const isTold = await tellOperator(env, url, async (room) => await room.tellOfServer(note))
    const row = table.find(bot, server)
    if (!isTold) await wakeSoon(ctx)
    else if (row?.at === at) table.keep({ ...row, state: 'told' })
  }
}

/** Never later than is set already. */
async function wakeSoon({ storage }: DurableObjectState) {
  const set = await storage.getAlarm()
  const due = Date.now() + MINUTE
  if (set === null || set > due) await storage.setAlarm(due)
}
