import { env } from 'cloudflare:workers'
import { campfireIn, nameOf } from '../../src/address.ts'
import { assistant } from '../../src/bots/assistant.ts'
import { waking } from '../../src/index/waking.ts'
import app, { Account, Person } from '../../src/index.ts'
import { Room as RealRoom } from '../../src/room.ts'

// The Worker as it is deployed, but for two things: its clock can be put forward, so that what is due in
// an hour or a day can be seen to happen, and one of its tools takes somebody's leave each time.

export { Account, Person }
export const Room = waking(async () => HastenedRoom)

// It searches the web, and trusts what it finds: else whatever it does after that would ask.
Object.assign(assistant, {
  approval: { attach_file: 'always', boost: 'never' },
  serverTools: { webSearch: {} },
  trusted: ['web_search'],
})

const world = env as Env & { AHEAD?: string }
let ahead = Number(world.AHEAD ?? 0)
const realNow = Date.now
Date.now = () => realNow() + ahead

class HastenedRoom extends RealRoom {
  #isRinging = false
  #setAlarm: (at: number) => Promise<void>
  #getAlarm: () => Promise<number | null>

  constructor(ctx: DurableObjectState, env: Env) {
    const { storage } = ctx
    const setAlarm = storage.setAlarm.bind(storage)
    const getAlarm = storage.getAlarm.bind(storage)
    // The platform goes by the real clock.
    storage.setAlarm = (at) => setAlarm(Number(at) - ahead)
    storage.getAlarm = async () => {
      const at = await getAlarm()
      return at === null ? null : at + ahead
    }
    super(ctx, env)
    this.#setAlarm = setAlarm
    this.#getAlarm = getAlarm
  }

  override async alarm() {
    this.#isRinging = true
    await super.alarm().finally(() => {
      this.#isRinging = false
    })
  }

  /** The clock was put forward: whatever is due by now rings. */
  async passes(ms: number) {
    const at = await this.#getAlarm()
    if (at !== null) await this.#setAlarm(Math.max(at - ms, realNow()))
  }

  /** In how many ms it rings, 0 while it does; null when nothing is due any more. */
  async ringsIn() {
    const at = await this.#getAlarm()
    if (this.#isRinging) return 0
    return at === null ? null : Math.max(0, at - realNow())
  }
}

export default {
  async fetch(request: Request, env: Env, ctx: ExecutionContext) {
    const { pathname, searchParams } = new URL(request.url)
    if (!pathname.startsWith('/chaos/')) return await app.fetch(request, env, ctx)

    const rooms = searchParams.getAll('room').map((name) => roomOf(env, Number(name)))
    if (pathname === '/chaos/passes') {
      const ms = Number(searchParams.get('ahead')) - ahead
      ahead += ms
      if (ms > 0) await Promise.all(rooms.map((room) => room.passes(ms)))
      return Response.json({})
    }
    return Response.json(await Promise.all(rooms.map((room) => room.ringsIn())))
  },
}

function roomOf(env: Env, room: number) {
  const bot = Number.parseInt(env.BOT_KEYS.split('=')[1] ?? '', 10)
  const rooms = env.ROOMS as unknown as DurableObjectNamespace<HastenedRoom>
  return rooms.getByName(nameOf({ url: campfireIn(env).id, room, bot }))
}
