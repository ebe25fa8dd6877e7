import { Campfire } from '../campfire.ts'
import type { Reporter } from '../runtime/account-report.ts'
import type { Parts } from '../tables.ts'

/** This room's Campfire, as the bot sees it; what is learned of it on the way is kept for all rooms. */
export function reach(
  { place, people }: Parts,
  { key, reporter, fetch }: { key: string; reporter: Reporter; fetch?: typeof globalThis.fetch },
) {
  return new Campfire({
    ...place,
    key,
    abilities: reporter.abilities(),
    learned: reporter.learned,
    people: () => people.named(),
    ...(fetch && { fetch }),
  })
}
