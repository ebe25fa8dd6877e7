import type { Someone } from './composer.ts'
import { digest } from './digest.ts'
import { type Bot, People, type Person, type Role } from './people.ts'
import { type Room, Rooms } from './rooms.ts'

export interface Change {
  what: 'people' | 'room' | 'message' | 'edit' | 'deletion' | 'boost'
  room?: number
  message?: number
  /** False when people see it only after a reload. */
  live: boolean
}

/** Who lives here and in which rooms they meet. */
export class Settlement {
  readonly people: People
  readonly rooms: Rooms
  onChange: (change: Change) => void = () => {}

  constructor(people: Person[] = [], rooms: Room[] = []) {
    this.people = new People(people)
    this.rooms = new Rooms(rooms)
  }

  addPerson(name: string, role: Role = 'member', id = this.people.nextId): Person {
    return this.#welcome({ id, name, role, active: true, key: null, webhook: null })
  }

  /** A new bot joins all open rooms at once, as a new person does. */
  addBot(name: string, { id = this.people.nextId, token, webhook }: NewBot = {}): Bot {
    const key = `${id}-${token ?? tokenOf(name, id)}`
    return this.#welcome({ id, name, role: 'bot', active: true, key, webhook: webhook ?? null })
  }

  /** An open room has everyone in it, also who comes later; a closed one just the members. */
  addRoom(name: string, members: Someone[], { type = 'closed', id }: NewRoom = {}): Room {
    const everyone = this.people.all.filter(({ active }) => active)
    const ids = [...new Set((type === 'open' ? everyone : members).map(idOf))]
    return this.#open({ id: id ?? this.rooms.nextId, name, type, members: ids })
  }

  addDirect(members: Someone[], id?: number): Room {
    const ids = [...new Set(members.map(idOf))]
    const room = { id: id ?? this.rooms.nextId, name: null, type: 'direct', members: ids } as const
    return this.rooms.directOf(ids) ?? this.#open(room)
  }

  deleteRoom(room: Someone) {
    this.rooms.remove(idOf(room))
    this.changed({ what: 'room', room: idOf(room) })
  }

  join(room: Someone, person: Someone) {
    const { members } = this.rooms.get(idOf(room))
    if (!members.includes(idOf(person))) members.push(idOf(person))
    this.changed({ what: 'room', room: idOf(room) })
  }

  leave(room: Someone, person: Someone) {
    const found = this.rooms.get(idOf(room))
    found.members = found.members.filter((member) => member !== idOf(person))
    this.changed({ what: 'room', room: found.id })
  }

  /** An administrator's edit: a new name, webhook or key, or `active: false` for good. */
  change(person: Someone, changes: Partial<Pick<Person, 'name' | 'webhook' | 'key' | 'active'>>) {
    Object.assign(this.people.get(idOf(person)), changes)
    this.changed({ what: 'people' })
  }

  #welcome<P extends Person>(person: P): P {
    this.people.add(person)
    for (const room of this.rooms.all) if (room.type === 'open') room.members.push(person.id)
    this.changed({ what: 'people' })
    return person
  }

  #open(room: Room): Room {
    this.rooms.add(room)
    this.changed({ what: 'room', room: room.id })
    return room
  }

  protected changed(change: Omit<Change, 'live'> & { live?: boolean }) {
    this.onChange({ live: true, ...change })
  }
}

export function idOf(someone: Someone) {
  return typeof someone === 'number' ? someone : someone.id
}

interface NewBot {
  id?: number
  token?: string
  webhook?: string
}

interface NewRoom {
  type?: 'open' | 'closed'
  id?: number
}

function tokenOf(name: string, id: number) {
  return digest(`${name} ${id}`).slice(0, 12)
}
