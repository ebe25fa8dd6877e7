import { type Member, membersOf } from '../bots.ts'
import { settingsIn, settled } from '../tables/room/settings.ts'
import type { Parts } from '../tables.ts'

/** Whose room it is. Null: we have no key for this bot any more. */
export function memberIn(env: Env, { place }: Parts) {
  return membersOf(env.BOT_KEYS).members.find(({ userId }) => userId === place.bot) ?? null
}

/** The bot as it is in this room, by now: an operator may change it at any time. */
export function botHere({ facts }: Parts, { bot }: Member) {
  return settled(bot, settingsIn(facts))
}
