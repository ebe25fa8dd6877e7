import type { RoomOverview } from '../../src/operator/schemas.ts'
import { type Book, countsOf } from './book.ts'
import { hasLeave, leaveInShort } from './verdict/leave.ts'
import { isGivenTwice } from './verdict/restored.ts'
import type { World } from './world.ts'

/** So long before a kill an id that was sent may not have been written down, on a slow machine. */
const UNWRITTEN_MS = 2_000

/** What the bot's tools have done in a room: each once, and what takes leave not without it. */
export function judgeTools(world: World, room: number, book: Book) {
  const messages = world.campfire.messagesIn(room)
  const notes = messages.filter(({ file }) => file?.startsWith('note-'))
  for (const [file, times] of countsOf(notes.map(({ file }) => String(file)))) {
    if (times > 1 && !isGivenTwice({ world, room }, Number(/\d+/.exec(file))))
      book.find('tools run twice', room, `${file} stands ${times} times`)
  }
  for (const { id, file } of notes) {
    if (!hasLeave(world, room, { id, file: String(file) })) {
      const why = leaveInShort(world, room, { id, file: String(file) })
      book.find('tools run without leave', room, `${file}, message ${id}: ${why}`)
    }
  }
  for (const { id, boosts } of messages) {
    const claps = boosts.filter(({ content }) => content === '👏').length
    if (claps > 1 && !isGivenTwice({ world, room }, id))
      book.find('tools run twice', room, `message ${id} has ${claps} boosts`)
  }
}

/** A sign whose id nobody could know stays: there is no way to ask for it. */
export function judgeSigns(world: World, { room, turns }: RoomOverview, book: Book) {
  const { heard, refusedRemovals } = world.trouble
  const known = new Set(turns.flatMap(({ signs }) => signs.map(({ boost }) => boost)))
  for (const message of world.campfire.messagesIn(room)) {
    for (const { id, content } of message.boosts) {
      if (content !== '👀' && content !== '⏳') continue
      const boost = `${message.id}/${id}`
      const at = heard.get(boost)
      const isLost = at === undefined || world.kills.deaths.some((death) => isUnwritten(at, death))
      const why = [
        known.has(id) ? 'its id is written down' : 'its id was sent, and nobody died then',
        refusedRemovals.has(boost) ? 'to remove it was tried, and failed' : 'nobody tried',
      ].join('; ')
      if (isLost && !known.has(id)) book.count('signs whose id was lost')
      else book.find('signs left standing', room, `${content} on message ${message.id}: ${why}`)
    }
  }
}

/** Sent to somebody who died soon after, or who was dead by then. */
function isUnwritten(at: number, { from, until }: { from: number; until: number }) {
  return at > from - UNWRITTEN_MS && at < until
}
