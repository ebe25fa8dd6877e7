/** Numbers from 0 to 1, the same ones every day. */
export function seeded(seed: number) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** What people say to one another all day, and to no bot. */
export class SmallTalk {
  #random: () => number
  #said = new Set<string>()

  constructor(random: () => number) {
    this.#random = random
  }

  pick<T>(from: T[]): T {
    const picked = from[Math.floor(this.#random() * from.length)]
    if (picked === undefined) throw new Error('There is nothing to pick from')
    return picked
  }

  /** Nothing is said twice, so that a double would be seen. */
  line(): string {
    const line = this.pick(LINES).replace(/\{(\w+)\}/g, (_, slot: string) => this.#fill(slot))
    if (this.#said.has(line)) return this.line()
    this.#said.add(line)
    return line
  }

  #fill(slot: string) {
    const number = Math.floor(this.#random() * 80) + 11
    return slot === 'n' ? String(number) : this.pick(WORDS[slot] ?? [slot])
  }
}

const LINES = [
  'Good {time}!',
  'Did anyone see ticket {n}?',
  'I am on ticket {n}.',
  'Ticket {n} is done.',
  'Who has the {thing}?',
  'The {thing} is in room {n}.',
  'Anyone for {dish}?',
  '{dish} for me, please.',
  'The {thing} is broken again.',
  'I fixed the {thing}.',
  'Back in {n} minutes.',
  'Call at {n} past, who joins?',
  'Can somebody review {n}?',
  'Reviewed {n}, looks good.',
  'The build took {n} minutes.',
  '{n} customers wrote about the {thing}.',
  'Lunch is {dish} today.',
  'I like the new {thing}.',
  'The train is {n} minutes late.',
  'See https://example.com/{n}',
]

const WORDS: Record<string, string[]> = {
  time: ['morning', 'day', 'afternoon', 'evening'],
  thing: ['printer', 'projector', 'door', 'coffee machine', 'calendar', 'invoice page', 'search'],
  dish: ['soup', 'sushi', 'pasta', 'curry', 'salad', 'dumplings'],
}
