import { showOutcomes } from '../approval.ts'
import type { RoomBudget } from '../budget.ts'
import { lookToTake } from '../inbox/missed.ts'
import { log } from '../log.ts'
import { lookEarly } from '../prompt.ts'
import { type Opening, recordCrash } from '../recovery.ts'
import { signWaiting } from '../reply.ts'
import {
  botHere,
  campfireFor,
  deleteLeaving,
  fieldsLeftOut,
  memberIn,
  modelFilesFor,
  modelFor,
  noteAttempt,
  Quota,
  type Runtime,
} from '../runtime.ts'
import { compact, expire, prune, takeInCompaction } from '../session.ts'
import { restWithin } from '../step.ts'
import { restAfter } from '../tables/room/attempts.ts'
import type { Arrival } from '../tables/room/message.ts'
import { isScheduled, type TurnRow } from '../tables/room/turns.ts'
import type { Tables } from '../tables.ts'
import { openTurn, progressNoteOf, takeTurn } from '../turn.ts'
import type { Background } from './background.ts'
import { beginDue } from './handler/begin-due.ts'
import { Looks } from './handler/looks.ts'
import type { Live } from './live.ts'
import { madeBy } from './made-by.ts'
import { ReminderBell } from './reminders.ts'

type Outside = Runtime & { budget: RoomBudget; live: Live }

/** What one run of the alarm handler does: turn after turn, until none is due. */
export class Handler {
  /** The turn that it is at. What others want to change of it, they change here. */
  turn: TurnRow | null = null
  #stop = new AbortController()
  #tables: Tables
  #runtime: Omit<Outside, 'member'>
  #background: Background
  #hasTaken = false
  #looks: Looks
  #begun = 0
  #onWake = () => {}
  #early: ReturnType<typeof lookEarly> = null

  constructor(tables: Tables, background: Background, runtime: Omit<Outside, 'member' | 'quota'>) {
    this.#tables = tables
    this.#background = background
    this.#looks = new Looks(tables)
    this.#runtime = { ...runtime, quota: new Quota(tables.now) }
  }

  async takeTurns() {
    const tables = this.#tables
    const member = memberIn(this.#runtime.env, tables)
    if (!member) return log.error('room.without_bot', { room: tables.place.room })

    const runtime = { ...this.#runtime, member }
    const bell = new ReminderBell(tables, runtime, () => this.wake())
    bell.begin()
    try {
      do await this.#takeTurns(runtime)
      while (!(await this.#hasRung(bell)) && !runtime.quota.isOver())
    } finally {
      await bell.end()
    }
  }

  /** False: somebody has come meanwhile, who waits for no reminder that Campfire is slow to take. */
  async #hasRung(bell: ReminderBell) {
    const woken = Promise.withResolvers<boolean>()
    this.#onWake = () => woken.resolve(false)
    return await Promise.race([bell.settle().then(() => true), woken.promise])
  }

  async #takeTurns(runtime: Outside) {
    const tables = this.#tables
    const { quota, member } = runtime
    if (!this.#background.isAtWork) tables.compactions.lose(tables.now())
    if (await this.#restsBeforeNext(runtime)) return
    // What brought us down before would do so again, once for each turn that is answered.
    const isWary = tables.attempts.areMany()
    let wish = lookToTake(tables, runtime)
    do {
      while (!quota.isOver() && (await this.#takeNext(runtime)));
      const isSpared = isWary && this.#begun > 0
      if (wish && !isSpared && !tables.turns.open() && !quota.isOver()) {
        const begun = this.#begun
        const from = await this.#looks.forMissed(runtime, wish)
        while (!quota.isOver() && (await this.#takeNext(runtime)));
        // Whoever was found by it came first; what is to be tidied is left for a second look.
        if (this.#begun > begun && !tables.turns.open() && !quota.isOver())
          await this.#looks.forMissed(runtime, wish, from)
        wish = null
      }
      if (await this.#looks.furtherBack(runtime))
        while (!quota.isOver() && (await this.#takeNext(runtime)));
      if (await this.#looks.whetherLeft(runtime))
        while (!quota.isOver() && (await this.#takeNext(runtime)));
      this.#background.begin(() => this.#compact(runtime))
    } while ((await this.#background.goesOn(this.#dueIn())) && !this.#mustHandOver(quota))
    takeInCompaction(tables)
    const isIdle =
      !tables.turns.open() && tables.turns.nextAside() === null && tables.inbox.nextDue() === null
    if (isIdle) {
      expire(tables, botHere(tables, member))
      prune(tables)
    }
    await showOutcomes(tables, runtime)
    if (isIdle) await deleteLeaving(tables, { quota, files: modelFilesFor(runtime) })
  }

  /** Before the message is written down: see `lookEarly`. True: something was asked. */
  lookEarly(arrival: Arrival) {
    const tables = this.#tables
    const member = memberIn(this.#runtime.env, tables)
    if (!member || tables.turns.open()) return false
    const runtime = { ...this.#runtime, member }
    this.#early = lookEarly(tables, runtime, arrival, (deadline) =>
      campfireFor(tables, runtime, runtime.quota.within(deadline)),
    )
    return this.#early !== null
  }

  /** It began or went on with a turn. */
  get hasBegun() {
    return this.#begun > 0
  }

  /** Something has come that waits neither for a look nor for what goes on in the background. */
  wake() {
    this.#looks.breakOff()
    this.#background.wake()
    this.#onWake()
  }

  /** Cuts the model's stream and the tools; the rows say why. */
  stop() {
    this.#stop.abort()
  }

  /** What waits may have brought us down before there was a turn: then it is begun later. */
  async #restsBeforeNext(runtime: Outside) {
    const { turns, inbox, attempts, now } = this.#tables
    if (!attempts.isInDoubt() || turns.open() || inbox.nextDue() === null) return false

    await noteAttempt(this.#tables, runtime)
    if (attempts.restsUntil() > now()) return true
    if (attempts.goOn()) await runtime.storage.sync()
    return false
  }

  /** Takes a turn as far as it goes. False: nothing is due. */
  async #takeNext(runtime: Outside) {
    const tables = this.#tables
    const { turns, attempts, now } = tables
    const { report, storage } = runtime
    const held = turns.open()
    if (held && Number(held.due) > now()) {
      await this.#noteProgress(runtime, held)
      return false
    }
    const open = held ?? this.#setAside()
    if (!open) takeInCompaction(tables)

    const how: Opening = open ? (open.state === 'paused' ? 'resumed' : 'crashed') : 'new'
    const early = this.#early
    this.#early = null
    if (open) turns.madeBy = madeBy(tables, runtime.member.bot)
    const begun = open ? { row: open, later: undefined } : await beginDue(tables, runtime, early)
    if (!begun) return false
    const { row, later } = begun

    this.#begun++
    this.turn = row
    this.#stop = new AbortController()
    if (how === 'crashed' && row.due === null) recordCrash(tables, row, this.#restFor(runtime, row))
    else if (open) turns.change(row, { state: 'running', due: null })
    // A turn that may have brought us down must be known after it: a crash counts from here. The rows of
    // one that is new go out with its first request; if it dies before, it was an attempt.
    if (how !== 'new' || attempts.before(row)) await storage.sync()
    if (row.ended !== null || row.due !== null) runtime.live.isDown(row)
    if (row.ended !== null) return true // it kept silent, or was given up: see recordCrash
    if (row.due !== null) return this.#rest()

    report.busy()
    const turn = openTurn(tables, runtime, { row, how, later, signal: this.#stop.signal })
    const signing = how === 'new' ? this.#signWaiting(runtime, row) : null
    const showing = how === 'new' ? showOutcomes(tables, runtime) : null
    if (turn) runtime.live.follow(turn)
    if (turn) await takeTurn(turn)
    runtime.live.isDown(row)
    await Promise.all([signing, showing])
    // It got its words into the room, so others may.
    if (row.ended !== null && row.state !== 'silent') turns.wake(turns.aside(), now())
    this.#hasTaken = true
    this.turn = null
    return true
  }

  /** Whoever was in the inbox when this turn began waits from now on. */
  async #signWaiting({ member: { key }, report, quota }: Runtime, row: TurnRow) {
    const asker = isScheduled(row) ? null : row.asker
    await signWaiting(this.#tables, { asker, key, report, fetch: quota.fetch })
  }

  /** It waits for another try, and whoever asked has waited for long. */
  async #noteProgress(runtime: Outside, row: TurnRow) {
    const note = progressNoteOf(this.#tables, runtime, { row })
    note.check()
    await note.settle()
  }

  /** After so many deaths; what has still to be said is no matter of the model's time. */
  #restFor({ member }: Runtime, row: TurnRow) {
    const { started, verdict } = row
    const { limits } = botHere(this.#tables, member, row)
    const { now } = this.#tables
    return (deaths: number) => {
      const rest = restAfter(deaths)
      return verdict ? rest : restWithin(rest, { limits, started, now })
    }
  }

  /** It brought us down, or somebody else did: it is tried again when it is due. */
  #rest() {
    this.turn = null
    return false
  }

  /** A long session is told in short; a turn of this handler has just read it, so it is in the cache. */
  #compact(runtime: Outside) {
    if (!this.#hasTaken || runtime.quota.isOver()) return null
    return compact(this.#tables, botHere(this.#tables, runtime.member), {
      model: modelFor(runtime, fieldsLeftOut(this.#tables, runtime)),
      budget: runtime.budget,
    })
  }

  /** What is due now is for the next handler, and that cannot begin before this one ends. */
  #mustHandOver(quota: Quota) {
    const dueIn = this.#dueIn()
    return quota.isOver() && dueIn !== null && dueIn <= 0
  }

  /** What waits for Campfire and is due; whoever waits for a turn of their own goes first. */
  #setAside() {
    const { turns, inbox, now } = this.#tables
    const aside = turns.aside().find(({ due }) => Number(due) <= now())
    if (!aside) return null
    const next = inbox.nextDue()
    return next !== null && next <= now() ? null : aside
  }

  /** In ms from now; null when nothing is open or waits. */
  #dueIn() {
    const { turns, inbox, now } = this.#tables
    const open = turns.open()
    const waiting = [inbox.nextDue(), turns.nextAside()].filter((due) => due !== null)
    const due = open ? open.due : waiting.length ? Math.min(...waiting) : null
    return due === null ? null : due - now()
  }
}
