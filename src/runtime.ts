import type { Member } from './bots.ts'
import { Claude } from './model.ts'
import { reach } from './room/reach.ts'
import type { Reporter } from './runtime/account-report.ts'
import type { Shift } from './runtime/quota.ts'
import type { Look } from './tables/room/attempts.ts'
import type { Parts } from './tables.ts'

/** What one run of the alarm handler has beside the rows. */
export interface Outside {
  env: Env
  storage: DurableObjectStorage
  reporter: Reporter
  shift: Shift
  member: Member
}

export function campfireFor(
  parts: Parts,
  { member, reporter, shift }: Outside,
  fetch: typeof globalThis.fetch = shift.fetch,
) {
  return reach(parts, { key: member.key, reporter, fetch })
}

export function modelFor({ env, shift }: Outside) {
  const { ANTHROPIC_API_KEY: apiKey, ANTHROPIC_BASE_URL: baseURL } = env
  return new Claude({ apiKey, baseURL, fetch: shift.fetch })
}

/** On disk before we do what may have brought us down. */
export async function noteAttempt(
  { attempts }: Parts,
  { storage }: Outside,
  look: Look | null = null,
) {
  if (attempts.note(look)) await storage.sync()
}
