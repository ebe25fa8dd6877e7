import { CampfireError } from '../campfire.ts'
import { inShort, log } from '../log.ts'
import { campfireFor, type Runtime } from '../runtime.ts'
import { forgetRoom } from '../session.ts'
import type { Tables } from '../tables.ts'

/** When Campfire is to be asked whether we are out of the room still, in ms since 1970. Null: we are not. */
export function nextLookWhetherLeft(
  { health, service }: Tables,
  { report }: Pick<Runtime, 'report'>,
) {
  // Where nothing can be listed nobody can say so for sure.
  if (!service.isServed || report.believed().list === false) return null
  return health.nextLook()
}

/**
 * Asks once more. Thirty days after it became sure what is kept of the room is deleted, and only after Campfire
 * has said so again just now, and the operator was told when it would be. The rows and the note that they are gone
 * are one; a death before that costs a day.
 */
export async function lookWhetherLeft(tables: Tables, runtime: Runtime, signal: AbortSignal) {
  const { health, place, now } = tables
  const { report, storage, quota } = runtime
  health.asks(now())
  await storage.sync()
  const isOut = await isOutNow(tables, campfireFor(tables, runtime, quota.within(signal)))
  if (!isOut || !health.isOver(now()) || !report.hasToldHealth()) return
  tables.atomically(() => {
    forgetRoom(tables)
    health.deleted(now())
  })
  log.info('room.deleted', { ...place })
}

async function isOutNow({ place }: Tables, campfire: ReturnType<typeof campfireFor>) {
  try {
    await campfire.list()
    return false
  } catch (error) {
    const isSure = error instanceof CampfireError && error.kind === 'gone_room' && error.own
    if (!isSure) log.warn('room.not_looked_at', { ...place, error: inShort(error) })
    return isSure
  }
}
