import type { Container } from '../answer.ts'
import { looseIn, wordIn } from '../loose.ts'

/** Null: there is none, or one of which nobody says how long it is kept. */
export function containerIn(told: unknown): Container | null {
  const { id, expires_at } = looseIn(told)
  const until = Date.parse(wordIn(expires_at) ?? '')
  const name = wordIn(id)
  return name && !Number.isNaN(until) ? { id: name, until } : null
}
