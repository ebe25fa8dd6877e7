import { CampfireError, isDenied, isGone } from '../campfire.ts'
import { inShort, log } from '../log.ts'
import type { Replies } from '../tables/room/replies.ts'
import { isNote, type Part, type Reply } from '../tables/room/reply-states.ts'
import type { DraftNeeds } from './needs.ts'
import { type FindNeeds, findPosted } from './reconcile.ts'

/** Where a note is among the rows. */
interface Place {
  turn: number
  part: number
}

/** `unsure`: it may stand or not, this Campfire cannot be asked, and it is not sent again. */
interface Standing {
  how: 'posted' | 'edited' | 'unsure'
  id: number | null
}

type Needs = FindNeeds &
  Pick<DraftNeeds, 'change' | 'cursor' | 'now' | 'quota'> & {
    /** What was posted in another turn. */
    repliesOf(turn: number): Replies
  }

/**
 * What a tool shows in the room beside the answer, as a message or a file of its own. Its intent is a note
 * among the replies of its turn, so it is found, known as ours and swept as they are. A tool that is run
 * again after a crash posts nothing twice.
 */
export class Beside {
  #turn: Needs
  /** One after the other: the second may be about the same message. */
  #last: Promise<unknown> = Promise.resolve()

  constructor(turn: Needs) {
    this.#turn = turn
  }

  get turn() {
    return this.#turn.row.id
  }

  /**
   * Edits the message that it stands in, where there still is one; `intended` is told of another. That begins
   * as `quiet`: Campfire rings whoever is mentioned as it is posted, and by no edit.
   */
  async show(
    { body, quiet }: { body: string; quiet: string },
    before: Place | null,
    intended: (place: Place) => void,
  ) {
    return await this.#inTurn(async (): Promise<Standing> => {
      const known = before && this.#noteAt(before)
      if (known) {
        const found = await this.#found(known)
        if (!found.sure) return { how: 'unsure', id: null }
        const id = found.id !== null && this.#isGivenAgain(found.id) ? null : found.id
        if (id !== null && (await this.#edit({ ...known, id, body }))) {
          return { how: before.turn === this.turn ? 'posted' : 'edited', id }
        }
      }
      const send = async () => await this.#turn.campfire.post(quiet)
      const standing = await this.#post({ words: { body: quiet, file: null }, intended, send })
      if (body !== quiet) await this.#fill(standing, body)
      return standing
    })
  }

  /** Once for a tool use, which is known by its name; or for whatever else has one. */
  async attach(file: { name: string; type: string; body: string | Uint8Array }, use: string) {
    return await this.#inTurn(async (): Promise<Standing> => {
      const { campfire } = this.#turn
      const standing = await this.#standing(use)
      if (standing) return standing
      // In the room a file is known by its name: what is in it need not be kept twice.
      const words = { body: use, file: file.name }
      return await this.#post({ words, send: async () => await campfire.attach(file) })
    })
  }

  /** What is known of the file that was attached for it, and under which name. Null: nothing stands, and it may be. */
  async attached(use: string) {
    return await this.#inTurn(async () => {
      const name = this.#noteFor(use)?.file
      const standing = await this.#standing(use)
      return standing && name ? { ...standing, name } : null
    })
  }

  async #standing(use: string): Promise<Standing | null> {
    const { replies } = this.#turn
    const note = this.#noteFor(use)
    if (!note) return null
    const found = await this.#found({ note, replies })
    if (!found.sure) return { how: 'unsure', id: null }
    return note.state === 'told' ? { how: 'posted', id: found.id } : null
  }

  #noteFor(use: string) {
    return this.#turn.replies.all.find((reply) => isNote(reply) && reply.file && reply.body === use)
  }

  async #post(posting: Posting): Promise<Standing> {
    const note = this.#intend(posting)
    try {
      return this.#stands(note, await posting.send())
    } catch (error) {
      if (error instanceof CampfireError && !error.uncertain) {
        this.#turn.replies.lose(note)
        throw error
      }
      this.#turn.change({ doubt: 1 })
      return await this.#postAgain(posting, note)
    }
  }

  /** The answer never came: it is looked for at once, and sent once more where it surely does not stand. */
  async #postAgain(posting: Posting, doubted: Reply): Promise<Standing> {
    const found = await this.#found({ note: doubted, replies: this.#turn.replies })
    if (!found.sure) return { how: 'unsure', id: null }
    if (found.id !== null) return { how: 'posted', id: found.id }
    const note = this.#intend(posting)
    return this.#stands(note, await posting.send())
  }

  #intend({ words, intended }: Posting) {
    const { replies, cursor, now, row } = this.#turn
    const note = replies.tell(words, cursor(), now())
    intended?.({ turn: row.id, part: note.part })
    return note
  }

  #stands(note: Reply, { id }: { id: number | null }): Standing {
    this.#turn.replies.told(note, id)
    return { how: 'posted', id }
  }

  /** It stands already, and what is missing nobody waits for. */
  async #fill({ id }: Standing, body: string) {
    const { replies, quota, ref } = this.#turn
    const note = replies.all.find(({ message }) => message !== null && message === id)
    if (id === null || !note || !quota.mayGrow()) return
    await this.#edit({ note, replies, id, body }).catch((error: unknown) => {
      log.warn('note.not_filled', { ...ref, message: id, error: inShort(error) })
    })
  }

  async #edit({ note, replies, id, body }: Note & { id: number; body: string }) {
    try {
      await this.#turn.campfire.edit(id, body)
      replies.retold(note, id, body)
      return true
    } catch (error) {
      if (!isGone(error) && !isDenied(error) && !isOfOthers(error)) throw error
      return false
    }
  }

  /** A later message of ours has it: Campfire was restored from a backup since. */
  #isGivenAgain(id: number) {
    return this.#turn.replies.holders([id]).length > 1
  }

  /** Sure without a number: it does not stand, or is of another turn and nobody looks for it any more. */
  async #found({ note, replies }: Note) {
    if (note.message !== null || note.state === 'told') return { id: note.message, sure: true }
    if (replies !== this.#turn.replies) return { id: null, sure: true }
    const found = await this.#look(note)
    if (found.id !== null) replies.told(note, found.id)
    else if (found.sure) replies.lose(note)
    return found
  }

  /** On a Campfire that cannot be asked. */
  async #look(note: Reply) {
    return await findPosted(this.#turn, note).catch((error: unknown) => {
      if (!isDenied(error)) throw error
      return { id: null, sure: false }
    })
  }

  #noteAt({ turn, part }: Place): Note | null {
    const { row, repliesOf, ...own } = this.#turn
    const replies = turn === row.id ? own.replies : repliesOf(turn)
    const note = replies.all.find((reply) => reply.part === part)
    return note && isNote(note) ? { note, replies } : null
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#last.then(work, work)
    this.#last = next.catch(() => {})
    return next
  }
}

/** It is not our message: after a restored backup somebody else's may have that number. */
function isOfOthers(error: unknown) {
  return error instanceof CampfireError && error.kind === 'forbidden'
}

interface Posting {
  words: Part
  intended?: (place: Place) => void
  send(): Promise<{ id: number | null }>
}

interface Note {
  note: Reply
  replies: Replies
}
