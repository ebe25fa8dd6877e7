import { fold } from '../../campfire.ts'
import type { Arrival } from './message.ts'

type Role = 'administrator' | 'member' | 'bot'

/** What was seen of somebody. Roles are known from the list alone. */
export interface Sighting {
  id: number
  name: string | null
  role?: string
  /** What it takes to mention them. */
  sgid?: string
  /**
   * `spoke`: their own name, as Campfire knows it. `listed`: a chip as Campfire itself signed it.
   * `chip`: a chip as somebody sent it, who may have made up its name and its signature.
   */
  by: 'spoke' | 'listed' | 'chip'
  /** When they spoke, in ms since 1970, where a list says so. */
  at?: number
}

interface Person {
  id: number
  name: string
  role: Role | null
  sgid: string | null
}

/** A chip costs nothing and may name anybody, so beyond so many only those who speak are kept. */
const MOST = 500

/** Who was seen in this room. Somebody who has left it stays known: a mention then tells nobody. */
export class People {
  #sql: SqlStorage
  #self: number
  /** Only a cache: everything can be read again from the rows. */
  #known: Map<number, Person> | null = null

  constructor(sql: SqlStorage, self: number) {
    this.#sql = sql
    this.#self = self
  }

  /** Writes what is news; a plain turn of somebody known is none. */
  learn(sightings: Sighting[]) {
    for (const sighting of sightings) {
      const known = this.#all().get(sighting.id)
      const person = known ? changed(known, sighting) : asPerson(sighting)
      const isFull = !known && sighting.by !== 'spoke' && this.#all().size >= MOST
      if (person && !isFull && person.id !== this.#self) this.#write(person)
    }
  }

  nameOf(id: number): string | null {
    return this.#all().get(id)?.name ?? null
  }

  /** Whose name has this in it, however it is written. */
  like(name: string): ReadonlySet<number> {
    const part = fold(name)
    const bearers = [...this.#all().values()].filter((person) => fold(person.name).includes(part))
    return new Set(bearers.map(({ id }) => id))
  }

  roleOf(id: number): Role | null {
    return this.#all().get(id)?.role ?? null
  }

  /** Whoever is called so here; where nobody is, whoever has it as a part of their name. Bots do not count. */
  called(name: string): { id: number; name: string }[] {
    const wanted = fold(name.replace(/^[@＠﹫]/, '').trim())
    const all = [...this.#all().values()]
      .filter(({ role }) => role !== 'bot')
      .map(({ id, name }) => ({ id, name }))
    const whole = all.filter((one) => fold(one.name) === wanted)
    return whole.length ? whole : all.filter((one) => fold(one.name).split(' ').includes(wanted))
  }

  /** Campfire tells them of a message that mentions them. */
  canBeMentioned(id: number) {
    const name = this.nameOf(id)
    return name !== null && this.mentionable().has(name)
  }

  /** The signed id for every name that one person here bears, and that can be mentioned. */
  mentionable(): ReadonlyMap<string, string> {
    const found = new Map<string, string>()
    for (const [name, [person, ...others]] of this.#byName()) {
      if (person?.sgid && !others.length) found.set(name, person.sgid)
    }
    return found
  }

  /** Every name here: with its signed id, or empty where it mentions nobody in particular. */
  named(): ReadonlyMap<string, string> {
    const names = [...this.#byName().keys()].map((name): [string, string] => [name, ''])
    return new Map([...names, ...this.mentionable()])
  }

  /** Names that several people here bear. */
  ambiguous(): string[] {
    return [...this.#byName()].flatMap(([name, bearers]) => (bearers.length > 1 ? [name] : []))
  }

  #byName() {
    return Map.groupBy(this.#all().values(), ({ name }) => name)
  }

  #all() {
    this.#known ??= new Map(
      this.#sql
        .exec('SELECT id, name, role, sgid FROM people ORDER BY id')
        .toArray()
        .map((row) => ({ ...(row as unknown as Person), role: roleIn(String(row.role)) }))
        .map((person) => [person.id, person]),
    )
    return this.#known
  }

  #write(person: Person) {
    const { id, name, role, sgid } = person
    this.#sql.exec(
      'INSERT OR REPLACE INTO people (id, name, role, sgid) VALUES (?, ?, ?, ?)',
      id,
      name,
      role,
      sgid,
    )
    this.#all().set(id, person)
  }
}

/** Whom a delivery shows us. */
export function sightingsIn({ author, mentions }: Pick<Arrival, 'author' | 'mentions'>) {
  const mentioned = mentions.map(
    ({ userId, sgid, name }): Sighting => ({ id: userId, name, sgid, by: 'chip' }),
  )
  return [{ ...author, by: 'spoke' } satisfies Sighting, ...mentioned]
}

function asPerson({ id, name, role, sgid }: Sighting): Person | null {
  const known = nameIn(name)
  return known === null ? null : { id, name: known, role: roleIn(role), sgid: sgid ?? null }
}

/** Null: that was known. A chip that somebody made fills a gap and changes nothing. */
function changed(known: Person, { name, role, sgid, by }: Sighting): Person | null {
  const signed = by === 'chip' ? (known.sgid ?? sgid) : (sgid ?? known.sgid)
  const person = {
    id: known.id,
    name: (by === 'spoke' ? nameIn(name) : null) ?? known.name,
    role: roleIn(role) ?? known.role,
    sgid: signed ?? null,
  }
  const isSame =
    person.name === known.name && person.role === known.role && person.sgid === known.sgid
  return isSame ? null : person
}

function nameIn(name: string | null) {
  return name?.replace(/\s+/g, ' ').trim() || null
}

function roleIn(role: string | undefined): Role | null {
  return role === 'administrator' || role === 'member' || role === 'bot' ? role : null
}
