import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { FreshClient } from './fresh.ts'
import { KeptClient } from './kept.ts'

/**
 * A bot for Campfire as somebody would write it over the Claude Agent SDK: one conversation for each
 * room, one turn at a time in it, the webhook acknowledged at once. `MODE` says which client it has.
 * The ids of the conversations are on the disk, so that both kinds find theirs after a restart.
 */
const { PORT, HOME = '', MODE, CAMPFIRE_URL } = process.env
const SESSIONS = join(HOME, 'sessions.json')

export interface Client {
  ask(text: string): Promise<string>
}
interface Delivery {
  room: { id: number; path: string }
  message: { body: { plain: string } }
}

const sessions: Record<string, string> = remembered()
const clients = new Map<number, Client>()
const tails = new Map<number, Promise<void>>()

createServer(async (incoming, outgoing) => {
  const chunks: Uint8Array[] = []
  for await (const chunk of incoming) chunks.push(chunk)
  outgoing.writeHead(incoming.method === 'POST' ? 204 : 200).end()
  if (incoming.method === 'POST') receive(JSON.parse(Buffer.concat(chunks).toString()) as Delivery)
}).listen(Number(PORT), '127.0.0.1', () => process.send?.('ready'))
process.once('disconnect', () => process.exit())

function receive(delivery: Delivery) {
  const { id } = delivery.room
  const turn = (tails.get(id) ?? Promise.resolve()).then(() => answer(delivery))
  tails.set(
    id,
    turn.catch((error) => console.error(`room ${id}`, error)),
  )
}

async function answer({ room, message }: Delivery) {
  const text = await clientOf(room.id).ask(message.body.plain)
  const posted = await fetch(CAMPFIRE_URL + room.path, { method: 'POST', body: text })
  if (!posted.ok) throw new Error(`Campfire says ${posted.status}`)
}

function clientOf(room: number) {
  const known = clients.get(room)
  if (known) return known

  const session = { id: sessions[room] ?? null, keep: (id: string) => remember(room, id) }
  const client = MODE === 'kept' ? new KeptClient(session) : new FreshClient(session)
  clients.set(room, client)
  return client
}

function remembered() {
  mkdirSync(HOME, { recursive: true })
  try {
    return JSON.parse(readFileSync(SESSIONS, 'utf8')) as Record<string, string>
  } catch {
    return {}
  }
}

function remember(room: number, id: string) {
  if (sessions[room] === id) return
  sessions[room] = id
  writeFileSync(`${SESSIONS}.new`, JSON.stringify(sessions))
  renameSync(`${SESSIONS}.new`, SESSIONS)
}
