import { type Context, Hono } from 'hono'
import { campfireIn, nameOf } from './address.ts'
import { type Member, membersOf } from './bots.ts'
import { isSigned, type Ticket, ticketIn } from './runtime.ts'
import { page } from './upload/page.ts'
import { takeFiles } from './upload/take.ts'

/**
 * Where a person drops a file for a turn, by the link that its answer gave. Whoever reads the room can follow it, so
 * what comes is nobody's word. What does not verify wakes no room: it is told at the door.
 */
export const upload = new Hono<{ Bindings: Env }>()
  .get('/:asset{page\\.(?:css|js)}', async (c) => {
    const { ASSETS } = await page()
    const asset = ASSETS.get(c.req.param('asset'))
    if (!asset) return c.body(null, 404)
    return c.body(asset.text, 200, { ...HEADERS, 'Content-Type': asset.type })
  })
  .get('/:token', async (c) => {
    const found = await roomFor(c)
    const link = found && (await found.room.fileLink(found.ticket))
    const { pageOf } = await page()
    const about = link && { ...link, bot: found.member.bot.name }
    const html = pageOf(about, c.req.header('accept-language') ?? '')
    const status = link ? (link.state === 'open' ? 200 : 410) : 404
    return c.body(html, status, { ...HEADERS, ...FOR_PAGES })
  })
  .post('/:token', async (c) => {
    // A page of ours says so; nothing else that a browser can be made to send does.
    if (c.req.header('content-type') !== 'application/octet-stream') return c.body(null, 404)
    const found = await roomFor(c)
    if (!found) return c.json({ state: 'over' }, 404, HEADERS)
    const state = await takeFiles(found.room, found.ticket, c.req.raw)
    return c.json({ state }, state === 'done' ? 200 : 409, HEADERS)
  })

interface Found {
  ticket: Ticket
  member: Member
  room: DurableObjectStub<import('./room.ts').Room>
}

/** Null: it is none of ours, or too old. No object is even named before that is known. */
async function roomFor(c: Context<{ Bindings: Env }>): Promise<Found | null> {
  const token = c.req.param('token') ?? ''
  const ticket = ticketIn(token)
  const member = membersOf(c.env.BOT_KEYS).members.find(({ userId }) => userId === ticket?.bot)
  const { id: campfire } = campfireIn(c.env)
  if (!ticket || !member) return null
  if (!(await isSigned(token, ticket, { key: member.key, campfire }, Date.now()))) return null
  const place = { url: campfire, room: ticket.room, bot: ticket.bot }
  return { ticket, member, room: c.env.ROOMS.getByName(nameOf(place)) }
}

const HEADERS = {
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Robots-Tag': 'noindex',
}

const FOR_PAGES = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    'img-src blob:',
    "connect-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'Cross-Origin-Opener-Policy': 'same-origin',
}
