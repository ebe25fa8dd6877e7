import { Ledger } from '../../src/budget/ledger.ts'
import { type Decision, serve, type Take } from '../../src/budget/lending.ts'
import type { Limit } from '../../src/budget/limits.ts'
import { PER } from '../../src/budget/period.ts'
import {
  adopted,
  closing,
  freeOf,
  type HeldLease,
  leaseFor,
  recalled,
  settledIn,
  standing,
  type Uses,
} from '../../src/budget/purse.ts'
import type { BudgetRows } from '../../src/tables/account/budgets.ts'

const HOUR = 3_600_000

/** All four levels, for all three periods. */
const WHOSE = ['installation', 'bot:0', 'bot:1', 'room:1', 'room:2', 'person:1', 'person:2']
export const LIMITS = WHOSE.length * PER.length

export type Deed =
  | { does: 'ask'; room: number; person: number; need: number }
  | { does: 'deliver'; which: number; fate: Fate }
  | { does: 'settle'; room: number; share: number }
  | { does: 'report'; room: number }
  | { does: 'room dies'; room: number }
  | { does: 'account dies' }
  | { does: 'recall'; which: number }
  | { does: 'clock'; hours: number }
  | { does: 'limits'; which: number; amount: number }
  | { does: 'give up waiting'; room: number }

type Fate = 'arrives' | 'twice' | 'lost' | 'account dies before' | 'account dies after'

interface Wish {
  room: SimRoom
  payers: string[]
  asker: number
  need: number
  since: number
}

type Letter =
  | { kind: 'take'; wish: Wish; take: Take }
  | { kind: 'answer'; wish: Wish; take: Take; decision: Decision; version: string }
  | { kind: 'recall'; room: SimRoom; number: number; payer: string }
  | { kind: 'report'; room: SimRoom; used: Take['settled'] }
  | { kind: 'settled'; room: SimRoom; settled: Take['settled'] }

interface Call {
  leases: number[]
  reserve: number
  /** Null while it is under way. */
  cost: number | null
}

/** One room: its rows, and what it only remembers. */
class SimRoom {
  held: HeldLease[] = []
  calls: Call[] = []
  /** Memory. */
  wish: Wish | null = null
  version = ''
  readonly name: string
  readonly scopes: string[]

  constructor(number: number, bot: number) {
    this.name = `rooms/${number}/bots/${bot}`
    this.scopes = ['installation', `bot:${bot}`, `room:${number}`]
  }

  get uses(): Uses {
    const uses: Uses = new Map()
    for (const { leases, cost, reserve } of this.calls) {
      for (const number of leases) {
        const { settled, open } = uses.get(number) ?? { settled: 0, open: 0 }
        uses.set(number, {
          settled: settled + (cost ?? 0),
          open: open + (cost === null ? reserve : 0),
        })
      }
    }
    return uses
  }
}

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
        this.#dies(this.#room(deed.room))
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
    const lent = this.#lent()
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
    const { room, payers, need } = wish
    const now = this.#now
    const missing = payers.filter((payer) => {
      const lease = leaseFor(room.held, room.uses, { payer, version: room.version, now })
      return !lease || freeOf(lease, room.uses) < need
    })
    if (!missing.length) {
      this.#reserve(wish)
      return
    }
    room.held = closing(room.held, missing)
    const take: Take = {
      holder: room.name,
      payers: missing.map((payer) => ({
        ...standing(room.held, payer),
        scopes: payer === 'here' ? room.scopes : [payer],
      })),
      need,
      least: Math.ceil(need / 4),
      since: wish.since,
      isLast,
      asker: wish.asker,
      turn: `${room.name} ${wish.since}`,
      settled: settledIn(room.held, room.uses),
    }
    this.#letters.push({ kind: 'take', wish, take })
  }

  #reserve(wish: Wish) {
    const { room, need } = wish
    const limited = wish.payers.filter((payer) =>
      this.#ledger.isLimited(payer === 'here' ? room.scopes : [payer]),
    )
    const leases = limited.map((payer) =>
      leaseFor(room.held, room.uses, { payer, version: room.version, now: this.#now }),
    )
    room.wish = null
    const known = leases.filter((lease) => lease !== null)
    if (known.length < leases.length) return
    const reserve = Math.min(need, ...known.map((lease) => freeOf(lease, room.uses)))
    if (reserve < Math.ceil(need / 4)) return
    room.calls.push({ leases: known.map(({ number }) => number), reserve, cost: null })
    this.#check()
  }

  #settle(room: SimRoom, share: number) {
    const call = room.calls.find(({ cost }) => cost === null)
    if (!call) return
    call.cost = Math.floor((call.reserve * share) / 100)
    const settled = settledIn(room.held, room.uses)
    if (settled.length) this.#letters.push({ kind: 'settled', room, settled })
    this.#check()
  }

  #dies(room: SimRoom) {
    room.wish = null
    for (const call of room.calls) call.cost ??= call.reserve
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
      room.held = recalled(room.held, letter)
      const known = room.held.find(({ number }) => number === letter.number)
      const settled = settledIn(room.held, room.uses)
      if (!known || known.state === 'closed') settled.push({ number: letter.number, used: 0 })
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
    const lent = this.#lent()
    const truth = this.#truth()
    const rows = new Map(this.#rows.buckets.map((bucket) => [bucket.id, bucket]))
    for (const { id, amount } of this.#ledger.state(this.#now)) {
      const most = Math.max(amount, this.#before.get(id) ?? 0)
      const [spent, reserved] = [rows.get(id)?.spent ?? 0, lent.get(id) ?? 0]
      const over = truth.get(id)?.excess ?? 0
      if (spent + reserved > most + over)
        this.wrong.push(`${id}: ${spent} + ${reserved} of ${most}`)
    }
    for (const { id, spent, excess } of this.#rows.buckets) {
      const { settled = 0, open = 0, excess: over = 0 } = truth.get(id) ?? {}
      if (excess > over) this.wrong.push(`${id}: ${excess} is told as excess, ${over} was`)
      if (settled - over + open > spent + (lent.get(id) ?? 0)) {
        this.wrong.push(`${id}: ${settled} + ${open} in the rooms, ${spent} + ${lent.get(id)} here`)
      }
    }
  }

  #lent() {
    const lent = new Map<string, number>()
    for (const { buckets, amount, used } of this.#rows.leases) {
      for (const id of buckets) lent.set(id, (lent.get(id) ?? 0) + Math.max(0, amount - used))
    }
    return lent
  }

  #truth() {
    const truth = new Map<string, { settled: number; open: number; excess: number }>()
    for (const { leases, cost, reserve } of this.#rooms.flatMap(({ calls }) => calls)) {
      for (const id of leases.flatMap((number) => this.#bucketsOf.get(number) ?? [])) {
        const { settled, open, excess } = truth.get(id) ?? { settled: 0, open: 0, excess: 0 }
        truth.set(id, {
          settled: settled + (cost ?? 0),
          open: open + (cost === null ? reserve : 0),
          excess: excess + Math.max(0, (cost ?? 0) - reserve),
        })
      }
    }
    return truth
  }

  #mustBeSpent({ payers, least }: Take) {
    const truth = this.#truth()
    const scopes = payers.flatMap((payer) => payer.scopes)
    const isSpent = this.#ledger
      .state(this.#now)
      .filter((limit) => scopes.includes(limit.for))
      .some(({ id, amount }) => amount - (truth.get(id)?.settled ?? 0) < least)
    if (!isSpent) this.wrong.push('refused, though it would have fitted')
  }
}

function merged<T, K>(rows: T[], changed: T[], keyOf: (row: T) => K): T[] {
  const keys = new Set(changed.map(keyOf))
  return [...rows.filter((row) => !keys.has(keyOf(row))), ...changed]
}
