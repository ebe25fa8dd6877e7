import type { Context } from 'hono'
import { deleteCookie, getSignedCookie, setSignedCookie } from 'hono/cookie'
import { HOUR } from '../clock.ts'
import { type App, whereIs } from './app.ts'

/** Whoever has signed in stays so for this long. */
export const STAYS = 12 * HOUR

export interface Cookie {
  /** Until when it holds, in ms since 1970. */
  until: number
  /** Which sign-in it is of: one that was ended holds no more, wherever a copy of it is. */
  nonce: string
}

export async function giveCookie(c: Context<App>) {
  const until = Date.now() + STAYS
  const value = `${until}.${crypto.randomUUID()}`
  const key = await keyFrom(c, c.env.ADMIN_TOKEN)
  await setSignedCookie(c, nameIn(c), value, key, { ...attributesIn(c), maxAge: STAYS / 1000 })
}

/** Null: there is none, it has ended, or it was made with another token. */
export async function readCookie(c: Context<App>): Promise<Cookie | null> {
  const token = c.env.ADMIN_TOKEN
  if (!token || !c.req.header('cookie')) return null
  const value = await getSignedCookie(c, await keyFrom(c, token), nameIn(c))
  const [, until, nonce] = /^(\d{1,15})\.([0-9a-f-]{36})$/.exec(value || '') ?? []
  if (!nonce || Number(until) <= Date.now()) return null
  return { until: Number(until), nonce }
}

export function takeCookie(c: Context<App>) {
  deleteCookie(c, nameIn(c), attributesIn(c))
}

function attributesIn(c: Context<App>) {
  return { path: '/', httpOnly: true, secure: !isBare(c), sameSite: 'Strict' as const }
}

/** A browser takes the first name only from this very host, and only over https. */
function nameIn(c: Context<App>) {
  return isBare(c) ? 'firekeeper' : '__Host-firekeeper'
}

/** Nobody is on the way between a machine and itself. */
function isBare(c: Context<App>) {
  return !isEncrypted(c) && whereIs(c).isLocal
}

/** Elsewhere whoever is on the way could read the token, and the cookie after it. */
export function isSafeToSignIn(c: Context<App>) {
  return isEncrypted(c) || whereIs(c).isLocal
}

function isEncrypted({ req }: Context<App>) {
  return new URL(req.url).protocol === 'https:'
}

/**
 * Of the token, so that a new token ends every sign-in, and a cookie tells nothing of it; and of our address, so that
 * none is of use at another Worker that was given the same token.
 */
async function keyFrom({ req }: Context<App>, token: string) {
  const bytes = (text: string) => new TextEncoder().encode(text)
  const master = await crypto.subtle.importKey('raw', bytes(token), 'HKDF', false, ['deriveBits'])
  const parts = {
    salt: new Uint8Array(),
    info: bytes(`firekeeper sign-in ${new URL(req.url).origin}`),
  }
  return await crypto.subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', ...parts }, master, 256)
}
