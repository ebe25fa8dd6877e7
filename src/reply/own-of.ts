import { isBehind, type ListedMessage } from '../campfire.ts'
import { messageIdsSince } from '../tables/room/replies/own-messages.ts'
import type { Replies } from '../tables/room/replies.ts'
import type { TurnRow } from '../tables/room/turns.ts'
import type { Tables } from '../tables.ts'
import { sinceFor } from './since.ts'

interface Ended {
  turn: TurnRow
  replies: Replies
}

/**
 * Which of our messages may be of a turn that is over. After a restored backup a number that it had may be that of
 * a later answer, and one that a later answer had then may be its own.
 */
export class OwnOf {
  #tables: Tables
  #own: ListedMessage[]
  #ids: Set<number>
  #placed = new Set<number>()

  /** `own` was listed, and the turns are those that are asked about: the same words may be another's whole answer. */
  constructor(tables: Tables, own: ListedMessage[], turns: Ended[]) {
    this.#tables = tables
    this.#own = own
    this.#ids = messageIdsSince(tables.sql, Math.min(...turns.map(({ turn }) => turn.id)))
  }

  /** Those behind this message that no answer is known to be. */
  unplaced({ turn, replies }: Ended, cursor: number | null) {
    const since = sinceFor(this.#tables, turn, cursor ?? 0)
    const known = new Set(replies.all.map(({ message }) => message))
    const ids = since.wentBack ? this.#given() : this.#ids
    const isTaken = ({ id }: ListedMessage) => ids.has(id) || known.has(id) || this.#placed.has(id)
    return this.#own.filter((message) => isBehind(message, since) && !isTaken(message))
  }

  /** The one that the turn has posted under this number. Where a later turn has it, too, it was given again. */
  under(number: number | null, { turn }: Pick<Ended, 'turn'>): ListedMessage | null {
    const since = this.#tables.numbers.since(0, turn)
    const standing = this.#own.find(({ id }) => id === number)
    if (!standing || !since.wentBack) return standing ?? null
    const isLaters = messageIdsSince(this.#tables.sql, turn.id + 1).has(standing.id)
    return isBehind(standing, since) && !isLaters ? standing : null
  }

  placed({ id }: ListedMessage) {
    this.#placed.add(id)
  }

  /** Numbers of answers: of those alone that are of the restored Campfire, where that is known. */
  #given() {
    const { epoch, turn } = this.#tables.numbers.era()
    return epoch > 0 ? messageIdsSince(this.#tables.sql, turn + 1) : this.#ids
  }
}
