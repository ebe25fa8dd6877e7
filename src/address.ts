/** Where a room is: which Campfire, which room of it, and which of our bots. */
export interface Place {
  /** What the Campfire is called in the names of all objects: `CAMPFIRE_ID`. */
  url: string
  room: number
  bot: number
}

/** Where requests for a room go, and whether its Campfire is the one that we serve by now. */
export interface Service {
  address: string
  /** An object of any other Campfire finishes what is open, and no more. */
  isServed: boolean
}

interface Configured {
  CAMPFIRE_URL?: string
  CAMPFIRE_ID?: string
}

/**
 * The Campfire that we serve: where it is, and what it is called. However its address is written, it is
 * one Campfire, so that no room of it is ever two objects; and one that has moved keeps its old name.
 */
export function campfireIn({ CAMPFIRE_URL = '', CAMPFIRE_ID = '' }: Configured) {
  const address = normalised(CAMPFIRE_URL)
  return { address, id: normalised(CAMPFIRE_ID) || address }
}

/** Scheme and host in lower case, no default port, no dot or slash at the end. Anything else stays. */
export function normalised(address: string) {
  const bare = address.trim()
  const url = URL.parse(bare)
  if (!url || !/^https?:$/.test(url.protocol)) return bare.replace(/\/+$/, '')
  const host = url.hostname.replace(/\.+$/, '') + (url.port && `:${url.port}`)
  return `${url.protocol}//${host}${url.pathname.replace(/\/+$/, '')}`
}

/** The object's own name says all that it needs to know, also when only its alarm woke it. */
export function nameOf({ url, room, bot }: Place) {
  // A room without a Campfire is none, and could only fail, each time it is asked.
  if (!url) throw new Error('CAMPFIRE_URL is not set.')
  return `${url.replace(/\/+$/, '')}/rooms/${room}/bots/${bot}`
}

/** Opens the message in Campfire. */
export function linkTo(address: string, room: number, message: number) {
  return `${address}/rooms/${room}/@${message}`
}

/** A person of a Campfire: what they asked to be remembered is theirs in every room. */
export function personName({ url }: Pick<Place, 'url'>, user: number) {
  return `${url.replace(/\/+$/, '')}/people/${user}`
}

/** Names a turn to people; the log has it too. */
export function referenceOf({ bot, room }: Place, { id }: { id: number }) {
  return `${bot}-${room}-${id}`
}

export function placeOf(name: string | undefined): Place {
  const parts = /^(.*)\/rooms\/(\d+)\/bots\/(\d+)$/.exec(name ?? '')
  if (!parts?.[1]) throw new Error('A room must be reached by its name.')
  return { url: parts[1], room: Number(parts[2]), bot: Number(parts[3]) }
}

export function serviceOf({ url }: Pick<Place, 'url'>, env: Configured): Service {
  const { address, id } = campfireIn(env)
  if (!id || id === url) return { address: address || url, isServed: true }
  // A name that is an address says where that Campfire was; any other only that it was ours.
  return { address: URL.canParse(url) ? url : address, isServed: false }
}
