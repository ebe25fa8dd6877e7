import { campfireIn } from '../../address.ts'
import { membersOf } from '../../bots.ts'
import { VERSION } from '../../runtime.ts'
import { botNow } from '../app.ts'
import { conditionsIn } from '../conditions.ts'
import { doubtful, examine, type Finding, well } from '../doctor.ts'
import type { Doctor } from '../schemas.ts'

const MB = 1024 * 1024
/** Of the ten gigabytes that an object may have, and of the five that an account has for nothing. */
const FULL_MB = 4_000

/** `GET /doctor`: what the Worker finds when it looks at itself. */
export async function doctorTold(env: Env, where: { isLocal: boolean }): Promise<Doctor> {
  const now = Date.now()
  // Without an address there is no Campfire to have rooms in.
  const hasCampfire = campfireIn(env).id !== ''
  const conditions = hasCampfire ? await conditionsIn(env, now) : null
  const known = conditions?.known ?? new Map()
  const saved = hasCampfire ? await savedBots(env) : new Map()
  const findings = await examine(env, { now, ...where, known, saved })
  const storage = conditions ? [await storageFinding(env, conditions)] : []
  return {
    version: VERSION,
    now: new Date(now).toISOString(),
    findings: [...findings, ...storage],
  }
}

/** The bots as they are by now, by their names: an operator may have changed them. */
async function savedBots(env: Env) {
  const bots = membersOf(env.BOT_KEYS).members.map(
    async ({ bot }) => [bot.name, await botNow({ env }, bot)] as const,
  )
  return new Map(await Promise.all(bots))
}

interface Measured {
  bytes: number
  asked: number
  rooms: number
}

async function storageFinding(env: Env, { bytes, asked, rooms }: Measured): Promise<Finding> {
  const own = await env.ACCOUNTS.getByName(campfireIn(env).id).bytes()
  // Rooms that were not asked are taken to be as large as those that were.
  const all = own + bytes * Math.max(1, rooms / Math.max(1, asked))
  const megabytes = Math.ceil(all / MB)
  const says = `About ${megabytes} MB in ${rooms} rooms${asked < rooms ? `, of which ${asked} were asked` : ''}.`
  if (megabytes < FULL_MB) return well('storage', says)
  const todo =
    'The free plan holds 5 GB. Keep archives for fewer days (archiveDays of a bot), or pay for more.'
  return doubtful('storage', says, todo)
}
