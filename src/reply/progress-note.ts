import { CampfireError } from '../campfire.ts'
import { inShort, log } from '../log.ts'
import type { Replies } from '../tables/room/replies.ts'
import { isScheduled } from '../tables/room/turns.ts'
import type { ReplyNeeds } from './needs.ts'

/** Where nothing shows that we are at it, people are told after so long. */
const AFTER = 15_000

interface ToSay {
  bot: { progress: 'say' | 'quiet' }
  row: ReplyNeeds['row']
  /** Read only where it matters: hardly a room needs it. */
  replies(): Pick<Replies, 'all' | 'tell' | 'told'>
  /** Nothing can be edited here, so no answer grows. */
  canOnlyPost(): boolean
}

/** When a line about progress is to be posted, in ms since 1970. Null: none is. */
export function noteDue({ bot, row, replies, canOnlyPost }: ToSay): number | null {
  if (bot.progress === 'quiet' || row.kind !== 'talk' || row.ended !== null) return null
  if (isScheduled(row)) return null
  // What is decided comes at once, and has waited for nothing but Campfire.
  if (row.verdict || row.sentence || row.stopped_by || !canOnlyPost()) return null
  return replies().all.length ? null : row.started + AFTER
}

type NoteNeeds = ToSay &
  Pick<ReplyNeeds, 'campfire' | 'change' | 'cursor' | 'now' | 'ref'> & {
    /** In the language of the asker, while the model answers or does not. */
    words(isAnswering: boolean): string
  }

/**
 * One line, once in a turn, where an answer can show nothing before it is whole. Its intent is a row, and
 * whatever becomes of it, there is no second one: nobody could take it down.
 */
export class ProgressNote {
  #turn: NoteNeeds
  #timer: ReturnType<typeof setTimeout> | undefined
  #sending: Promise<void> = Promise.resolve()
  #isAnswering = false

  constructor(turn: NoteNeeds) {
    this.#turn = turn
  }

  begin() {
    const due = noteDue(this.#turn)
    if (due === null) return
    this.#timer = setTimeout(() => this.#post(), Math.max(0, due - this.#turn.now()))
  }

  /** The model has begun to answer. */
  hear() {
    this.#isAnswering = true
    this.check()
  }

  check() {
    const due = noteDue(this.#turn)
    if (due !== null && due <= this.#turn.now()) this.#post()
  }

  /** It stands before the answer, or not at all. */
  async settle() {
    clearTimeout(this.#timer)
    await this.#sending
  }

  #post() {
    if (noteDue(this.#turn) !== null) this.#sending = this.#send()
  }

  async #send() {
    const { campfire, replies, cursor, now, ref, change, words } = this.#turn
    const body = words(this.#isAnswering)
    const note = replies().tell({ body, file: null }, cursor(), now())
    try {
      const { id } = await campfire.post(body)
      replies().told(note, id)
    } catch (error) {
      log.warn('progress.not_told', { ...ref, error: inShort(error) })
      const isCertain = error instanceof CampfireError && !error.uncertain
      if (!isCertain) change({ doubt: 1 })
    }
  }
}
