import { setTimeout as pause } from 'node:timers/promises'

/** Looks again and again until it is so, and says what was in vain. */
export async function eventually<T>(
  what: string,
  look: () => T | Promise<T>,
  patienceMs = 20_000,
): Promise<NonNullable<T>> {
  for (const end = Date.now() + patienceMs; ; await pause(25)) {
    const found = await look()
    if (found) return found
    if (Date.now() > end) throw new Error(`In vain: ${what}`)
  }
}
