import type { Campfire } from '../campfire.ts'
import { behindRequest, withDeadline } from '../clock.ts'
import { keepPages } from '../history.ts'
import { inShort, log } from '../log.ts'
import { isSpoken } from '../tables/room/answers.ts'
import type { Steps } from '../tables/room/steps.ts'
import type { TurnRow } from '../tables/room/turns.ts'
import type { Tables } from '../tables.ts'
import { withoutMessages } from './deleted-words.ts'
import { dropDeleted } from './drop-deleted.ts'
import { isReworded } from './edited.ts'
import { readPage } from './pages.ts'
import { askedIn } from './read-back.ts'
import type { Remark } from './remarks.ts'
import { changedBefore } from './second-look/changed-before.ts'
import { pageWith } from './second-look/page-with.ts'
import { changedPrompt } from './turn-prompt.ts'

/** What was seen so short a time ago needs no second look. */
const FRESH = 2_000
const PATIENCE = 3_000
/** Whoever edits on and on gets the answer to what they had said by then; what is deleted gets none. */
const MOST_TIMES = 3
/** Longer ones are not compared: reading them takes longer than it helps. */
const MOST_TEXT = 10_000

/** Why a step came to nothing. */
export const ASKED_ANEW = 'asked anew'
/** Why a turn kept silent. */
export const TAKEN_BACK = 'taken back'

export type SecondView = 'as asked' | 'edited' | 'taken back'

interface Asking {
  row: TurnRow
  steps: Pick<Steps, 'all' | 'rewrite' | 'unanswered'>
  lists: (signal: AbortSignal) => Pick<Campfire, 'list'>
  timeZone: string
  /** Whoever takes our mention out of it asks somebody else. */
  takesMention: boolean
  /** When the room was last looked at; null where the turn goes on after a while. */
  seen: number | null
  /** It was not looked at before the turn, for nothing was said since this message that is not known. */
  later?: { since: number } | undefined
}

/**
 * People take back and reword what they asked while the model is still at it. One more look, before the
 * first words are posted; it helps, but nothing depends on it. What it found is told to the model once.
 */
export class SecondLook {
  #tables: Tables
  #asking: Asking
  #seen: number
  #news: string | null = null
  /** The model has read what is not so any more, and is to be asked anew. */
  #isVoid = false
  #looking: Promise<unknown> | null = null
  #knowsBefore: boolean
  #times = 0
  #cut = new AbortController()

  constructor(tables: Tables, asking: Asking) {
    this.#tables = tables
    this.#asking = asking
    this.#seen = asking.seen ?? 0
    this.#knowsBefore = !asking.later
  }

  /** Aborted when what the model is answering is not what is asked any more. */
  get signal() {
    return this.#cut.signal
  }

  /** Beside the model's call, which waits for no list then; whoever says the first words waits for this. */
  begin() {
    if (!this.#asking.later || !this.#mayLook()) return
    this.#looking = behindRequest().then(() => this.#tryToLook(this.#asked()))
  }

  /** Nobody has looked in this life of the turn: people may have thought better of it while it lay. */
  get isDue() {
    return this.#seen === 0 && this.#looking === null
  }

  /** What was begun is known. */
  async settle() {
    await this.#looking
  }

  async take(): Promise<SecondView> {
    await this.#looking
    const { row } = this.#asking
    if (row.verdict === 'silent') return 'taken back'
    // Once it is decided how it ends nobody is asked anew: see `nextAct`.
    if (this.#isVoid && !row.verdict) return 'edited'
    const asked = this.#asked()
    const isFresh = this.#tables.now() - this.#seen < FRESH
    return isFresh || !asked.size || !this.#mayLook() ? 'as asked' : await this.#tryToLook(asked)
  }

  /** Nor does anybody need to read that their question failed, when they have taken it back. */
  #mayLook() {
    const { kind, verdict, sentence } = this.#asking.row
    return kind === 'talk' && (this.#hasFailed || (!verdict && !sentence))
  }

  /** Who is told of a limit is told once. */
  get #hasFailed() {
    const { verdict, error } = this.#asking.row
    return verdict === 'failed' && error !== 'limit'
  }

  async #tryToLook(asked: Map<number, string>) {
    const began = this.#tables.now()
    try {
      return await this.#look(asked)
    } catch (error) {
      log.warn('room.not_listed', { ...this.#tables.place, error: inShort(error) })
      return 'as asked'
    } finally {
      this.#seen = began
    }
  }

  /** From here on it belongs to a step. */
  takeNews() {
    const news = this.#news
    this.#news = null
    if (this.#isVoid) this.#cut = new AbortController()
    this.#isVoid = false
    return news
  }

  async #look(asked: Map<number, string>): Promise<SecondView> {
    const { place, turns, archive, forgotten, now } = this.#tables
    const { lists, row, timeZone, takesMention, later } = this.#asking
    const page = await withDeadline(PATIENCE, (signal) => pageWith(lists(signal), asked))
    // Somebody may have stopped it meanwhile, and then they are told that.
    if (page.unreadable || row.ended !== null || !this.#mayLook()) return 'as asked'
    const read = readPage(page, { self: place.bot, since: later?.since ?? 0 })
    const { ids, more, remarks, shown } = read
    keepPages(this.#tables, [page])
    const before = this.#knowsBefore ? null : changedBefore(this.#tables, row, { page, read })
    this.#knowsBefore = true
    // At the old edge of a page a message may be missing for no reason: see `readPage`.
    const [, oldest = Number.POSITIVE_INFINITY] = more ? ids : [0, 0]
    const gone = [...asked.keys()].filter((id) => id >= oldest && !ids.has(id))
    const edited = remarks
      .filter(({ id, text }) => isEdited(text, asked.get(id ?? 0)))
      .map((one) => ({ ...one, quote: forgotten.cut(one.quote) }))
    if (!gone.length && !edited.length && !before) return 'as asked'
    const left = [...asked.keys()].filter((id) => !gone.includes(id))
    const isForUs = !takesMention || left.some((id) => shown.get(id)?.mentionsUs() ?? true)

    const isOver = !left.length || !isForUs
    if (!isOver && (this.#hasFailed || this.#times >= MOST_TIMES)) return 'as asked'
    this.#times++
    dropDeleted(this.#tables, new Set(gone))
    archive.reword(new Map(edited.map(({ id, text }) => [Number(id), text])))
    if (isOver) {
      turns.change(row, { verdict: 'silent', reason: TAKEN_BACK, prompt: null, sentence: null })
    } else {
      this.#dropWords(gone)
      if (before?.hasLost) this.#unsay()
      const reworded = before?.edited ?? []
      this.#news = changedPrompt({ edited, gone, reworded }, now(), timeZone)
      this.#isVoid = true
    }
    log.info('turn.asked_anew', {
      ...place,
      turn: row.id,
      gone: gone.length,
      edited: edited.length,
    })
    this.#cut.abort()
    return this.#isVoid ? 'edited' : 'taken back'
  }

  /** Of this turn, too, which is not over. What was thought behind them is sent no more. */
  #dropWords(gone: number[]) {
    const { row, steps } = this.#asking
    if (!gone.length || row.prompt === null) return
    const without = withoutMessages(gone)
    this.#tables.turns.change(row, { prompt: without.text(row.prompt) })
    steps.rewrite(without)
  }

  /** What it has said from words that are gone, and that nobody has read. */
  #unsay() {
    const { steps } = this.#asking
    for (const step of steps.all.filter((one) => isSpoken(one) && !one.uses.length)) {
      steps.unanswered(
        step,
        { state: 'stopped', error: ASKED_ANEW, content: [] },
        this.#tables.now(),
      )
    }
  }

  /** In the words that the model has read last, and answered. */
  #asked() {
    const { row, steps } = this.#asking
    const heard = steps.all.filter((step) => isSpoken(step) || step.state === 'asked')
    return askedIn([row.prompt, ...heard.map(({ notice }) => notice)])
  }
}

function isEdited(text: Remark['text'], asked: string | undefined) {
  if (asked === undefined || asked.length > MOST_TEXT || text.length > MOST_TEXT) return false
  return isReworded(text, asked)
}
