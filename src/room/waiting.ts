import { type Campfire, isPassing } from '../campfire.ts'
import { inShort, log } from '../log.ts'
import { SignList, WAITING } from '../turn/signs.ts'
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
    if (!inbox.sign(message, id)) await takeDown(parts, campfire, [{ message, boost: id }])
  } catch (error) {
    log.warn('sign.failed', { ...place, error: inShort(error) })
  }
}

/** The intent: it may stand, and is never put up again. */
const UNKNOWN = 0

/** Those that Campfire would not take down when nobody waited any more: the next look does it. */
export async function takeDownLeft(parts: Parts, campfire: Campfire) {
  const left = parts.facts.get(LEFT, SignList) ?? []
  if (!left.length) return

  parts.facts.set(LEFT, [])
  await takeDown(parts, campfire, left)
}

async function takeDown({ facts, place }: Parts, campfire: Campfire, signs: SignList) {
  for (const { message, boost } of signs) {
    if (boost === null) continue
    await campfire.unboost(message, boost).catch((error: unknown) => {
      log.warn('sign.failed', { ...place, error: inShort(error) })
      if (!isPassing(error)) return
      facts.set(LEFT, [...(facts.get(LEFT, SignList) ?? []), { message, boost }])
    })
  }
}

const LEFT = 'signs left'
