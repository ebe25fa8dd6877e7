import { Campfire } from '../campfire.ts'
import { inShort, log } from '../log.ts'
import { WAITING } from '../turn/signs.ts'
import type { Parts } from './parts.ts'
import type { Reporter } from './reporter.ts'

/** Tells somebody who was heard while another turn runs that it is their turn next. */
export async function signWaiting(
  { inbox, place }: Parts,
  { message, key, reporter }: { message: number; key: string; reporter: Reporter },
) {
  const abilities = reporter.abilities()
  if (abilities.boost === false) return

  const campfire = new Campfire({ ...place, key, abilities, learned: reporter.learned })
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
