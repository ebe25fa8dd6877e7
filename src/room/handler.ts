import { lookForMissed } from '../inbox/missed.ts'
import { log } from '../log.ts'
import { lookBeforeTurn } from '../prompt/read-along.ts'
import { countCrash } from '../recovery/crash.ts'
import { Shift } from '../runtime/quota.ts'
import { modelFor, type Outside } from '../runtime.ts'
import { compact, takeInCompaction } from '../session/compact.ts'
import { expire } from '../session/expiry.ts'
import type { TurnRow } from '../tables/room/turns.ts'
import type { Parts } from '../tables.ts'
import { beginNext } from '../turn/begin-guarded.ts'
import { openTurn } from '../turn/open.ts'
import { takeTurn } from '../turn.ts'
import type { Background } from './background.ts'
import { botHere, memberIn } from './member.ts'

/** What one run of the alarm handler does: turn after turn, until none is due. */
export class Work {
  /** The turn that it is at. What others want to change of it, they change here. */
  turn: TurnRow | null = null
  #stop = new AbortController()
  #parts: Parts
  #outside: Omit<Outside, 'member'>
  #background: Background
  #hasTaken = false

  constructor(parts: Parts, background: Background, outside: Omit<Outside, 'member' | 'shift'>) {
    this.#parts = parts
    this.#background = background
    this.#outside = { ...outside, shift: new Shift(parts.now) }
  }

  async takeTurns() {
    const parts = this.#parts
    const member = memberIn(this.#outside.env, parts)
    if (!member) return log.error('room.without_bot', { room: parts.place.room })

    const outside = { ...this.#outside, member }
    const { shift } = outside
    if (!this.#background.isAtWork) parts.compactions.lose(parts.now())
    await lookForMissed(parts, outside)
    do {
      while (!shift.isOver() && (await this.#takeNext(outside)));
      this.#background.begin(() => this.#compact(outside))
    } while ((await this.#background.goesOn(this.#dueIn())) && !this.#mustHandOver(shift))
    takeInCompaction(parts)
    const isIdle = !parts.turns.open() && parts.inbox.nextDue() === null
    if (isIdle) expire(parts, botHere(parts, member))
  }

  /** Something has come that does not wait for what goes on in the background. */
  wake() {
    this.#background.wake()
  }

  /** Cuts the model's stream and the tools; the rows say why. */
  stop() {
    this.#stop.abort()
  }

  /** Takes a turn as far as it goes. False: nothing is due. */
  async #takeNext(outside: Outside) {
    const parts = this.#parts
    const { turns, attempts, now } = parts
    const { reporter, storage } = outside
    const open = turns.open()
    if (!open) takeInCompaction(parts)
    if (open?.state === 'paused' && Number(open.due) > now()) return false

    const how = open ? (open.state === 'paused' ? 'resumed' : 'crashed') : 'new'
    const canBoost = reporter.abilities().boost !== false
    const view = open ? null : await lookBeforeTurn(parts, outside)
    const row = open ?? beginNext(parts, outside, { canBoost, view })
    if (!row) return false

    this.turn = row
    this.#stop = new AbortController()
    if (how === 'crashed') countCrash(parts, row)
    if (how === 'resumed') turns.change(row, { state: 'running', due: null })
    // A turn that may have brought us down must be known after it: a crash counts from here. The rows of
    // one that is new go out with its first request; if it dies before, it was an attempt.
    if (how !== 'new' || attempts.before(row)) await storage.sync()
    if (row.ended !== null) return true // it kept silent, or was given up: see countCrash

    reporter.busy()
    const turn = openTurn(parts, outside, { row, how, signal: this.#stop.signal })
    if (turn) await takeTurn(turn)
    this.#hasTaken = true
    this.turn = null
    return true
  }

  /** A long session is told in short; a turn of this handler has just read it, so it is in the cache. */
  #compact(outside: Outside) {
    if (!this.#hasTaken || outside.shift.isOver()) return null
    return compact(this.#parts, botHere(this.#parts, outside.member), modelFor(outside))
  }

  /** What is due now is for the next handler, and that cannot begin before this one ends. */
  #mustHandOver(shift: Shift) {
    const dueIn = this.#dueIn()
    return shift.isOver() && dueIn !== null && dueIn <= 0
  }

  /** In ms from now; null when nothing is open or waits. */
  #dueIn() {
    const { turns, inbox, now } = this.#parts
    const open = turns.open()
    const due = open ? open.due : inbox.nextDue()
    return due === null ? null : due - now()
  }
}
