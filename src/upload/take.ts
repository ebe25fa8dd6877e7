import * as z from 'zod'
import { inShort, log } from '../log.ts'
import type { Refused } from '../room/drops.ts'
import type { Room } from '../room.ts'
import type { Ticket } from '../runtime.ts'
import { CHUNK } from '../tables/room/files.ts'
import { Pieces } from './pieces.ts'

/** What the page says of the files that follow one another behind it. */
const ToCome = z
  .array(z.object({ name: z.string().max(1_000), bytes: z.int().nonnegative() }))
  .max(8)
const LONGEST_LIST = 16_384

/** From whoever has followed the link into the room, a million bytes at a time: no more of it is ever held. */
export async function takeFiles(
  room: DurableObjectStub<Room>,
  ticket: Ticket,
  { body }: Request,
): Promise<'done' | Refused> {
  const pieces = new Pieces(body)
  let numbers: number[] = []
  try {
    const list = await listIn(pieces)
    if (!list) return 'broken'
    const begun = await room.beginDrop(ticket, list)
    if ('refused' in begun) return begun.refused
    numbers = begun.numbers
    for (const [at, { bytes }] of list.entries()) {
      await send(bytes, numbers[at] ?? 0)
    }
    return await room.finishDrop(ticket, numbers)
  } catch (error) {
    log.warn('files.broke_off', { room: ticket.room, bot: ticket.bot, error: inShort(error) })
    if (numbers.length) await Promise.resolve(room.abandonDrop(numbers)).catch(() => {})
    return 'broken'
  } finally {
    pieces.end()
  }

  async function send(bytes: number, number: number) {
    for (let index = 0; index * CHUNK < bytes; index++) {
      const chunk = await pieces.take(Math.min(CHUNK, bytes - index * CHUNK))
      if (!(await room.takeChunk(number, index, chunk))) throw new Error('Not waited for any more')
    }
  }
}

/** Its length in four bytes, and then the list in JSON. */
async function listIn(pieces: Pieces) {
  const head = await pieces.take(4)
  const length = new DataView(head.buffer).getUint32(0)
  if (length > LONGEST_LIST) return null
  const text = new TextDecoder().decode(await pieces.take(length))
  try {
    return ToCome.parse(JSON.parse(text))
  } catch {
    return null
  }
}
