import type { Context } from 'hono'
import type { Tried } from '../account.ts'
import { sameSecret } from '../bots.ts'
import { log } from '../log.ts'
import { type App, account } from './app.ts'
import { originOf } from './origin.ts'

export const TOO_OFTEN = 'That was wrong too often. Please try again in a quarter of an hour.'

/**
 * Whether it is the operator's, however it was sent: whoever may not guess at the page may not guess with
 * `Authorization` either. From a network that was wrong too often not even the right one is listened to.
 */
export async function tryToken(c: Context<App>, token: string): Promise<Tried> {
  const ours = c.env.ADMIN_TOKEN
  if (!ours || !token) return 'wrong'
  const origin = originOf(c.req.header('cf-connecting-ip') ?? '')
  const guess = sameSecret(ours, token) ? null : await markOf(token, ours)
  const tried = await account(c).tries(origin, guess)
  if (tried === 'wrong') log.warn('sign_in.refused', { from: origin.network })
  return tried
}

/** Tells it from other wrong ones, and is of no use to whoever reads it: it may be somebody's token elsewhere. */
async function markOf(token: string, ours: string) {
  const bytes = (text: string) => new TextEncoder().encode(text)
  const hmac = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', bytes(ours), hmac, false, ['sign'])
  const mark = await crypto.subtle.sign('HMAC', key, bytes(token))
  return new Uint8Array(mark, 0, 6).toHex()
}
