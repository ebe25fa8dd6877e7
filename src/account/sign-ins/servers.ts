import { findBot, membersOf } from '../../bots.ts'
import { mcp } from '../../tools.ts'

/** Which server of which bot, by the names in its file. */
export type Which = { bot: string; server: string }

/** Null: that bot has no such server, or none that takes a sign-in. */
export function serverOf(env: Env, { bot, server }: Which) {
  const member = findBot(membersOf(env.BOT_KEYS).members, bot)
  const found = member?.bot.mcp.find(({ name }) => name === server)
  return found && mcp.takesSignIn(found) ? found : null
}

export function secretOf(env: Env, { auth }: mcp.Server) {
  const name = typeof auth === 'object' ? auth.clientSecret : undefined
  const found: unknown = Object.entries(env).find(([key]) => key === name)?.[1]
  return typeof found === 'string' && found ? found : null
}

/** How they are asked. */
export function lineOf(env: Env) {
  return { fetch: globalThis.fetch.bind(globalThis), home: env.CAMPFIRE_URL ?? '' }
}
