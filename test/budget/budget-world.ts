import { Ledger } from '../../src/budget/ledger.ts'
import { type Decision, serve, type Take } from '../../src/budget/lending.ts'
import type { Limit } from '../../src/budget/limits.ts'
import { PER } from '../../src/budget/period.ts'
import { adopted } from '../../src/budget/purse.ts'
import type { BudgetRows } from '../../src/tables/account/budgets.ts'
import { type Deed, type Fate, WHOSE } from './world/deeds.ts'
import { isSpent, lentIn, truthIn, wrongIn } from './world/must-hold.ts'
import { SimRoom, type Wish } from './world/room.ts'

const HOUR = 3_600_000

type Letter =
  | { kind: 'take'; wish: Wish; take: Take }
  | { kind: 'answer'; wish: Wish; take: Take; decision: Decision; version: string }
  | { kind: 'recall'; room: SimRoom; number: number; payer: string }
  | { kind: 'report'; room: SimRoom; used: Take['settled'] }
  | { kind: 'settled'; room: SimRoom; settled: Take['settled'] }

/** An account, rooms and the post between them: what arrives when, and who dies, is the test's to say. */
export class BudgetWorld {
  readonly wrong: string[] = []
  #rooms: SimRoom[]
  #limits: Limit[]
  #version = 0
  #now: number
  #zone: string
  #letters: Letter[] = []
  #waiting: { take: Take; wish: Wish }[] = []
  #rows: BudgetRows = { leases: [], buckets: [], refused: [], next: 1 }
  #ledger: Ledger
  /** Where each lease was ever lent. */
  #bucketsOf = new Map<number, string[]>()
  /** The most that stood there when its limit was lowered. */
  #before = new Map<string, number>()
  #turns = 0

  constructor({
    rooms,
    bots,
    zone,
    start,
    limits,
  }: {
    rooms: number
    bots: number
    zone: string
    start: string
    limits: { which: number; amount: number }[]
  }) {
    this.#rooms = Array.from({ length: rooms }, (_, n) => new SimRoom(n + 1, n % bots))
    this.#now = Date.parse(start)
    this.#zone = zone
    this.#limits = []
    for (const { which, amount } of limits) this.#limits = this.#with(which, amount)
    this.#ledger = this.#awake()
  }

  does(deed: Deed) {
    switch (deed.does) {
      case 'ask':
        this.#ask(deed)
        break
      case 'deliver':
        this.#deliver(deed.which, deed.fate)
        break
      case 'settle':
        this.#settle(this.#room(deed.room), deed.share)
        break
      case 'report':
        this.#report(this.#room(deed.room))
        break
      case 'room dies':
        this.#room(deed.room).die()
        break
      case 'account dies':
        this.#accountDies()
        break
      case 'recall':
        this.#recallOne(deed.which)
        break
      case 'clock':
        this.#now += deed.hours * HOUR
        break
      case 'limits':
        this.#change(deed)
        break
      case 'give up waiting':
        this.#giveUp(this.#room(deed.room))
    }
  }

  /** All letters arrive, all calls end, and the account asks for what is out. */
  comesToRest() {
    for (let round = 0; round < 8; round++) {
      for (const room of this.#rooms) {
        while (room.calls.some(({ cost }) => cost === null)) this.#settle(room, 50)
      }
      for (const lease of this.#ledger.leases) this.#recall(lease)
      let letters = 5_000
      while (this.#letters.length && letters-- > 0) this.#deliver(0, 'arrives')
      if (letters <= 0) this.wrong.push('letters never end')
      this.#serve()
    }
    for (const room of this.#rooms) {
      while (room.calls.some(({ cost }) => cost === null)) this.#settle(room, 50)
    }
    for (let round = 0; round < 3; round++) {
      for (const lease of this.#ledger.leases) this.#recall(lease)
      while (this.#letters.length) this.#deliver(0, 'arrives')
      for (const room of this.#rooms) {
        while (room.calls.some(({ cost }) => cost === null)) this.#settle(room, 50)
      }
    }
    if (this.#waiting.length) this.wrong.push(`${this.#waiting.length} wait for nothing`)
    if (this.#ledger.leases.length) this.wrong.push('something is lent still')
    const truth = this.#truth()
    for (const { id, spent } of this.#rows.buckets) {
      const real = truth.get(id)?.settled ?? 0
      if (spent !== real) this.wrong.push(`${id}: ${spent} booked, ${real} spent`)
    }
  }

  #ask(deed: Deed & { does: 'ask' }) {
    const room = this.#room(deed.room)
    if (room.wish) return
    const payers = ['here', `person:${deed.person}`]
    room.wish = { room, payers, asker: deed.person, need: deed.need, since: ++this.#turns }
    this.#prepare(room.wish)
  }

  #giveUp({ wish }: SimRoom) {
    if (wish) this.#prepare(wish, true)
  }

  #accountDies() {
    this.#waiting = []
    this.#ledger = this.#awake()
  }

  #change({ which, amount }: Deed & { does: 'limits' }) {
    const lent = lentIn(this.#rows)
    for (const { id, spent } of this.#rows.buckets) {
      this.#before.set(id, Math.max(this.#before.get(id) ?? 0, spent + (lent.get(id) ?? 0)))
    }
    this.#limits = this.#with(which, amount)
    this.#version++
    this.#ledger.setLimits(this.#limits, this.#zone, String(this.#version))
  }

  #recallOne(which: number) {
    const { leases } = this.#ledger
    const lease = leases[which % Math.max(leases.length, 1)]
    if (lease) this.#recall(lease)
  }

  #report(room: SimRoom) {
    const used = room.held.flatMap(({ number }) => ({
      number,
      used: room.uses.get(number)?.settled ?? 0,
    }))
    this.#letters.push({ kind: 'report', room, used })
  }

  #room(n: number) {
    const room = this.#rooms[n % this.#rooms.length]
    if (!room) throw new Error('no room')
    return room
  }

  #with(which: number, amount: number): Limit[] {
    const whose = WHOSE[which % WHOSE.length] ?? ''
    const per = PER[Math.floor(which / WHOSE.length) % PER.length] ?? 'day'
    const others = this.#limits.filter((one) => one.for !== whose || one.per !== per)
    return amount % 7 === 0 ? others : [...others, { for: whose, per, amount }]
  }

  #awake() {
    const ledger = new Ledger(structuredClone(this.#rows))
    ledger.setLimits(this.#limits, this.#zone, String(this.#version))
    return ledger
  }

  // The room's side: as room-budget.ts.

  #prepare(wish: Wish, isLast = false) {
    const take = wish.room.lacks(wish, this.#now, isLast)
    if (take) this.#letters.push({ kind: 'take', wish, take })
    else this.#reserve(wish)
  }

  #reserve(wish: Wish) {
    const { room } = wish
    const limited = wish.payers.filter((payer) => this.#ledger.isLimited(room.scopesOf(payer)))
    if (room.reserve(wish, limited, this.#now)) this.#check()
  }

  #settle(room: SimRoom, share: number) {
    const settled = room.settle(share)
    if (!settled) return
    if (settled.length) this.#letters.push({ kind: 'settled', room, settled })
    this.#check()
  }

  #hears({ wish, take, decision, version }: Letter & { kind: 'answer' }) {
    const { room } = wish
    if (version > room.version) room.version = version
    const granted = decision.does === 'grant' ? decision.leases : []
    room.held = adopted(room.held, granted, take.settled)
    if (decision.does === 'grant') {
      if (room.wish === wish) this.#reserve(wish)
    } else if (room.wish === wish) {
      room.wish = null
    }
    this.#check()
  }

  // The account's side: as account/budgets.ts.

  #deliver(which: number, fate: Fate): void {
    const [letter] = this.#letters.splice(which % Math.max(this.#letters.length, 1), 1)
    if (!letter || fate === 'lost') return
    if (fate === 'twice') this.#letters.push(letter)
    if (letter.kind === 'answer') {
      this.#hears(letter)
      return
    }
    if (letter.kind === 'recall') {
      const { room } = letter
      const settled = room.recall(letter)
      if (settled.length) this.#letters.push({ kind: 'settled', room, settled })
      return
    }
    if (fate === 'account dies before') {
      this.#accountDies()
      return
    }
    const ledger = this.#ledger
    if (letter.kind === 'settled') ledger.settle(letter.room.name, letter.settled)
    else if (letter.kind === 'report') ledger.hear(letter.room.name, letter.used, this.#now)
    else this.#waiting.push(letter)
    this.#serve(fate === 'account dies after')
    if (fate === 'account dies after') this.#accountDies()
  }

  #serve(isSilent = false) {
    const answers = serve(this.#ledger, this.#waiting, this.#now)
    this.#commit()
    for (const [one, decision] of answers) {
      const { take, wish } = one
      this.#waiting = this.#waiting.filter((other) => other !== one)
      if (decision.does === 'refuse' && !take.isLast) this.#mustBeSpent(take)
      const version = String(this.#version)
      if (!isSilent) this.#letters.push({ kind: 'answer', wish, take, decision, version })
    }
  }

  #recall({ number, payer, holder }: { number: number; payer: string; holder: string }) {
    const room = this.#rooms.find(({ name }) => name === holder)
    if (room) this.#letters.push({ kind: 'recall', room, number, payer })
  }

  #commit() {
    const { leases, closed, buckets, refused, next } = structuredClone(this.#ledger.takeChanges())
    const rows = this.#rows
    for (const lease of leases) this.#bucketsOf.set(lease.number, lease.buckets)
    this.#rows = {
      leases: merged(rows.leases, leases, ({ number }) => number).filter(
        ({ number }) => !closed.includes(number),
      ),
      buckets: merged(rows.buckets, buckets, ({ id }) => id),
      refused: merged(rows.refused, refused, ({ key }) => key),
      next: next ?? rows.next,
    }
    this.#check()
  }

  // What must hold.

  #check() {
    this.wrong.push(
      ...wrongIn(this.#rows, this.#truth(), this.#ledger.state(this.#now), this.#before),
    )
  }

  #truth() {
    return truthIn(this.#rooms, this.#bucketsOf)
  }

  #mustBeSpent(take: Take) {
    if (!isSpent(take, this.#truth(), this.#ledger.state(this.#now)))
      this.wrong.push('refused, though it would have fitted')
  }
}

function merged<T, K>(rows: T[], changed: T[], keyOf: (row: T) => K): T[] {
  const keys = new Set(changed.map(keyOf))
  return [...rows.filter((row) => !keys.has(keyOf(row))), ...changed]
}
