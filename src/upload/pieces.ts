/** A body in pieces of the length that is asked for, however it comes. */
export class Pieces {
  #reader: ReadableStreamDefaultReader<Uint8Array> | null
  #rest = new Uint8Array(0)

  constructor(body: ReadableStream<Uint8Array> | null) {
    this.#reader = body?.getReader() ?? null
  }

  async take(length: number): Promise<Uint8Array<ArrayBuffer>> {
    const piece = new Uint8Array(length)
    for (let at = 0; at < length; ) {
      if (!this.#rest.length) this.#rest = await this.#next()
      const part = this.#rest.subarray(0, length - at)
      piece.set(part, at)
      this.#rest = this.#rest.subarray(part.length)
      at += part.length
    }
    return piece
  }

  /** What was not asked for is somebody else's to read, or to leave. */
  end() {
    this.#reader?.releaseLock()
  }

  async #next() {
    const { value } = (await this.#reader?.read()) ?? {}
    if (!value) throw new Error('It ended too early')
    return new Uint8Array(value)
  }
}
