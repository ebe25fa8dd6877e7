import * as z from 'zod'
import { stored } from '../../storage.ts'

/** A part of a limit, lent to one room for one payer. */
export interface LentLease {
  number: number
  /** The room that has it, by its object's name. */
  holder: string
  /** `here`: installation, bot and room together; else `person:ID`. */
  payer: string
  /** Millionths of a dollar. */
  amount: number
  /** What the room has told so far; settled where it was lent, however many periods have turned since. */
  used: number
  buckets: string[]
  /** Of the limits that it was lent under. */
  version: string
  /** When it was lent, or last told of. */
  heard: number
}

/** One limit in one period. */
export interface Bucket {
  id: string
  spent: number
  /** What calls came to beyond what was reserved for them: the API's own tools alone can do that. */
  excess: number
  ends: number
  /** How much of it the operator was told of, in percent. */
  told: number
}

/** Who was told, in which turn, that a limit is used up: nobody is told twice in its period. */
export interface Refused {
  key: string
  turn: string
  until: number
}

export interface BudgetRows {
  leases: LentLease[]
  buckets: Bucket[]
  refused: Refused[]
  /** The number of the next lease. */
  next: number
}

/** Rows to write, and numbers of leases whose rows go. */
export interface BudgetChanges extends Omit<BudgetRows, 'next'> {
  closed: number[]
  /** Null: no lease was lent. */
  next: number | null
}

const NEXT = 'next lease'
/** Longer than any period; who asks for an old one asks the receipts. */
const KEPT = 70 * 24 * 60 * 60_000

/** What was spent of limits, and what is lent of them. */
export class BudgetTables {
  #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  read(): BudgetRows {
    const leases = this.#sql.exec<LeaseRow>('SELECT * FROM leases').toArray()
    const [next] = this.#sql
      .exec<{ value: string }>('SELECT value FROM facts WHERE name = ?', NEXT)
      .toArray()
    return {
      leases: leases.map(({ buckets, ...lease }) => ({
        ...lease,
        buckets: stored(buckets, Ids, { table: 'leases', key: lease.number }) ?? [],
      })),
      buckets: this.#sql.exec<Row<Bucket>>('SELECT * FROM buckets').toArray(),
      refused: this.#sql.exec<Row<Refused>>('SELECT * FROM refused').toArray(),
      next: Number(next?.value ?? 1),
    }
  }

  write({ leases, closed, buckets, refused, next }: BudgetChanges) {
    for (const one of leases) this.#writeLease(one)
    for (const number of closed) this.#sql.exec('DELETE FROM leases WHERE number = ?', number)
    for (const { id, spent, excess, ends, told } of buckets) {
      this.#sql.exec(
        'INSERT OR REPLACE INTO buckets (id, spent, excess, ends, told) VALUES (?, ?, ?, ?, ?)',
        id,
        spent,
        excess,
        ends,
        told,
      )
    }
    for (const { key, turn, until } of refused) {
      this.#sql.exec(
        'INSERT OR REPLACE INTO refused (key, turn, until) VALUES (?, ?, ?)',
        key,
        turn,
        until,
      )
    }
    if (next !== null) this.#setFact(NEXT, String(next))
  }

  /** What is over for long. Of what is lent still its bucket stays. */
  prune(now: number, needed: ReadonlySet<string>) {
    const old = this.#sql
      .exec<{ id: string }>('SELECT id FROM buckets WHERE ends < ?', now - KEPT)
      .toArray()
    for (const { id } of old) {
      if (!needed.has(id)) this.#sql.exec('DELETE FROM buckets WHERE id = ?', id)
    }
    this.#sql.exec('DELETE FROM refused WHERE until < ?', now - KEPT)
  }

  #writeLease(lease: LentLease) {
    this.#sql.exec(
      `INSERT OR REPLACE INTO leases
         (number, holder, payer, amount, used, buckets, version, heard)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      lease.number,
      lease.holder,
      lease.payer,
      lease.amount,
      lease.used,
      JSON.stringify(lease.buckets),
      lease.version,
      lease.heard,
    )
  }

  #setFact(name: string, value: string) {
    this.#sql.exec(
      `INSERT INTO facts (name, value) VALUES (?, ?)
       ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
      name,
      value,
    )
  }
}

const Ids = z.array(z.string())

type Row<T> = { [name in keyof T]: T[name] } & Record<string, SqlStorageValue>
type LeaseRow = Row<Omit<LentLease, 'buckets'> & { buckets: string }>
