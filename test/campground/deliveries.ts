import type { Dialect } from './dialect.ts'
import { traitsOf } from './dialect.ts'
import type { Message } from './messages.ts'
import type { People, Person } from './people.ts'
import { plainOf, withoutMentionsOf } from './plain.ts'
import type { Room } from './rooms.ts'

/** One message for one bot. */
export interface Delivery {
  message: number
  bot: number
}

interface Letter {
  message: Message
  room: Room
  bot: Person & { webhook: string }
  people: People
  dialect: Dialect
}

export function requestOf({ message, room, bot, people, dialect }: Letter): Request {
  const creator = people.get(message.creator)
  const payload = JSON.stringify({
    user: { id: creator.id, name: creator.name },
    room: { id: room.id, name: room.name, path: `/rooms/${room.id}/${bot.key}/messages` },
    message: {
      id: message.id,
      body: {
        html: message.html ?? traitsOf(dialect).htmlOfFile,
        plain: withoutMentionsOf(bot, plainOf(message, people)),
      },
      path: `/rooms/${room.id}/@${message.id}`,
    },
  })
  const bytes = new TextEncoder().encode(dialect === 'port' ? payload : escapedForHtml(payload))
  return dialect === 'port' ? inChunks(bot.webhook, bytes) : whole(bot.webhook, bytes)
}

/** As Rails writes JSON, so that it may stand in a page. */
function escapedForHtml(json: string) {
  return json.replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

function whole(url: string, bytes: Uint8Array) {
  const headers = {
    'Content-Type': 'application/json',
    Accept: '*/*',
    'User-Agent': 'Ruby',
    'Accept-Encoding': 'gzip;q=1.0,deflate;q=0.6,identity;q=0.3',
    'Content-Length': String(bytes.length),
  }
  return new Request(url, { method: 'POST', headers, body: bytes, redirect: 'manual' })
}

function inChunks(url: string, bytes: Uint8Array) {
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(bytes)
      controller.close()
    },
  })
  const headers = { 'Content-Type': 'application/json' }
  const init = { method: 'POST', headers, body, redirect: 'manual', duplex: 'half' } as const
  return new Request(url, init)
}
