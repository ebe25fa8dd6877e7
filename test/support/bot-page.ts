import { runInDurableObject } from 'cloudflare:test'
import { env, exports } from 'cloudflare:workers'
import type { Account } from '../../src/account.ts'
import { BotView } from '../../src/operator/schemas.ts'

const HOME = 'https://firekeeper.example.com'
const CAMPFIRE = 'https://chat.example.com'

/** An operator at `/bots/assistant`. */
export async function asksBots(
  path = '',
  { method = 'GET', body }: { method?: string; body?: unknown } = {},
) {
  return await exports.default.fetch(`${HOME}/bots/assistant${path}`, {
    method,
    headers: { authorization: 'Bearer letmein' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
}

export async function botNow() {
  return BotView.parse(await (await asksBots()).json())
}

/** Saves it. Rooms hear of it when the account's alarm fires. */
export async function saves(changes: object) {
  const answer = await asksBots('', { method: 'PATCH', body: changes })
  if (answer.status !== 200) throw new Error(await answer.text())
  return await answer.json<{ version: number; isNew: boolean }>()
}

export function account() {
  return env.ACCOUNTS.getByName(CAMPFIRE)
}

/** Fires the account's alarm as often as it is due. */
export async function tells() {
  while (await tellsSome());
}

/** One run of it. False: it is not due. */
export async function tellsSome() {
  return await runInDurableObject(account(), async (instance: Account, { storage }) => {
    const due = await storage.getAlarm()
    if (due === null || due > Date.now()) return false
    await storage.deleteAlarm()
    await instance.alarm()
    return true
  })
}
