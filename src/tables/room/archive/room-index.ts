import { DAY } from '../../../clock.ts'
import type { Facts } from '../facts.ts'
import { epochOf, type Numbers, SPAN } from '../messages/numbers.ts'
import {
  afterDeath,
  afterFailure,
  afterPage,
  afterReading,
  firstState,
  from,
  IndexState,
  type Limits,
  listedToday,
  nextDue,
} from './index-state.ts'
import { Numbered, type ToKeep } from './numbered.ts'

const NAME = 'index'
/** Whoever uses it needs the index. */
const NEEDED_BY = 'search_conversation'
/** It is looked for in so many of the newest turns. */
const TURNS = 10

/** What is kept of a message that was listed; the number is Campfire's own. */
export interface Heard extends Omit<ToKeep, 'id' | 'overheard'> {
  id: number
}

/** A stretch of the room without a gap, as it was listed. What is not to be kept is not among `heard`. */
export interface Pages {
  /** Campfire's own numbers, and when the oldest was said. */
  low: { id: number; at: number } | null
  high: number
  more: boolean
  count: number
  heard: Heard[]
}

interface Known {
  facts: Facts
  numbers: Numbers
}

/** How far back what was said can be found. */
export interface Reach {
  /** `none` and `not listed`: only what was said to and by the bot, since nobody wants more or there is no more. */
  state: 'none' | 'not listed' | 'listing' | 'complete'
  /** In ms since 1970. Null: to the first message, or nothing is known yet. */
  since: number | null
  isWhole: boolean
}

/**
 * All that was said in the room, where somebody has asked for it: pages are listed backwards, and those that
 * turns read anyway keep it current. The words stand in `said`; here is how far they reach.
 */
export class RoomIndex {
  #sql: SqlStorage
  #rows: Numbered
  #facts: Facts
  #numbers: Numbers
  /** Only a cache. */
  #state: IndexState | null | undefined
  #isStored = false
  /** The newest number of which a row tells. */
  #top = 0
  #isFresh = true

  constructor(sql: SqlStorage, { facts, numbers }: Known) {
    this.#sql = sql
    this.#rows = new Numbered(sql)
    this.#facts = facts
    this.#numbers = numbers
  }

  /** Null: nobody has asked for it, or it is switched off. */
  get(): IndexState | null {
    if (this.#state === undefined) {
      const state = this.#facts.get(NAME, IndexState.nullable())
      this.#isStored = state !== null
      this.#top = state?.top ?? 0
      this.#state = state ?? (this.#wasNeeded() ? firstState() : null)
    }
    return this.#state
  }

  /** A row says how far it is. */
  get isStored() {
    return this.get() !== null && this.#isStored
  }

  /** From the first time on the room is listed. The first page writes it down; until then the use of the tool says it. */
  begin() {
    if (!this.get()) this.#state = firstState()
  }

  reach(): Reach {
    const state = this.get()
    if (!state) return { state: 'none', since: null, isWhole: false }
    const { next, isWhole } = state
    const since = next ? next.at : this.#rows.oldest()
    return { state: next ? 'listing' : 'complete', since: isWhole && !next ? null : since, isWhole }
  }

  nextDue(now: number, limits: Limits, spread: number) {
    const state = this.get()
    return state && nextDue(state, now, limits, spread)
  }

  /** A page that was listed for this. Its rows and how far it reaches are one: no `await` in here. */
  add(pages: Pages, now: number, limits: Limits) {
    const state = this.get()
    if (!state) return
    this.#keep(pages)
    this.#set(afterPage(state, this.#stored(pages), now, limits))
  }

  /** What a turn has read anyway: the newest of the room, and as far back as it went. */
  hear(pages: Pages) {
    const state = this.get()
    if (!state) return
    if (this.#isOfBefore(state)) return this.#beginAnew()
    const stretch = this.#stored(pages)
    const news = afterReading(state, stretch)
    if (!news) return
    this.#keep(pages)
    // Whoever wakes without it finds on a page like this one what a row does tell of, and goes on from there.
    const isNear = stretch.low !== null && stretch.low.id <= this.#top
    if (isNear && news.gap === state.gap) this.#state = news
    else this.#set(news)
  }

  /** So many messages were listed for this today. */
  today(now: number) {
    const state = this.get()
    return state ? listedToday(state, now) : 0
  }

  died(now: number) {
    const state = this.get()
    if (state) this.#set(afterDeath(state, now))
  }

  failed(now: number) {
    const state = this.get()
    if (state) this.#set(afterFailure(state, now))
  }

  /** Nobody can list here, and that is no row's worth. */
  restsADay(now: number) {
    const state = this.get()
    if (state) this.#state = { ...state, due: now + DAY }
  }

  /** Somebody has deleted the message before which it was to go on: another neighbour has the same page. */
  goOnAbove(now: number) {
    const state = this.get()
    const before = state?.next?.before
    if (!state || before == null) return
    const [above = null] = this.#rows.next(before, 'above', 1)
    this.#set(from(state, above, now, false))
  }

  /**
   * One message that Campfire cannot show, or that we cannot read, costs its page, which may have told how it begins.
   * True: there is a number that lies behind it.
   */
  passOver(now: number, oldest: number | null = null) {
    const state = this.get()
    const before = state?.next?.before
    const begins = oldest === null ? null : this.#numberOf(oldest)
    const isBehind = begins !== null && (before == null || begins < before)
    const known = before == null || isBehind ? [] : this.#rows.next(before, 'below', 1)
    const [below] = isBehind ? [begins] : known
    if (!state?.next || below === undefined) return false
    this.#set(from(state, below, now, true))
    return true
  }

  /** The newest number that is kept, as Campfire has it. */
  top() {
    return (this.get()?.top ?? 0) % SPAN
  }

  /** The first page of this life: one that is late may have ended the life before. */
  isFirstPage() {
    const isFirst = this.#isFresh
    this.#isFresh = false
    return isFirst
  }

  /** The number to list before, as Campfire has it. Undefined: nothing is to be listed. */
  cursor(): number | null | undefined {
    const state = this.get()
    if (state && this.#isOfBefore(state)) this.#beginAnew()
    const next = this.get()?.next
    if (!next) return undefined
    return next.before === null ? null : next.before % SPAN
  }

  /** Nothing more is listed, and what nobody has said to us is gone. */
  switchOff() {
    if (!this.isStored) return
    this.#rows.dropOverheard()
    this.#set(null)
  }

  /** A life before this one may have ended before it came to the first page. */
  #wasNeeded() {
    const uses = this.#sql.exec(
      `SELECT 1 FROM tool_uses WHERE turn > (SELECT max(id) - ${TURNS} FROM turns) AND name = ? LIMIT 1`,
      NEEDED_BY,
    )
    return uses.toArray().length > 0
  }

  #keep({ heard }: Pages) {
    const [low, high] = [
      Math.min(...heard.map(({ id }) => id)),
      Math.max(...heard.map(({ id }) => id)),
    ]
    if (!heard.length) return
    const known = this.#rows.between(this.#numberOf(low), this.#numberOf(high))
    for (const one of heard) {
      const id = this.#numberOf(one.id)
      if (!known.has(id)) this.#rows.add({ ...one, id, overheard: true })
    }
  }

  /** Other messages may have the numbers that were overheard before. */
  #beginAnew() {
    const due = this.get()?.due ?? 0
    this.switchOff()
    this.#set({ ...firstState(), due })
  }

  #isOfBefore({ top, next }: IndexState) {
    const newest = Math.max(top, next?.before ?? 0)
    return newest > 0 && epochOf(newest) < this.#numbers.era().epoch
  }

  #stored({ low, high, more, count }: Pages) {
    return {
      low: low && { id: this.#numberOf(low.id), at: low.at },
      high: high && this.#numberOf(high),
      more,
      count,
    }
  }

  #numberOf(message: number) {
    return this.#numbers.era().epoch * SPAN + message
  }

  #set(state: IndexState | null) {
    this.#facts.set(NAME, state)
    this.#state = state
    this.#isStored = state !== null
    this.#top = state?.top ?? 0
  }
}
