import * as z from 'zod'
import { type Campfire, isPassing } from '../campfire.ts'
import { inShort, log } from '../log.ts'
import type { AccountReport } from '../runtime.ts'
import { campfireWith } from '../runtime.ts'
import type { Tables } from '../tables.ts'
import { WAITING } from './signs.ts'

/** Tells somebody who was heard while another turn runs that it is their turn next. */
export async function signWaiting(
  tables: Tables,
  { message, key, report }: { message: number; key: string; report: AccountReport },
) {
  const { inbox, place } = tables
  if (report.abilities().boost === false) return

  const campfire = campfireWith(tables, { key, report })
  inbox.sign(message, UNKNOWN)
  try {
    const { id } = await campfire.boost(message, WAITING)
    // Taken meanwhile, it no longer waits, and nobody else knows of this sign.
    if (!inbox.sign(message, id)) await takeDown(tables, campfire, { message, boost: id })
  } catch (error) {
    log.warn('sign.failed', { ...place, error: inShort(error) })
  }
}

/** The intent: it may stand, and is never put up again. */
const UNKNOWN = 0

/** Those that Campfire would not take down when nobody waited any more: the next look does it. */
export async function takeDownLeft(tables: Tables, campfire: Campfire) {
  for (const sign of leftIn(tables)) await takeDown(tables, campfire, sign)
}

/** It is known until it is gone, and taking it down twice does no harm. */
async function takeDown(tables: Tables, campfire: Campfire, sign: Sign) {
  const stays = await campfire.unboost(sign.message, sign.boost).then(
    () => false,
    (error: unknown) => {
      log.warn('sign.failed', { ...tables.place, error: inShort(error) })
      return isPassing(error)
    },
  )
  // Read anew: another may have been left while this one was taken down.
  const left = leftIn(tables)
  const others = left.filter(({ boost }) => boost !== sign.boost)
  if (stays || others.length < left.length)
    tables.facts.set(LEFT, stays ? [...others, sign] : others)
}

function leftIn({ facts }: Tables) {
  return facts.get(LEFT, z.array(Sign)) ?? []
}

const LEFT = 'signs left'
const Sign = z.object({ message: z.int(), boost: z.int() })
type Sign = z.infer<typeof Sign>
