import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { exports } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import type { Room } from '../../src/room.ts'
import { signTicket, ticketIn, ticketOf } from '../../src/runtime/file-link.ts'
import { useBotChanges } from '../support/bots.ts'
import { bodyOf, drop, linkIn, PHOTO, PLAN, send, useFiles } from '../support/drop.ts'
import { bytesOf, pdf } from '../support/files.ts'
import { bill } from '../support/worker.ts'
import { useWorld } from '../support/world.ts'

const world = useWorld()
const changeBot = useBotChanges()
const { wantsFile } = useFiles(world)

describe('what comes through a link', () => {
  it('comes once', async () => {
    const link = await wantsFile()
    world.model.says('A plan.')
    expect(await drop(link, PLAN)).toBe('done')
    expect(await drop(link, PLAN)).toBe('used')
    await world.rings()
    expect(await drop(link, PLAN)).toBe('used')
    expect(await world.rows('SELECT number FROM files')).toHaveLength(1)
    const page = await exports.default.fetch(link)
    expect(page.status).toBe(410)
    expect(await page.text()).toContain('already come through this link')
  })

  it('comes once, also of two who send at the same time', async () => {
    const link = await wantsFile()
    world.model.says('A plan.')
    const states = await Promise.all([drop(link, PLAN), drop(link, PLAN)])
    expect(states.toSorted()).not.toEqual(['done', 'done'])
    expect(states).toContain('done')
    await world.rings()
    expect(await world.rows("SELECT number FROM files WHERE state = 'here'")).toHaveLength(1)
  })

  it('is not said to be there when somebody began anew while it was looked at', async () => {
    const link = await wantsFile()
    const ticket = ticketIn(link.split('/').at(-1) ?? '')
    if (!ticket) throw new Error('no ticket')
    const room = world.room()
    const begun = await room.beginDrop(ticket, [{ name: 'a.pdf', bytes: pdf().length }])
    const numbers = 'numbers' in begun ? begun.numbers : []
    await room.takeChunk(numbers[0] ?? 0, 0, pdf())
    // Within the object, so that the one is sure to come while the other is on its way.
    const [state, anew] = await runInDurableObject(room, (object: Room) =>
      Promise.all([
        object.finishDrop(ticket, numbers),
        object.beginDrop(ticket, [{ name: 'b.txt', bytes: 3 }]),
      ]),
    )
    const here = await world.rows("SELECT number FROM files WHERE state = 'here'")
    expect([state, here.length]).toEqual(['broken', 0])
    expect(anew).toHaveProperty('numbers')
    expect(await world.rows('SELECT 1 FROM messages WHERE dropped IS NOT NULL')).toEqual([])
  })

  it('comes no more when its asker has spoken again; others may speak', async () => {
    const { david, jason, model } = world
    const link = await wantsFile()
    model.says('Hi Jason.')
    await world.asks(jason, 'hello?')
    expect((await exports.default.fetch(link)).status).toBe(200)

    model.says('Fine.')
    await world.asks(david, 'never mind')
    expect(await drop(link, PLAN)).toBe('over')
    expect((await exports.default.fetch(link)).status).toBe(410)
  })

  it('is not taken if its asker speaks again while it is on its way', async () => {
    const ticket = ticketIn((await wantsFile()).split('/').at(-1) ?? '')
    if (!ticket) throw new Error('no ticket')
    const begun = await world.room().beginDrop(ticket, [{ name: 'plan.txt', bytes: 39 }])
    const [number = 0] = 'numbers' in begun ? begun.numbers : []
    await world.room().takeChunk(number, 0, PLAN.bytes)
    world.model.says('Fine.')
    await world.asks(world.david, 'never mind')
    expect(await world.room().finishDrop(ticket, [number])).toBe('over')
    expect(await world.rows('SELECT * FROM file_chunks')).toEqual([])
  })

  it('is no yes and no word to us, and withdraws nothing', async () => {
    const { david, model } = world
    model.uses('ask_for_file').says('Please show me.')
    await world.asks(david, 'look at this')
    const link = linkIn(world)
    const before = await world.rows('SELECT count(*) AS n FROM messages WHERE dropped IS NULL')
    model.says('A file called forget.')
    await drop(link, { name: 'forget', bytes: bytesOf('forget') })
    await world.rings()
    expect(world.answers().at(-1)).toContain('A file called forget.')
    expect(await world.rows('SELECT count(*) AS n FROM messages WHERE dropped IS NULL')).toEqual(
      before,
    )
    expect(await world.rows("SELECT count(*) AS n FROM turns WHERE kind <> 'talk'")).toEqual([
      { n: 0 },
    ])
  })

  it('leaves a request standing that its asker was asked, and is no yes to it', async () => {
    const { david, model } = world
    changeBot({ approval: { boost: 'always' } })
    model.uses('boost', { message_id: 1, content: '👏' })
    await world.asks(david, 'boost it')
    const ticket = ticketOf({ room: 1, bot: 3, asker: 1, turn: 1, started: Date.now() })
    const token = await signTicket(ticket, {
      key: '3-7876b7cdc3d5',
      campfire: 'https://chat.example.com',
    })
    const link = `https://firekeeper.example.com/files/${token}`

    model.says('A file called yes.')
    expect(await drop(link, { name: 'yes', bytes: bytesOf('yes') })).toBe('done')
    await world.rings()
    expect(await world.rows('SELECT state FROM approvals')).toEqual([{ state: 'waiting' }])
  })

  it('makes the bot ask before it reaches out, whatever the file of the bot says', async () => {
    const link = await wantsFile()
    world.model.uses('boost', { message_id: 1, content: '👏' })
    await drop(link, PHOTO)
    await world.rings()
    expect(world.answers().at(-1)).toContain('May I react to a message here')
  })

  it('is there, and its turn, though its room dies on the way and right after', async () => {
    const link = await wantsFile()
    const ticket = ticketIn(link.split('/').at(-1) ?? '')
    if (!ticket) throw new Error('no ticket')
    const begun = await world.room().beginDrop(ticket, [{ name: 'a.bin', bytes: 1_000_003 }])
    const [number = 0] = 'numbers' in begun ? begun.numbers : []
    await evictDurableObject(world.room())
    await world.room().takeChunk(number, 0, new Uint8Array(1_000_000))
    await evictDurableObject(world.room())
    await world.room().takeChunk(number, 1, new Uint8Array(3))
    expect(await world.room().finishDrop(ticket, [number])).toBe('done')
    await evictDurableObject(world.room())
    world.model.says('Nothing but zeros.')
    await world.rings()
    expect(world.answers().at(-1)).toBe('Nothing but zeros.')
  })

  it('costs a row for each million bytes, and few for the rest', async () => {
    const link = await wantsFile()
    bill.start()
    world.model.says('Zeros.')
    await drop(link, { name: 'zeros.bin', bytes: new Uint8Array(3_000_000) })
    expect(bill.written()).toBeLessThanOrEqual(3 + 5)
    bill.start()
    await world.rings()
    expect(bill.written()).toBeLessThanOrEqual(14)
  })

  it('is forgotten with whoever it came for', async () => {
    const link = await wantsFile()
    world.model.says('A plan.')
    await drop(link, PLAN)
    await world.rings()
    await world.asks(world.david, 'forget')
    expect(await world.rows('SELECT * FROM file_chunks')).toEqual([])
    expect(JSON.stringify(await world.rows('SELECT * FROM files'))).not.toContain('plan')
  })

  it('that breaks off on the way leaves nothing, and can be sent again', async () => {
    const link = await wantsFile()
    const half = bodyOf(
      [{ ...PLAN, bytes: PLAN.bytes.slice(0, 5) }],
      [{ name: 'plan.txt', bytes: 39 }],
    )
    expect(await send(link, half)).toBe('broken')
    expect(await world.rows('SELECT * FROM file_chunks')).toEqual([])
    world.model.says('A plan.')
    expect(await drop(link, PLAN)).toBe('done')
    await world.rings()
  })

  it.each([
    [25_000_001, 'file'],
    [-1, 'broken'],
  ])('of %i bytes is refused before it comes', async (bytes, state) => {
    const link = await wantsFile()
    expect(await send(link, bodyOf([], [{ name: 'large', bytes }]))).toBe(state)
  })

  it('that would be too much for the room is refused', async () => {
    const link = await wantsFile()
    await world.rows(
      `INSERT INTO files (name, kind, bytes, author, origin, at, state)
       SELECT 'old', 'text', 25000000, 1, 'dropped', 0, 'here' FROM (SELECT 1 FROM turns, steps, tool_uses, sqlite_master LIMIT 8)`,
    )
    expect(await drop(link, PLAN)).toBe('room')
  })
})
