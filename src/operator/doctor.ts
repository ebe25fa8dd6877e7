import { type Bot, type Member, membersIn } from '../bots.ts'
import { timeOf } from '../clock.ts'
import { clockFinding } from './doctor/clock.ts'
import { doubtful, type Finding, well } from './doctor/finding.ts'
import { keyFinding, tryKey } from './doctor/key.ts'
import { examineModels } from './doctor/models.ts'
import { examineSettings, type Settings } from './doctor/settings.ts'

export { clockFinding } from './doctor/clock.ts'
export { doubtful, Finding, well, wrong } from './doctor/finding.ts'
export { keyFinding, tryKey, whyNot } from './doctor/key.ts'
export { wayFinding } from './doctor/models.ts'
export { isWeak, missingIn, type Settings } from './doctor/settings.ts'

/** What is known of a bot from its rooms, newest first. */
export interface Known {
  rooms: number[]
  /** When it last took something that somebody said, in ms since 1970. */
  heard: number | null
}

interface World {
  now: number
  /** On one machine: its Campfire may be at a loopback address, and needs no encryption. */
  isLocal: boolean
  fetch?: typeof fetch
  /** By the bot's user id. Undefined: whoever asks has no rooms to look at, as on the way to a deploy. */
  known?: ReadonlyMap<number, Known>
  /** Bots as an operator has changed them, by name. */
  saved?: ReadonlyMap<string, Bot>
}

/** The free plan gives a handler fifty requests. */
const MOST_ROOMS = 10

/**
 * Looks at everything that has to be right, and changes nothing. It runs in the Worker, for the operator's
 * routes and pages, and in Node, for `npm run doctor`.
 */
export async function examine(settings: Settings, world: World): Promise<Finding[]> {
  const { members } = membersIn(settings.BOT_KEYS ?? '')
  const found = examineSettings(settings, world)
  const hasAddress = found.some(({ about, state }) => about === 'CAMPFIRE_URL' && state !== 'wrong')
  const bots = members.map(({ bot }) => world.saved?.get(bot.name) ?? bot)
  const [campfire, models] = await Promise.all([
    hasAddress ? examineCampfire(settings.CAMPFIRE_URL ?? '', members, world) : [],
    settings.ANTHROPIC_API_KEY && bots.length ? examineModels(settings, bots, world) : [],
  ])
  return [...found, ...campfire, ...models]
}

async function examineCampfire(url: string, members: Member[], world: World) {
  const { now, known, fetch } = world
  const share = Math.max(1, Math.floor(MOST_ROOMS / Math.max(1, members.length)))
  const looks = await Promise.all(
    members.flatMap(({ bot, userId, key }) => {
      const rooms = known?.get(userId)?.rooms.slice(0, share) ?? []
      const wasHeard = (known?.get(userId)?.heard ?? null) !== null
      return (rooms.length ? rooms : [null]).map(async (room) => {
        const asked = { url, key, room, ...(fetch && { fetch }) }
        const look = await tryKey(asked)
        return { look, finding: keyFinding(bot.name, look, { url, room, wasHeard }) }
      })
    }),
  )
  const time = looks.find(({ look }) => look.time !== null)?.look.time ?? null
  return [
    ...once(looks.map(({ finding }) => finding)),
    ...members.flatMap((member) => (known ? [heardFinding(member, known)] : [])),
    ...clockFinding('Campfire', time, now),
  ]
}

function heardFinding({ bot, userId }: Member, known: ReadonlyMap<number, Known>): Finding {
  const { heard, rooms } = known.get(userId) ?? { heard: null, rooms: [] }
  const about = `webhook of ${bot.name}`
  if (heard !== null) {
    const where = rooms.length === 1 ? '1 room' : `${rooms.length} rooms`
    return well(about, `Last heard on ${timeOf(heard)}, known from ${where}.`)
  }
  return doubtful(
    about,
    `Nothing has ever come for ${bot.name}.`,
    'In Campfire open the pencil beside the bot and set the webhook URL, which ends in /webhook; then mention it.',
  )
}

/** A bot whose key is good in ten rooms has a good key. */
function once(findings: Finding[]) {
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()]
}
