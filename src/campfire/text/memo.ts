/** Longer than this a text is rare, and worth more memory than time. */
const LONGEST = 4_000
/** Characters of all keys together, for all rooms that live in the same isolate. */
const MOST = 200_000

/**
 * A pure function of a text that remembers what it has read lately: a busy room lists the same page turn after
 * turn, and of its forty messages one or two are new. The oldest goes first.
 */
export function memo<Read>(read: (text: string, self: number) => Read) {
  const known = new Map<string, Read>()
  let size = 0
  return (text: string, self: number): Read => {
    if (text.length > LONGEST) return read(text, self)
    const key = `${self} ${text}`
    const before = known.get(key)
    if (before !== undefined) return before
    const reading = read(text, self)
    known.set(key, reading)
    size += key.length
    for (const [oldest] of known) {
      if (size <= MOST) break
      known.delete(oldest)
      size -= oldest.length
    }
    return reading
  }
}
