/**
 * A hash of text that comes in pieces (cyrb53, 53 bits). It tells what was changed by accident, in a
 * microsecond for a page of text; against somebody who wants two texts to look the same it is no help, and
 * nothing depends on that: whoever wins it gets a request refused, and is answered without thinking.
 */
export class Fingerprint {
  #a = 0xdeadbeef
  #b = 0x41c6ce57

  add(text: string) {
    let [a, b] = [this.#a, this.#b]
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      a = Math.imul(a ^ code, 2654435761)
      b = Math.imul(b ^ code, 1597334677)
    }
    // Where a piece ends is part of what was said.
    this.#a = Math.imul(a ^ 0xffff, 2654435761)
    this.#b = Math.imul(b ^ 0xffff, 1597334677)
    return this
  }

  /** A whole number that JSON and SQLite keep exactly. */
  get value() {
    let a = Math.imul(this.#a ^ (this.#a >>> 16), 2246822507)
    a ^= Math.imul(this.#b ^ (this.#b >>> 13), 3266489909)
    let b = Math.imul(this.#b ^ (this.#b >>> 16), 2246822507)
    b ^= Math.imul(this.#a ^ (this.#a >>> 13), 3266489909)
    return 4294967296 * (2097151 & b) + (a >>> 0)
  }
}
