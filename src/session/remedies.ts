import * as z from 'zod'
import { stepPosition } from '../prompt.ts'
import { isSpoken } from '../tables/room/answers.ts'
import { newerHalf, type PastTurn } from '../tables/room/sessions.ts'
import type { Steps } from '../tables/room/steps.ts'
import type { TurnRow } from '../tables/room/turns.ts'
import type { Tables } from '../tables.ts'
import type { Memory } from './memory.ts'
import { nextRemedy, nextShorter } from './next-remedy.ts'

/** Each attempt is a call that somebody pays for. */
const EVERY = 10 * 60_000
const LAST = 'remedied'
const Last = z.object({ session: z.int(), turn: z.int(), at: z.number() })

/**
 * What a turn leaves out of its requests when they are refused. Nothing that is remembered is let go of
 * for it until a request without it has been answered: most refusals are not the memory's fault.
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
  makeRoom() {
    const { turns, summary, pins } = this.#memory.past()
    return this.#try(
      nextShorter(this.#row.remedy, {
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
  leaveOut() {
    const { facts, now } = this.#tables
    const current = this.#tables.session.current()
    if (!current) return false
    const { id, remedy } = this.#row
    const last = facts.get(LAST, Last)
    const isLate = last?.session !== current.id || now() - last.at >= EVERY
    if (!isLate && last.turn !== id) return false

    const past = this.#memory.past()
    const position = stepPosition(id, (this.#steps.all.at(-1)?.number ?? 0) + 1)
    const own = { id, prompt: '', steps: this.#steps.all, sentence: null }
    if (isLate) facts.set(LAST, { session: current.id, turn: id, at: now() })
    return this.#try(
      nextRemedy(remedy, {
        position,
        hasThinking: hasThinking([...past.turns, own], past.thinkingFrom ?? 0),
        isSigned: Boolean(past.signed),
        hasPreface: Boolean(past.summary || past.pins),
        past: past.turns.map((turn) => turn.id),
        suspect: this.suspect ?? past.turns.at(-1)?.id ?? null,
        turn: id,
      }),
    )
  }

  /** A request without it has been answered, so it stays out of those that follow. */
  adopt() {
    const { session, turns, compactions } = this.#tables
    const current = session.current()
    const { remedy, id } = this.#row
    if (!remedy || !current) return

    if (remedy.thinkingFrom) session.dropThinking(current, remedy.thinkingFrom)
    if (remedy.words) compactions.unsign(current.compaction)
    if (remedy.without) turns.leaveOut(remedy.without)
    if (remedy.alone) session.startAlone(current, id)
    else if (remedy.from) session.startAt(current, remedy.from)
    session.invalidateCache()
    turns.change(this.#row, { remedy: null })
  }

  #try(remedy: TurnRow['remedy']) {
    if (remedy) this.#tables.turns.change(this.#row, { remedy })
    return remedy !== null
  }
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
