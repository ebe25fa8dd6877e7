export type Role = 'member' | 'administrator' | 'bot'

export interface Person {
  id: number
  name: string
  role: Role
  active: boolean
  /** Only bots have one: their address and their password. */
  key: string | null
  webhook: string | null
}

export type Bot = Person & { role: 'bot'; key: string }

export class People {
  #everyone = new Map<number, Person>()

  constructor(everyone: Person[] = []) {
    for (const person of everyone) this.#everyone.set(person.id, person)
  }

  get all(): Person[] {
    return [...this.#everyone.values()]
  }

  get nextId(): number {
    return Math.max(0, ...this.#everyone.keys()) + 1
  }

  add<P extends Person>(person: P): P {
    if (this.#everyone.has(person.id)) throw new Error(`There is a person ${person.id} already`)
    this.#everyone.set(person.id, person)
    return person
  }

  find(id: number): Person | undefined {
    return this.#everyone.get(id)
  }

  get(id: number): Person {
    const person = this.find(id)
    if (!person) throw new Error(`There is no person ${id}`)
    return person
  }

  /** What stands behind a sound key does not count. */
  byKey(key: string): Person | undefined {
    const sound = key.split('-').slice(0, 2).join('-')
    return this.all.find((person) => person.active && person.key === sound)
  }
}
