import * as z from 'zod'
import type { Facts } from './facts.ts'

/** What an operator may change for one bot in one room. Null: as the bot's own file says. */
export const Settings = z.strictObject({
  /** A session expires when nothing was said for so many minutes. */
  ttlMinutes: z.int().min(1).max(525_600).nullable().optional(),
  model: z.string().trim().min(1).max(100).nullable().optional(),
  reply: z.enum(['grow', 'whole']).nullable().optional(),
  /** When the bot speaks here: as its file says for rooms or directs, or as this says. */
  speaks: z.enum(['mentioned', 'always']).nullable().optional(),
  /** What a turn may take at most: calls of the model, minutes. */
  maxSteps: z.int().min(1).max(200).nullable().optional(),
  maxMinutes: z.number().positive().max(60).nullable().optional(),
  /** Whether all that is said here may be found. `off` drops what nobody said to the bot. */
  index: z.enum(['on', 'off']).nullable().optional(),
})
export type Settings = z.infer<typeof Settings>

/** As they were stored: what we do not know, or not any more, leaves the rest as it is. */
const Stored = z.record(z.string(), z.unknown())

export function settingsIn(facts: Facts): Settings {
  const known = Object.entries(facts.get('settings', Stored) ?? {}).filter(
    ([name, value]) => Settings.safeParse({ [name]: value }).success,
  )
  return Object.fromEntries(known)
}

/** Two that say the same have the same one. */
export function markOf(settings: Settings) {
  const set = Object.entries(settings).filter(([, value]) => value !== null)
  return JSON.stringify(set.toSorted(([one], [other]) => (one < other ? -1 : 1)))
}

/** Changes what is named, and leaves the rest. */
export function changeSettings(facts: Facts, changes: Settings): Settings {
  const settings = { ...settingsIn(facts), ...changes }
  facts.set('settings', settings)
  return settings
}
