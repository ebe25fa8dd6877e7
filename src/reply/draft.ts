import {
  endsInName,
  hasParagraph,
  hasSentence,
  heal,
  isGone,
  mayBeDone,
  splitForPush,
} from '../campfire.ts'
import { inShort, log } from '../log.ts'
import type { DraftNeeds } from './needs.ts'
import { underStatus, withStatus } from './standing-words.ts'

/** Campfire notifies once, at the create: so it waits for a sentence, or until there is something to read. */
const FIRST_AFTER = 1_200
/** What is whole by then is posted in one, for a request and two written rows less. */
const SENTENCE_AFTER = 400
const EDIT_EVERY = 1_000
const MOST_EDITS = 30
/** The answer that comes after them is to grow, too. */
const MOST_THOUGHTS = 10
const LONGEST_THOUGHT = 120
/** Longer than this is split at the end; until then people see the beginning grow. */
const LONGEST_DRAFT = 3_500

/**
 * The answer while it grows. Memory only, but for the row of its create: an edit that is lost is made
 * again by the next, or by the last one. Nothing here fails a turn.
 */
export class Draft {
  #turn: DraftNeeds
  /** What the steps before have said, until this one says something. */
  #before = ''
  #text = ''
  #status = ''
  #thought = ''
  #since: number | null = null
  #timers: ReturnType<typeof setTimeout>[] = []
  #shown = ''
  /** What the last edit says. */
  #sent = ''
  #lastEdit = 0
  #edits = 0
  #isAnnounced = false
  #ended: boolean
  /** It stands, and a life before knew what it says. */
  #isLeft: boolean
  #sending: Promise<void> | null = null

  /** After a crash what stands is left as it is until the answer is whole: it must never shrink. */
  constructor(turn: DraftNeeds) {
    this.#turn = turn
    this.#isLeft = turn.replies.draft !== null
    this.#ended = turn.bot.reply === 'whole' || this.#isLeft
  }

  /** A step begins: its words take the place of those before. */
  begin() {
    if (this.#text.trim()) this.#before = this.#text
    this.#text = ''
    this.#status = ''
    this.#thought = ''
    this.#since = null
    this.#stopTimers()
    if (this.#isLeft) this.#sayThatItGoesOn(() => this.#standingWords())
    this.#isLeft = false
  }

  /** The call came to nothing: what stands of it is left until the answer is whole. It must not shrink. */
  breakOff() {
    if (this.#ended || this.#turn.replies.draft === null) return
    this.#ended = true
    this.#status = ''
    const words = this.#whatToShow()
    this.#sayThatItGoesOn(async () => words && underStatus(words, this.#turn.sentences.pickingUp))
  }

  /** What the step that is under way has said so far, for whoever watches. */
  get heard() {
    return this.#text
  }

  hear(words: string) {
    this.#text += words
    if (this.#since === null) this.#begins()
    this.#grow()
  }

  /** Also where nothing more comes for a while. */
  #begins() {
    this.#since = this.#turn.now()
    const look = () => this.#grow()
    this.#timers = [SENTENCE_AFTER, FIRST_AFTER].map((ms) => setTimeout(look, ms))
  }

  #stopTimers() {
    for (const timer of this.#timers.splice(0)) clearTimeout(timer)
  }

  /** Something to read before there is any answer; the answer takes its place. */
  announce(words: string) {
    this.#before ||= words
    this.#isAnnounced = true
    this.#grow()
  }

  /** One line in italics while tools run. */
  tell(status: string) {
    this.#status = status
    if (this.#turn.replies.draft) this.#grow()
  }

  /** What it is at, as it says to itself between tools: the last sentence of it, in place of a status. */
  think(words: string) {
    this.#thought += words
    const said = lastSentenceIn(this.#thought)
    if (said && said !== this.#status && this.#edits < MOST_THOUGHTS) this.tell(said)
  }

  /** Nothing is under way any more. */
  async settle() {
    this.#stopTimers()
    await this.#sending
  }

  /** One at a time: what comes meanwhile is in the next one. */
  #grow() {
    const { replies } = this.#turn
    if (this.#ended || this.#sending || !this.#mayChange()) return

    const shown = this.#whatToShow()
    if (!shown || shown === this.#shown) return
    if (!replies.draft && !this.#isWorthTelling()) return

    this.#shown = shown
    this.#lastEdit = this.#turn.now()
    this.#sending = this.#send(shown)
      .catch((error: unknown) => this.#fail(error))
      .finally(() => {
        this.#sending = null
      })
  }

  /** Nobody is to wonder at half an answer that stands still. */
  #sayThatItGoesOn(inWords: () => Promise<string | null>) {
    const { replies, quota } = this.#turn
    const say = async () => {
      const { draft } = replies
      if (draft?.state !== 'draft' || draft.message === null || !quota.mayGrow()) return
      const words = await inWords()
      if (words) await this.#edit(draft.message, words)
    }
    this.#sending = (this.#sending ?? Promise.resolve())
      .then(say)
      .catch((error: unknown) => this.#fail(error))
      .finally(() => {
        this.#sending = null
      })
  }

  async #standingWords() {
    const { replies, sentences, ref } = this.#turn
    const { draft } = replies
    const said = draft && withStatus(this.#turn, draft, sentences.pickingUp)
    return await Promise.resolve(said).catch((error: unknown) => {
      log.warn('draft.not_read', { ...ref, error: inShort(error) })
      return null
    })
  }

  async #send(shown: string) {
    const { campfire, replies, cursor, now } = this.#turn
    const { draft } = replies
    if (draft?.message) {
      this.#edits++
      await this.#edit(draft.message, shown)
    } else {
      if (!(await this.#turn.isStillAsked())) {
        this.#ended = true
        return
      }
      // What comes later need not fit into the push.
      const [begun = shown] = splitForPush(shown)
      const row = replies.begin(begun, cursor(), now())
      const { id } = await campfire.post(begun)
      if (id !== null) replies.stands(row, id)
    }
  }

  async #edit(message: number, words: string) {
    this.#sent = words
    await this.#turn.campfire.edit(message, words)
  }

  #fail(error: unknown) {
    const { replies, ref } = this.#turn
    const { draft } = replies
    this.#ended = true
    log.warn('draft.failed', { ...ref, error: inShort(error) })

    const isCertain = !mayBeDone(error)
    if (!isCertain) this.#turn.change({ doubt: 1 })
    if (draft?.state === 'drafting' && isCertain) replies.forget(draft)
    if (draft?.state === 'draft' && isGone(error)) replies.gone(draft)
    else if (draft?.message && !isCertain) replies.mayComeLate(draft.message, this.#sent)
  }

  #mayChange() {
    const { quota, now } = this.#turn
    return this.#edits < MOST_EDITS && quota.mayGrow() && now() - this.#lastEdit >= EDIT_EVERY
  }

  /** Whom the first words mention is told, and nobody else by them. */
  #isWorthTelling() {
    if (endsInName(this.#text)) return false
    const running = this.#turn.now() - (this.#since ?? this.#turn.now())
    const isSaid = running >= SENTENCE_AFTER && hasSentence(this.#text)
    const isLong = running >= FIRST_AFTER || isSaid || hasParagraph(this.#text)
    return this.#turn.canGrow() && (isLong || this.#isAnnounced)
  }

  #whatToShow() {
    const text = heal(this.#text.trim() ? this.#text : this.#before).trim()
    const cut = text.length > LONGEST_DRAFT ? `${heal(text.slice(0, LONGEST_DRAFT))}…` : text
    return cut && this.#status ? underStatus(cut, this.#status) : cut
  }
}

/** Whole, short, and with nothing in it that would be markup within italics. */
function lastSentenceIn(thought: string) {
  const sentences = thought.match(/[^.!?\n]+(?=[.!?…]\s|[.!?…]?\n)/g) ?? []
  const last =
    sentences
      .at(-1)
      ?.replace(/[*_`#<>[\]]/g, '')
      .trim() ?? ''
  return last.length <= LONGEST_THOUGHT ? last : ''
}
