/** Chance that can be had again: the same names give the same rolls, whatever else was rolled. */
export class Dice {
  #state = 0x811c9dc5

  constructor(...names: (string | number)[]) {
    for (const letter of names.join(' ')) {
      this.#state = Math.imul(this.#state ^ (letter.codePointAt(0) ?? 0), 0x01000193)
    }
    for (let warm = 0; warm < 3; warm++) this.roll()
  }

  /** From 0 to 1, as mulberry32 does it. */
  roll() {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  between(least: number, most: number) {
    return Math.floor(least + this.roll() * (most - least + 1))
  }

  pick<T>(from: readonly T[]): T {
    const found = from[Math.floor(this.roll() * from.length)]
    if (found === undefined) throw new Error('There is nothing to pick from')
    return found
  }

  /** One of what may happen, or null: percentages, and whatever is missing to a hundred is null. */
  fall<K extends string>(chances: Record<K, number>): K | null {
    let left = this.roll() * 100
    for (const [what, chance] of Object.entries(chances) as [K, number][]) {
      left -= chance
      if (left < 0) return what
    }
    return null
  }
}
