import { inShort, log } from '../log.ts'
import { WAITING } from '../turn/signs.ts'
import type { Parts } from './parts.ts'
import { reach } from './reach.ts'
import type { Reporter } from './reporter.ts'

/** Tells somebody who was heard while another turn runs that it is their turn next. */
export async function signWaiting(
  parts: Parts,
  { message, key, reporter }: { message: number; key: string; reporter: Reporter },
) {
  const { inbox, place } = parts
  if (reporter.abilities().boost === false) return

  const campfire = reach(parts, { key, reporter })
  inbox.sign(message, UNKNOWN)
  try {
    const { id } = await campfire.boost(message, WAITING)
    // Taken meanwhile, it no longer waits, and nobody else knows of this sign.
    if (!inbox.sign(message, id)) await campfire.unboost(message, id)
  } catch (error) {
    log.warn('sign.failed', { ...place, error: inShort(error) })
  }
}

/** The intent: it may stand, and is never put up again. */
const UNKNOWN = 0
