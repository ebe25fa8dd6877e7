import type { Abilities } from '../campfire.ts'

type Ability = keyof Abilities
type Known = Record<string, boolean>
type Denied = Record<string, number>

/** A proxy that answers in Campfire's place is most likely gone by then. */
const APART = 2 * 60_000

/**
 * What this Campfire can do, as far as one room knows. A page that denies it may be a proxy's, and the rooms meet
 * that one all at once: so none of them believes it, nor tells of it, before it was denied again minutes later.
 */
export class AbilitiesHere {
  /** What is believed, shared with whoever talks to Campfire. What is not known is tried. */
  readonly all: Abilities = {}
  /** What is to be told of this life; what was only remembered is no news. */
  readonly learned: Abilities = {}
  /** Since when nobody here has seen anything but denials, in ms since 1970. */
  readonly denied: Denied = {}
  /** Seen to work in this life, and the account has not said yet that it knows: without that one denial would decide there. */
  readonly #unheard = new Set<Ability>()
  #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  /** A day after the last time all is tried anew. */
  begin(told: { abilities: Known; denied?: Denied | undefined } | null) {
    for (const known of [this.all, this.learned, this.denied]) clear(known)
    this.#unheard.clear()
    Object.assign(this.all, told?.abilities)
    Object.assign(this.denied, told?.denied)
  }

  /** The account has heard it from all rooms, ours among them: of a denial nothing is left to tell. */
  hear(known: Known | Abilities) {
    for (const [name, can] of Object.entries(known) as [Ability, boolean][]) {
      if (this.learned[name] === false) delete this.learned[name]
      if (can) this.#unheard.delete(name)
      this.all[name] = this.learned[name] ?? can
    }
  }

  learn(ability: Ability, can: boolean) {
    // Nobody knows how long ago it was where the clock was put back since.
    const since = Math.min(this.denied[ability] ?? this.#now(), this.#now())
    if (can) {
      delete this.denied[ability]
      this.#unheard.add(ability)
      this.all[ability] = this.learned[ability] = true
    } else {
      this.denied[ability] = since
      delete this.learned[ability]
      if (this.#now() - since >= APART) this.#believe(ability)
    }
  }

  /** What was proven is for the account to unlearn: it takes two rooms. */
  #believe(ability: Ability) {
    this.learned[ability] = false
    this.all[ability] ??= false
  }

  /** What the account is told. */
  get news(): Abilities {
    return {
      ...Object.fromEntries([...this.#unheard].map((name) => [name, true])),
      ...this.learned,
    }
  }

  /** What can be counted on: of what was denied a moment ago, and nobody has seen work, it is said that it cannot be done. */
  now(): Abilities {
    const fresh = Object.entries(this.denied).filter(([, at]) => this.#now() - at < APART)
    return { ...Object.fromEntries(fresh.map(([name]) => [name, false])), ...this.all }
  }
}

function clear(record: Record<string, unknown>) {
  for (const name of Object.keys(record)) delete record[name]
}
