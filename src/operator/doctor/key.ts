import { Campfire, CampfireError, isDenied, type Kind } from '../../campfire.ts'
import { doubtful, type Finding, well, wrong } from './finding.ts'

interface Asked {
  url: string
  key: string
  /** Null: no room of this bot is known. */
  room: number | null
  fetch?: typeof fetch
}

export interface KeyLook {
  /** `unknowable`: up to v1.4.9 a key can only be tried by posting something. */
  verdict: 'good' | 'unknowable' | 'no room' | 'refused'
  kind: Kind | null
  version: string | null
  /** What time it is there, in ms since 1970. */
  time: number | null
}

/** Campfire looks at the key before it looks for the room, so that any room will do to try one. */
const ANY_ROOM = 1

/** Looks at the newest page of a room, which changes nothing and tells whether the key is taken. */
export async function tryKey({ url, key, room, ...world }: Asked): Promise<KeyLook> {
  let headers = new Headers()
  const fetched: typeof fetch = async (input, init) => {
    const answer = await (world.fetch ?? fetch)(input, init)
    headers = answer.headers
    return answer
  }
  try {
    const asked = { url, room: room ?? ANY_ROOM, key, fetch: fetched, timeoutMs: 10_000 }
    await new Campfire(asked).list()
    return { verdict: 'good', kind: null, ...told(headers) }
  } catch (error) {
    const page = isDenied(error) ? await signInPage(url, world.fetch) : null
    // An old one has no such route, and does not say there who it is.
    if (page) return { verdict: 'unknowable', kind: 'unsupported', ...told(page) }
    const kind = error instanceof CampfireError ? error.kind : 'unreadable'
    // A key that is not taken is refused before anybody looks for a room.
    const verdict = kind !== 'gone_room' ? 'refused' : room === null ? 'good' : 'no room'
    return { verdict, kind, ...told(headers) }
  }
}

/** Null: whatever denies it has none, and so is no Campfire. */
async function signInPage(url: string, fetched: typeof fetch = fetch) {
  try {
    const page = await fetched(`${url.replace(/\/+$/, '')}/session/new`, {
      redirect: 'manual',
      headers: { 'User-Agent': 'Firekeeper' },
      signal: AbortSignal.timeout(10_000),
    })
    await page.body?.cancel()
    return page.status === 200 ? page.headers : null
  } catch {
    return null
  }
}

function told(headers: Headers) {
  const time = Date.parse(headers.get('date') ?? '')
  const version = headers.get('x-version')
  const isVersion = version !== null && version !== '0' && /^[\w.-]{1,40}$/.test(version)
  return { version: isVersion ? version : null, time: Number.isNaN(time) ? null : time }
}

/** `wasHeard`: a delivery came with this very key, so that Campfire knows it. */
export function keyFinding(
  bot: string,
  { verdict, kind, version }: KeyLook,
  { url, room, wasHeard }: { url: string; room: number | null; wasHeard: boolean },
): Finding {
  const about = `key of ${bot}`
  const named = version ? `Campfire ${version}` : 'Campfire'
  switch (verdict) {
    case 'good':
      return well(about, `${named} takes it.`)
    case 'no room':
      return doubtful(
        about,
        `${named} takes it, but ${bot} is not in room ${room}, or that room doesn't exist.`,
        'If it is to answer there, add the bot in the settings of that room.',
      )
    case 'unknowable':
      return wasHeard
        ? well(about, `${named} has delivered with it.`)
        : doubtful(
            about,
            `${named} can only create messages, so nobody can try a key without posting something.`,
            'Mention the bot: its answer shows that the key is good. npm run setup can say hello.',
          )
    default:
      return wrong(about, ...whyNot(kind ?? 'unreadable', { bot, url }))
  }
}

/** What is wrong, and what to do. */
export function whyNot(
  kind: Kind,
  { bot, url }: { bot: string; url: string },
): [says: string, todo: string] {
  const at = url.replace(/\/+$/, '')
  const list = `${at}/account/bots`
  switch (kind) {
    case 'rejected_key':
      return [
        'Campfire does not take the key: it is mistyped, was made anew, or the bot was deleted.',
        `Copy the line of ${bot} from ${list} once more, and run npm run setup.`,
      ]
    case 'gone_room':
      return [
        'Campfire takes the key, but the bot is not in that room.',
        `Copy a line of ${bot} from ${list} that stands for a room it is in.`,
      ]
    case 'moved':
      return [
        `${at} sends us elsewhere.`,
        'Give the address where people end up in their browser, with https:// if it says so there.',
      ]
    case 'unreachable':
      return [
        `Nobody answers at ${at}.`,
        'Look whether Campfire runs, and whether its address can be reached from outside your network.',
      ]
    case 'banned':
      return [
        'Campfire has banned the address that we come from.',
        'Lift the ban in Campfire, or wait for another address.',
      ]
    case 'broken':
      return [
        'Campfire failed at it.',
        'Look into the log of Campfire, and try again. On v1.4.9 this is also said of a room that the bot is not in.',
      ]
    default:
      return [
        `What answers at ${at} is no Campfire.`,
        `Open ${list} in a browser: it should show your bots.`,
      ]
  }
}
