import * as z from 'zod'
import { FIELDS, type Field } from '../model.ts'
import type { Facts } from '../tables/room/facts.ts'

/** A gateway is changed now and then, and a field that is left out costs money or quality. */
const FOR = 24 * 60 * 60_000
const NAME = 'fields left out'
const Known = z.array(z.object({ address: z.string(), field: z.string(), until: z.number() }))

/** What requests to this address do without for now, since it was refused there. */
export class FieldsLeftOut {
  readonly fields: Set<Field>
  #facts: Facts
  #address: string
  #now: () => number

  constructor(facts: Facts, address: string, now: () => number) {
    this.#facts = facts
    this.#address = address
    this.#now = now
    const here = this.#known().filter((known) => known.address === address)
    this.fields = new Set(FIELDS.filter((field) => here.some((known) => known.field === field)))
  }

  /** False: it is none that we could do without, or it was left out already. */
  leaveOut(name: string | null) {
    const field = FIELDS.find((one) => one === name)
    if (!field || this.fields.has(field)) return false

    this.fields.add(field)
    const entry = { address: this.#address, field, until: this.#now() + FOR }
    this.#facts.set(NAME, [...this.#known(), entry])
    return true
  }

  #known() {
    return (this.#facts.get(NAME, Known) ?? []).filter(({ until }) => until > this.#now())
  }
}
