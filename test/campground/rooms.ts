export interface Room {
  id: number
  /** Only directs have none. */
  name: string | null
  type: 'open' | 'closed' | 'direct'
  members: number[]
}

export class Rooms {
  #all = new Map<number, Room>()
  #lastId = 0

  constructor(rooms: Room[] = []) {
    for (const room of rooms) this.add(room)
  }

  get all(): Room[] {
    return [...this.#all.values()]
  }

  get nextId(): number {
    return this.#lastId + 1
  }

  add(room: Room): Room {
    if (this.#all.has(room.id)) throw new Error(`There is a room ${room.id} already`)
    this.#all.set(room.id, room)
    this.#lastId = Math.max(this.#lastId, room.id)
    return room
  }

  find(id: number): Room | undefined {
    return this.#all.get(id)
  }

  get(id: number): Room {
    const room = this.find(id)
    if (!room) throw new Error(`There is no room ${id}`)
    return room
  }

  /** A direct is the one room of an exact set of people. */
  directOf(members: number[]): Room | undefined {
    const wanted = new Set(members)
    return this.all.find(
      (room) =>
        room.type === 'direct' &&
        room.members.length === wanted.size &&
        room.members.every((member) => wanted.has(member)),
    )
  }

  remove(id: number) {
    this.#all.delete(id)
  }
}
