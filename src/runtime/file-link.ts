/** Until when, after the turn that gives it, a file can be dropped through its link. */
const OPEN_FOR = 15 * 60_000

/** Whose link it is, and of which turn: all that it takes to find the room, and nothing that is secret. */
export interface Ticket {
  room: number
  bot: number
  asker: number
  turn: number
  /** In ms since 1970. */
  until: number
}

interface Signing {
  /** The key of the bot, which nobody has but us and its Campfire. */
  key: string
  /** What the Campfire is called: the same numbers are those of another room elsewhere. */
  campfire: string
}

/** As of a turn that began then: the same whenever it is made, so that an answer is the same after a crash. */
export function ticketOf({ started, ...of }: Omit<Ticket, 'until'> & { started: number }): Ticket {
  return { ...of, until: Math.ceil((started + OPEN_FOR) / 1_000) * 1_000 }
}

export async function signTicket(ticket: Ticket, signing: Signing) {
  const { room, bot, asker, turn, until } = ticket
  const words = [room, bot, asker, turn, until / 1_000].map((number) => number.toString(36))
  const said = words.join('-')
  const mac = await crypto.subtle.sign('HMAC', await keyFrom(signing), bytesOf(said))
  return `${said}.${new Uint8Array(mac).toBase64(BASE64)}`
}

/** What a token says of itself, before anybody believes it: whose key has to be looked up. Null: it is none. */
export function ticketIn(token: string): Ticket | null {
  const parts = /^([0-9a-z]{1,11}(?:-[0-9a-z]{1,11}){4})\.[\w-]{43}$/.exec(token)?.[1]?.split('-')
  const [room, bot, asker, turn, seconds] = (parts ?? []).map((part) => Number.parseInt(part, 36))
  if (!room || !bot || !asker || !turn || !seconds) return null
  return { room, bot, asker, turn, until: seconds * 1_000 }
}

/** It is one of ours, to the letter, and its time is not over. */
export async function isSigned(token: string, ticket: Ticket, signing: Signing, now: number) {
  const [said = '', mac = ''] = token.split('.')
  const bytes = bytesIn(mac)
  if (!bytes) return false
  const isOurs = await crypto.subtle.verify('HMAC', await keyFrom(signing), bytes, bytesOf(said))
  return isOurs && ticket.until > now
}

/** Derived, so that a token tells nothing of the key, and a new key ends every link. */
async function keyFrom({ key, campfire }: Signing) {
  const master = await crypto.subtle.importKey('raw', bytesOf(key), 'HKDF', false, ['deriveKey'])
  return await crypto.subtle.deriveKey(
    {
      name: 'HKDF',
      hash: 'SHA-256',
      salt: new Uint8Array(),
      info: bytesOf(purposeIn(campfire)),
    },
    master,
    { name: 'HMAC', hash: 'SHA-256', length: 256 },
    false,
    ['sign', 'verify'],
  )
}

const BASE64 = { alphabet: 'base64url', omitPadding: true } as const

function bytesOf(text: string) {
  return new TextEncoder().encode(text)
}

function bytesIn(text: string) {
  try {
    const bytes = Uint8Array.fromBase64(text, BASE64)
    // Of the last sign a part is not looked at: each token would have three others.
    return bytes.toBase64(BASE64) === text ? bytes : null
  } catch {
    return null
  }
}

function purposeIn(campfire: string) {
  return `firekeeper files of ${campfire}`
}
