import { HOUR } from '../../clock.ts'
import type { Message } from '../../tables/room/message.ts'
import { ownNumbersFrom } from '../../tables/room/replies/own-messages.ts'
import { roomIn, type Tables } from '../../tables.ts'
import { saysNothing } from '../pointed.ts'

/** What has waited for longer may have been edited or deleted meanwhile. */
const FRESH = 2_000
/** In a direct every message is delivered, and until so long after a turn we look for what was lost on its way. */
const LOOKED_AFTER = HOUR

/**
 * Whether the list of the room could tell the turn that is about to begin nothing but what was edited or deleted:
 * then the model need not wait for it. In a direct every message comes by itself; elsewhere Campfire numbers its
 * messages through all rooms, so nothing was said between two that follow one another.
 */
export function isNothingBetween(
  tables: Tables,
  { since, isWord }: { since: number; isWord: (message: Message) => boolean },
) {
  const { inbox, turns, approvals, people, numbers, now } = tables
  const last = turns.last()
  // A silence was no turn of the model's: what was said then it has still to read.
  if (!last || last.state === 'silent' || numbers.wentBack()) return false
  const waiting = inbox.waiting()
  const isPlain = (message: Message) =>
    Number(message.id) > since &&
    message.at >= now() - FRESH &&
    !message.found &&
    people.roleOf(message.author) !== null &&
    (message.file !== null || !saysNothing(message.text)) &&
    !isWord(message)
  if (!waiting.length || !waiting.every(isPlain) || approvals.waiting().length) return false
  const isDelivered = roomIn(tables).direct && Number(last.ended) > now() - LOOKED_AFTER
  return isDelivered || follow(tables, since)
}

/** Every number since then is known to be a message here, or was one. */
function follow({ inbox, sql, numbers }: Tables, since: number) {
  const own = ownNumbersFrom(sql, since + 1, numbers.era().turn)
  const known = new Set([...inbox.received.idsFrom(since + 1), ...own])
  return known.size > 0 && Math.max(...known) - since === known.size
}
