/** What of a thing that is kept an operator may change. */
export interface Changeable {
  text?: string
  words?: string
  name?: string
  cron?: string | null
  zone?: string | null
  always?: boolean
  everywhere?: boolean
  notes?: string | null
  due?: string | null
}

/** Two that say the same have the same one. */
export function markOfKept({ text, words, name, ...rest }: Changeable) {
  const { cron = null, zone = null, always = null, everywhere = null, notes = null } = rest
  const { due = null } = rest
  return JSON.stringify([text ?? words ?? name, cron, zone, always, everywhere, notes, due])
}
