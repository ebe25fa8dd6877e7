import { Hono, type MiddlewareHandler } from 'hono'
import { campfireIn, nameOf } from './address.ts'
import { findBot, findByKey, type Member, type Members, membersOf, sameSecret } from './bots.ts'
import { type Delivery, readDelivery } from './campfire/delivery.ts'
import { arrivalOf } from './inbox/arrival.ts'
import { inShort, log } from './log.ts'
import type { Arrival } from './tables/room/message.ts'
import { envelopeIn } from './webhook/beginning.ts'
import { MAX_BODY, readAtMost, throwAwayRest } from './webhook/body.ts'

// Campfire posts whatever we answer into the room: text as a message, anything else that has a
// content type as an attachment, even on a 500. So every answer has no body and no content type.
export const webhook = new Hono<{ Bindings: Env }>({ strict: false }).post('/:bot?', async (c) => {
  const roster = membersOf(c.env.BOT_KEYS)
  const name = c.req.param('bot')
  if (name !== undefined && !findBot(roster.members, name)) return c.body(null, 404)

  const { text, isTooLong } = await readAtMost(c.req.raw, MAX_BODY)
  const reading = readDelivery(isTooLong ? envelopeIn(text) : jsonIn(text))
  if (isTooLong && !reading.ok) return refuse(c.body(null, 413), { why: 'too long' })
  if (!reading.ok) return refuse(c.body(null, 400), { field: reading.field })

  const { delivery } = reading
  const secret = c.req.query('secret') ?? ''
  const believed = believe(delivery, { roster, name, secret, ourSecret: c.env.WEBHOOK_SECRET })
  if ('why' in believed)
    return refuse(c.body(null, 401), { why: believed.why, room: delivery.room.id })

  if (isForUs(delivery, roster)) {
    const { member } = believed
    const place = { url: campfireIn(c.env).id, room: delivery.room.id, bot: member.userId }
    const arrival = arrivalIn(delivery, member)
    const worker = new URL(c.req.url).origin
    await handOver(c.env.ROOMS, nameOf(place), {
      ...arrival,
      worker,
      ...(isTooLong && { tooLong: true }),
    })
  }
  // Whoever sends it again sends what the room knows by its number.
  if (isTooLong) return refuse(c.body(null, 413), { why: 'too long', room: delivery.room.id })
  return c.body(null, 204)
})

/** For every address: Campfire can be pointed at any of ours. */
export const readToTheEnd: MiddlewareHandler = async ({ req }, next) => {
  await next().finally(() => throwAwayRest(req.raw))
}

/** In ms, before each further try. Campfire waits for seven seconds. */
const PAUSES = [200, 1_000]

/**
 * Campfire never calls again, so an object that was just being moved or updated is asked again, a moment
 * later. That is safe where the message has an id: a second time changes nothing.
 */
async function handOver(rooms: Env['ROOMS'], name: string, arrival: Arrival, pauses = PAUSES) {
  try {
    await rooms.getByName(name).receive(arrival)
  } catch (error) {
    const [pause, ...others] = pauses
    if (pause === undefined || arrival.id === null) throw error
    log.warn('webhook.tried_again', { error: inShort(error) })
    await new Promise((resolve) => setTimeout(resolve, pause))
    await handOver(rooms, name, arrival, others)
  }
}

interface Claim {
  roster: Members
  name: string | undefined
  secret: string
  ourSecret: string
}

/** Campfire does not sign, but it knows the key of the bot it calls; the flat shape needs the secret. */
function believe(
  { key }: Delivery,
  { roster, name, secret, ourSecret }: Claim,
): { member: Member } | { why: string } {
  const { members } = roster
  const knowsSecret = Boolean(ourSecret) && sameSecret(ourSecret, secret)
  if (ourSecret && !knowsSecret) return { why: 'secret' }

  if (key === null) {
    const member = name === undefined ? members[0] : findBot(members, name)
    if (!knowsSecret) return { why: 'secret' }
    return member ? { member } : { why: 'no bot' }
  }

  const member = findByKey(members, key)
  if (!member) return { why: 'key' }
  return name === undefined || member.bot.name === name
    ? { member }
    : { why: 'bot and key disagree' }
}

function isForUs({ type, author }: Delivery, { userIds }: Members) {
  return (type === null || type === 'message') && !userIds.has(author.id)
}

function arrivalIn({ key, room, author, message }: Delivery, { userId }: Member) {
  const known = key === null ? null : { name: room.name, direct: room.direct }
  return arrivalOf({ ...message, author, room: known }, userId)
}

function refuse(answer: Response, why: { field?: string; why?: string; room?: number }) {
  log.warn('webhook.refused', { status: answer.status, ...why })
  return answer
}

function jsonIn(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
