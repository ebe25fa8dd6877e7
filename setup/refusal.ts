/** What was given is wrong. Somebody at a terminal is asked again; a flag ends it. */
export class Refusal extends Error {}

/** Asks until it fits; `given` is tried first, and nobody is asked where that was wrong. */
export async function untilItFits<T>({ given, ask, take, say }: Trying<T>): Promise<T> {
  if (given !== undefined) return await take(given)
  for (;;) {
    try {
      return await take(await ask())
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      say(`✗ ${error.message}`)
    }
  }
}

interface Trying<T> {
  /** By a flag. */
  given: string | undefined
  ask: () => Promise<string>
  /** Throws a `Refusal` that says what is wrong, and what to do. */
  take: (said: string) => Promise<T>
  say: (text: string) => void
}
