/** What was done to it, and how often. */
export class Tally {
  #counts = new Map<string, Map<string, number>>()

  count(group: string, what: string, times = 1) {
    const counts = this.#counts.get(group) ?? new Map<string, number>()
    this.#counts.set(group, counts.set(what, (counts.get(what) ?? 0) + times))
  }

  of(group: string, what: string) {
    return this.#counts.get(group)?.get(what) ?? 0
  }

  get lines() {
    return [...this.#counts].map(([group, counts]) => {
      const sorted = [...counts].sort(([a], [b]) => a.localeCompare(b))
      return `${group.padEnd(11)} ${sorted.map(([what, times]) => `${what} ${times}`).join(' · ')}`
    })
  }
}
