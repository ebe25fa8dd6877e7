import { type Loose, wordIn } from '../loose.ts'
import { deltaTypeOf, Growing, type Grown, homeOf, NOTHING, typeOf } from './growing.ts'
import { placeIn } from './shapes.ts'

/** The blocks of an answer while they come in, in the order in which they were begun. */
export class Blocks {
  #all: Growing[] = []
  #at = new Map<number, Growing>()
  #last = -1
  /** Of one, after it was said why the answer ends: so that may have come too early. */
  grewSince = false

  get all(): Growing[] {
    return this.#all
  }

  get areThere() {
    return this.#all.length > 0
  }

  get areClosed() {
    return this.#all.every(({ closed }) => closed)
  }

  /** A tool was asked for, and which one has been lost. */
  get areTorn() {
    return this.#all.some((growing) => !growing.strange && growing.whole() === null)
  }

  clear() {
    this.#all = []
    this.#at.clear()
    this.#last = -1
  }

  close() {
    for (const growing of this.#all) growing.closed = true
  }

  /** An index that is used again is that of a new block, but for a start that is merely repeated. */
  open({ index }: Loose, start: Loose): Grown {
    const type = typeOf(start)
    if (type === null) return NOTHING
    this.grewSince = true
    const text = type === 'text' ? (wordIn(start.text) ?? '') : ''
    const thinking = type === 'thinking' ? (wordIn(start.thinking) ?? '') : ''
    const place = placeIn(index) ?? this.#last + 1
    const at = this.#at.get(place)
    if (at?.begins(start, type)) return NOTHING
    this.#add(place, new Growing(start, type))
    return { text, thinking }
  }

  grow({ index }: Loose, delta: Loose): Grown {
    const type = deltaTypeOf(delta)
    if (type === null) return NOTHING
    this.grewSince = true
    const at = this.at(index)
    if (at?.takes(type)) return at.grow(type, delta)
    const home = homeOf(type as Parameters<typeof homeOf>[0])
    if (home === null) return NOTHING
    const place = placeIn(index) ?? this.#last + 1
    if (home === 'input') {
      if (!delta.partial_json) return NOTHING
      // Some count what a tool is asked otherwise than the tool.
      const newest = this.#all.at(-1)
      if (newest?.awaitsInput) {
        this.#at.set(place, newest)
        return newest.grow(type, delta)
      }
    }
    return this.#add(place, new Growing(null, home === 'input' ? 'tool_use' : home)).grow(
      type,
      delta,
    )
  }

  at(index: unknown) {
    const place = placeIn(index)
    return place === null ? this.#all.at(-1) : this.#at.get(place)
  }

  #add(index: number, growing: Growing) {
    this.#all.push(growing)
    this.#at.set(index, growing)
    this.#last = index
    return growing
  }
}
