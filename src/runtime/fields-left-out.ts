import * as z from 'zod'
import { FIELDS, type Field } from '../model.ts'
import type { Facts } from '../tables/room/facts.ts'

/** A gateway is changed now and then, and a field that is left out costs money or quality. */
const FOR = 24 * 60 * 60_000
const NAME = 'fields left out'
/** An older version has kept it for all models of an address. */
const Known = z.array(
  z.object({
    address: z.string(),
    model: z.string().optional(),
    field: z.string(),
    until: z.number(),
  }),
)

/**
 * What requests to this address do without for now, since it was refused there: by the model that was asked, as one may
 * take what another does not.
 */
export class FieldsLeftOut {
  #facts: Facts
  #left: z.infer<typeof Known>
  #address: string
  #now: () => number

  constructor(facts: Facts, address: string, now: () => number) {
    this.#facts = facts
    this.#address = address
    this.#now = now
    this.#left = (facts.get(NAME, Known) ?? []).filter(({ until }) => until > now())
  }

  of(model: string): ReadonlySet<Field> {
    const here = this.#left.filter(
      (known) => known.address === this.#address && (known.model ?? model) === model,
    )
    return new Set(FIELDS.filter((field) => here.some((known) => known.field === field)))
  }

  /** False: it is none that we could do without, or it was left out already. */
  leaveOut(name: string | null, model: string) {
    const field = FIELDS.find((one) => one === name)
    if (!field || this.of(model).has(field)) return false

    const entry = { address: this.#address, model, field, until: this.#now() + FOR }
    this.#left = [...this.#left, entry]
    this.#facts.set(NAME, this.#left)
    return true
  }
}
