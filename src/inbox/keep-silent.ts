import { log } from '../log.ts'
import type { Arrival } from '../tables/room/message.ts'
import type { Tables } from '../tables.ts'

/** Of what has just come in: somebody has answered it already. That is decided, and kept as a turn that was silent. */
export function keepSilentAbout(
  tables: Tables,
  { id, author, text, file }: Arrival,
  reason: string,
) {
  const { inbox, turns, session, archive, place, now } = tables
  const row = turns.begin({
    silent: true,
    session: session.current()?.id ?? 0,
    kind: 'talk',
    asker: author.id,
    asker_name: author.name,
    tier: session.tier(),
    prompt: null,
    reason,
    signs: null,
    started: now(),
    // Others may wait since before it came.
    takenThrough: inbox.received.through(),
  })
  inbox.mark([{ arrival: inbox.received.newest() }], row.id)
  const said = file ? `[file: ${file}] ${text}`.trim() : text
  archive.add({ message: id, author: author.id, name: author.name, at: row.started, text: said })
  log.info('turn.silent', { room: place.room, bot: place.bot, turn: row.id, reason })
}
