import { CHUNK, type Files, type Fresh, type Full } from '../../tables/room/files.ts'

/** A file that comes as it comes: nobody says before how long it is. */
export class Arriving {
  #files: Files
  #number: number | null = null
  #full: Full | null = null
  #chunk = new Uint8Array(CHUNK)
  #filled = 0
  #index = 0

  constructor(files: Files) {
    this.#files = files
  }

  /** Gives back what takes the pieces; false from it says that there is no room for more. */
  begin(file: Fresh) {
    const number = this.#files.begin(file, 0)
    if (typeof number === 'number') this.#number = number
    else this.#full = number.full
    return (bytes: Uint8Array) => this.#take(bytes)
  }

  /** There, if nothing went wrong; else gone without a trace. */
  async end<Problem>(problem: Problem | null): Promise<Problem | Full | null> {
    const number = this.#number
    if (number === null) return problem ?? this.#full
    if (!problem && !this.#full) this.#write()
    const content = problem || this.#full ? null : await this.#files.contentOf(number)
    if (content) this.#files.keep(number, content)
    else this.#files.remove(number)
    return problem ?? this.#full
  }

  #take(bytes: Uint8Array): boolean {
    for (let at = 0; at < bytes.length && !this.#full; ) {
      const part = bytes.subarray(at, at + CHUNK - this.#filled)
      this.#chunk.set(part, this.#filled)
      this.#filled += part.length
      at += part.length
      if (this.#filled === CHUNK) this.#write()
    }
    return !this.#full
  }

  #write() {
    if (this.#number === null || !this.#filled) return
    const bytes = this.#chunk.subarray(0, this.#filled)
    this.#full = this.#files.grow(this.#number, this.#index * CHUNK + bytes.length)
    if (this.#full) return
    this.#files.append(this.#number, this.#index++, bytes)
    this.#filled = 0
  }
}
