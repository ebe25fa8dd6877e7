import { env } from 'cloudflare:workers'
import { Account as RealAccount } from '../../src/account.ts'
import { campfireIn, nameOf } from '../../src/address.ts'
import { assistant } from '../../src/bots/assistant.ts'
import { waking } from '../../src/index/waking.ts'
import app, { Person } from '../../src/index.ts'
import { Room as RealRoom } from '../../src/room.ts'

// The Worker as it is deployed, but for two things: its clock can be put forward, so that what is due in
// an hour or a day can be seen to happen, and one of its tools takes somebody's leave each time.

export { Person }
export const Account = waking(async () => HastenedAccount)
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

/** The platform goes by the real clock. */
function hastened({ storage }: DurableObjectState) {
  const setAlarm = storage.setAlarm.bind(storage)
  const getAlarm = storage.getAlarm.bind(storage)
  storage.setAlarm = (at) => setAlarm(Number(at) - ahead)
  storage.getAlarm = async () => {
    const at = await getAlarm()
    return at === null ? null : at + ahead
  }
  return {
    getAlarm,
    /** The clock was put forward: whatever is due by now rings. */
    async passes(ms: number) {
      const at = await getAlarm()
      if (at !== null) await setAlarm(Math.max(at - ms, realNow()))
    },
  }
}

class HastenedAccount extends RealAccount {
  #clock: ReturnType<typeof hastened>

  constructor(ctx: DurableObjectState, env: Env) {
    const clock = hastened(ctx)
    super(ctx, env)
    this.#clock = clock
  }

  async passes(ms: number) {
    await this.#clock.passes(ms)
  }

  /** In millionths, on the limit of all, in all months. */
  booked() {
    return sumOf(
      this.ctx,
      "SELECT sum(spent) AS sum FROM buckets WHERE id LIKE 'installation month %'",
    )
  }
}

class HastenedRoom extends RealRoom {
  #isRinging = false
  #clock: ReturnType<typeof hastened>

  constructor(ctx: DurableObjectState, env: Env) {
    const clock = hastened(ctx)
    super(ctx, env)
    this.#clock = clock
  }

  override async alarm() {
    this.#isRinging = true
    await super.alarm().finally(() => {
      this.#isRinging = false
    })
  }

  async passes(ms: number) {
    await this.#clock.passes(ms)
  }

  /** In millionths, what all calls here came to. */
  paid() {
    return sumOf(
      this.ctx,
      `SELECT (SELECT coalesce(sum(cost), 0) FROM steps)
         + (SELECT coalesce(sum(cost), 0) FROM compactions) AS sum`,
    )
  }

  /** In how many ms it rings, 0 while it does; null when nothing is due any more. */
  async ringsIn() {
    const at = await this.#clock.getAlarm()
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
      if (ms > 0) await Promise.all([...rooms, accountOf(env)].map((one) => one.passes(ms)))
      return Response.json({})
    }
    if (pathname === '/chaos/money') {
      const paid = await Promise.all(rooms.map((room) => room.paid()))
      const receipts = paid.reduce((all, one) => all + one, 0)
      return Response.json({ booked: await accountOf(env).booked(), receipts })
    }
    return Response.json(await Promise.all(rooms.map((room) => room.ringsIn())))
  },
}

function roomOf(env: Env, room: number) {
  const bot = Number.parseInt(env.BOT_KEYS.split('=')[1] ?? '', 10)
  const rooms = env.ROOMS as unknown as DurableObjectNamespace<HastenedRoom>
  return rooms.getByName(nameOf({ url: campfireIn(env).id, room, bot }))
}

function accountOf(env: Env) {
  const accounts = env.ACCOUNTS as unknown as DurableObjectNamespace<HastenedAccount>
  return accounts.getByName(campfireIn(env).id)
}

function sumOf({ storage: { sql } }: DurableObjectState, query: string) {
  return Number(sql.exec<{ sum: number | null }>(query).one().sum ?? 0)
}
