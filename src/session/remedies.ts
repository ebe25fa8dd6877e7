import * as z from 'zod'
import { MINUTE } from '../clock.ts'
import { isOpaque, type Kind } from '../model.ts'
import { stepPosition } from '../prompt.ts'
import { isDeclined, isSpoken } from '../tables/room/answers.ts'
import { newerHalf, type PastTurn, type SessionRow } from '../tables/room/sessions.ts'
import type { Steps } from '../tables/room/steps.ts'
import { losesWords, type Remedy } from '../tables/room/turns/remedy.ts'
import type { TurnRow } from '../tables/room/turns.ts'
import type { Tables } from '../tables.ts'
import type { Memory } from './memory.ts'
import { nextRemedy, nextShorter } from './next-remedy.ts'

/** Each attempt is a call that somebody pays for. */
const EVERY = 10 * MINUTE
/** What was refused twice, so far apart, was not refused in passing. */
const APART = 2 * MINUTE
const LAST = 'remedied'
const Last = z.object({ session: z.int(), turn: z.int(), at: z.number() })
const THOUGHTS = 'thoughts refused'
const Thoughts = z.object({ session: z.int(), as: z.string() })
/** Later than any step. */
const NEVER = Number.MAX_SAFE_INTEGER

/**
 * What a turn leaves out of its requests when they are refused. Nothing that is remembered is let go of
 * for it until a request without it has been answered, and that in two turns: most refusals are not the
 * memory's fault, and one that is over by the next call only looks as if it were.
 */
export class Remedies {
  #tables: Tables
  #row: TurnRow
  #memory: Memory
  #steps: Steps
  /** The turn that the last refusal named. Only a hint: after a crash it is the last one again. */
  suspect: number | null = null

  constructor(tables: Tables, row: TurnRow, { memory, steps }: { memory: Memory; steps: Steps }) {
    this.#tables = tables
    this.#row = row
    this.#memory = memory
    this.#steps = steps
  }

  /** It is too long: leaves out the older half, and in the end all. False: it is all out. */
  makeRoom(kind: Kind = 'too_long') {
    if (this.resume(kind)) return true
    const { turns, summary, pins } = this.#memory.past()
    return this.#try(
      nextShorter(this.#tried(), {
        from: turns.length ? (newerHalf(turns)[0]?.id ?? this.#row.id) : null,
        turn: this.#row.id,
        hasPreface: Boolean(summary || pins),
      }),
    )
  }

  /**
   * It was refused for something in it: leaves out the next thing that it may be, at most once in ten
   * minutes a session. False: there is nothing to leave out.
   */
  leaveOut({ onlyWords = false } = {}) {
    const { facts, now } = this.#tables
    const current = this.#tables.session.current()
    if (!current) return false
    const { id } = this.#row
    const last = facts.get(LAST, Last)
    const isLate = last?.session !== current.id || now() - last.at >= EVERY
    if (!isLate && last.turn !== id) return false

    const past = this.#memory.past()
    // What was declined then stands in it no more.
    const told = past.turns.filter(({ steps }) => !isDeclined(steps))
    if (isLate) facts.set(LAST, { session: current.id, turn: id, at: now() })
    return this.#try(
      nextRemedy(this.#tried(), {
        position: this.#position,
        hasThinking: !onlyWords && this.#hasThinking(),
        isSigned: !onlyWords && Boolean(past.signed),
        hasPreface: Boolean(past.summary || past.pins),
        past: told.map((turn) => turn.id),
        suspect: this.suspect ?? told.at(-1)?.id ?? null,
        turn: id,
      }),
    )
  }

  /**
   * Whatever is said is declined, and mostly for that; but whoever watches reads all of it. Where the turn before
   * was declined as well, it may be for what was said before both. False: there is nothing to leave out.
   */
  leaveOutDeclined() {
    const before = this.#memory.past().turns.at(-1)
    const isAgain = before !== undefined && isDeclined(before.steps)
    return (isAgain || this.#tried() !== null) && this.leaveOut({ onlyWords: true })
  }

  /**
   * The turn before was refused with all of it and answered without a part; and now all of it is refused
   * again. So it is left out at once. False: there is no such thing.
   */
  resume(kind: Kind) {
    const current = this.#tables.session.current()
    return (
      current !== null && (this.#resumeWords(kind, current) || this.#resumeThoughts(kind, current))
    )
  }

  #resumeWords(kind: Kind, current: SessionRow) {
    const { turns } = this.#tables
    const { id, remedy } = this.#row
    const last = !losesWords(remedy) && turns.ended.lastAnswered(id)
    if (!last || last.session !== current.id || !last.remedy?.since) return false

    const { thinkingFrom: _, words: __, since, ...left } = last.remedy
    const first = left.from ?? left.without ?? 0
    if (first < current.from_turn || sortOf(kind) !== since.as) return false
    // Where the room was not told of it, it is told now, and all begins anew.
    return this.#try({ ...remedy, ...left, ...(last.state === 'replied' && { since }) })
  }

  /** It costs nobody a word, so it need not be seldom. */
  #resumeThoughts(kind: Kind, { id }: SessionRow) {
    const refused = this.#tables.facts.get(THOUGHTS, Thoughts)
    const isKnown = refused?.session === id && refused.as === sortOf(kind)
    if (!isKnown || !this.#hasThinking()) return false
    return this.#try({ ...this.#tried(), thinkingFrom: this.#position })
  }

  /**
   * A request without it has been answered, so it stays out of those that follow: what was thought at once,
   * and what was said when it is refused once more.
   */
  adopt() {
    const { session, turns, compactions, now } = this.#tables
    const current = session.current()
    const { remedy, id } = this.#row
    if (!remedy || !current) return

    const { thinkingFrom, words, ...left } = remedy
    if (thinkingFrom) this.#dropThoughts(current, thinkingFrom, !words && !losesWords(left))
    if (words) compactions.unsign(current.compaction)
    if (thinkingFrom || words) session.invalidateCache()
    const { since = { turn: id, at: now(), as: this.#reason() } } = left
    const isOnTrial = since.turn === id || now() - since.at < APART
    if (losesWords(left) && isOnTrial) return this.#keep({ ...left, since })

    if (left.without) turns.ended.leaveOut(left.without)
    if (left.alone) session.startAlone(current, left.from ?? id)
    else if (left.from) session.startAt(current, left.from)
    if (losesWords(left)) session.invalidateCache()
    this.#keep(null)
  }

  /**
   * For those refused once. Refused again in this session, as often as they come: whoever answers gives thoughts, and
   * takes none back.
   */
  #dropThoughts(current: SessionRow, from: number, wereAtFault: boolean) {
    const { session, facts } = this.#tables
    const as = this.#reason()
    const isTelling = wereAtFault && !isOpaque(as)
    const isAgain = isTelling && facts.get(THOUGHTS, Thoughts)?.session === current.id
    session.dropThinking(current, isAgain ? NEVER : Math.max(from, current.thinking_from))
    if (isTelling && !isAgain) facts.set(THOUGHTS, { session: current.id, as })
  }

  /** Of the step that is asked for next. */
  get #position() {
    return stepPosition(this.#row.id, (this.#steps.all.at(-1)?.number ?? 0) + 1)
  }

  #hasThinking() {
    const { turns, thinkingFrom = 0 } = this.#memory.past()
    const own = { id: this.#row.id, prompt: '', steps: this.#steps.all, sentence: null }
    return hasThinking([...turns, own], thinkingFrom)
  }

  /** What the newest request was refused as. Without a refusal the answer itself had no room. */
  #reason() {
    const error = this.#steps.all.findLast(({ state }) => state === 'failed')?.error
    return sortOf(error ?? 'too_long')
  }

  #keep(remedy: Remedy | null) {
    if (JSON.stringify(remedy) === JSON.stringify(this.#row.remedy)) return
    this.#tables.turns.change(this.#row, { remedy })
  }

  /** What more is left out has not been answered without. */
  #tried(): Remedy | null {
    if (!this.#row.remedy) return null
    const { since: _, ...tried } = this.#row.remedy
    return tried
  }

  #try(remedy: TurnRow['remedy']) {
    if (remedy) this.#tables.turns.change(this.#row, { remedy })
    return remedy !== null
  }
}

/** What says nothing of what is wrong says it now so and now so. */
function sortOf(kind: string) {
  return isOpaque(kind) ? 'opaque' : kind
}

function hasThinking(turns: PastTurn[], from: number) {
  return turns.some(({ id, steps }) =>
    steps.some(
      (step) =>
        isSpoken(step) &&
        stepPosition(id, step.number) >= from &&
        step.content.some(({ type }) => type.includes('thinking')),
    ),
  )
}
