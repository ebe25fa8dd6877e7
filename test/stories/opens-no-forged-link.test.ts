import { exports } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { nameOf } from '../../src/address.ts'
import { signTicket, ticketIn, ticketOf } from '../../src/runtime/file-link.ts'
import { bodyOf, PLAN, send, useFiles } from '../support/drop.ts'
import { alive } from '../support/worker.ts'
import { useWorld } from '../support/world.ts'

const world = useWorld()
const { wantsFile } = useFiles(world)

describe('a link', () => {
  const key = '3-7876b7cdc3d5'
  const campfire = 'https://chat.example.com'

  const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

  /** What wakes an object is seen by its life. */
  async function opens(token: string) {
    alive.clear()
    const page = await exports.default.fetch(`https://firekeeper.example.com/files/${token}`)
    const sent = await send(`https://firekeeper.example.com/files/${token}`, bodyOf([PLAN]))
    return { status: page.status, sent, woken: [...alive.keys()] }
  }
  const refused = { status: 404, sent: 'over', woken: [] }
  const fresh = () => ticketOf({ room: 77, bot: 3, asker: 1, turn: 1, started: Date.now() })

  it('that is ours opens its room, and no other', async () => {
    const token = await signTicket(fresh(), { key, campfire })
    expect(await opens(token)).toEqual({
      status: 410,
      sent: 'over',
      woken: [nameOf({ url: campfire, room: 77, bot: 3 })],
    })
  })

  it('that is forged, old, of another key or of another Campfire wakes nobody', async () => {
    const token = await signTicket(fresh(), { key, campfire })
    const [said = '', mac = ''] = token.split('.')
    const other = said.replace('25', '26')
    const old = ticketOf({ ...fresh(), started: Date.now() - 15 * 60_000 - 2_000 })
    expect(other).not.toBe(said)
    expect(await opens(`${other}.${mac}`)).toEqual(refused)
    expect(
      await opens(`${said}.${mac.replace(/^./, (sign) => (sign === 'A' ? 'B' : 'A'))}`),
    ).toEqual(refused)
    expect(await opens(await signTicket(old, { key, campfire }))).toEqual(refused)
    expect(await opens(await signTicket(fresh(), { key: '3-other', campfire }))).toEqual(refused)
    expect(await opens(await signTicket(fresh(), { key, campfire: 'https://x.example' }))).toEqual(
      refused,
    )
    // Its last sign stands for four bits, and says six.
    const last = BASE64URL[BASE64URL.indexOf(mac.at(-1) ?? '') + 1]
    expect(await opens(`${said}.${mac.slice(0, -1)}${last}`)).toEqual(refused)
    expect(await opens(`${said}.${mac.slice(0, -1)}`)).toEqual(refused)
    expect(await opens('x'.repeat(5_000))).toEqual(refused)
    expect(await opens('a-b')).toEqual(refused)
  })

  it('says of itself no more than where it leads', async () => {
    const ticket = fresh()
    const token = await signTicket(ticket, { key, campfire })
    expect(ticketIn(token)).toEqual(ticket)
    expect(token).not.toContain('7876b7cdc3d5')
  })

  it('opens a page that nobody keeps, frames or tells others of', async () => {
    const link = await wantsFile()
    const { headers } = await exports.default.fetch(link)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('content-security-policy')).toMatch(
      /default-src 'none'.*frame-ancestors 'none'/,
    )
    expect(headers.get('content-security-policy')).not.toContain('unsafe')
  })
})
