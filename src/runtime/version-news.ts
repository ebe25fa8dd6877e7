import { nameOf } from '../address.ts'
import { membersOf } from '../bots.ts'
import { inTime } from '../clock.ts'
import { inShort, log } from '../log.ts'
import type { BotVersion } from '../tables/room/bot-versions.ts'
import type { Tables } from '../tables.ts'

/** Nobody waits longer for the words that a bot goes by. */
const PATIENCE = 300

/**
 * Whether an operator has changed the bot while this room slept. Whoever is awake is told; whoever wakes asks once,
 * beside what a turn begins with, and goes on with what it has.
 */
export class VersionNews {
  #tables: Tables
  #env: Env
  #wait: (work: Promise<unknown>) => void
  #asking: { at: number; answer: Promise<void>; isOver: boolean } | null = null

  constructor(tables: Tables, env: Env, wait: (work: Promise<unknown>) => void) {
    this.#tables = tables
    this.#env = env
    this.#wait = wait
  }

  /** A turn may begin. Asks once in a life of the object. */
  ask() {
    if (this.#asking) return
    const answer = this.#ask()
      .catch((error: unknown) => log.warn('account.not_reached', { error: inShort(error) }))
      .finally(() => {
        asking.isOver = true
      })
    const asking = { at: this.#tables.now(), answer, isOver: false }
    this.#asking = asking
    this.#wait(answer)
  }

  get hasAsked() {
    return this.#asking !== null
  }

  /** It has asked, and may be answered within its patience. */
  get isExpected() {
    return this.#asking !== null && !this.#asking.isOver && this.#left(this.#asking.at) > 0
  }

  async settle() {
    if (this.#asking) await inTime(this.#asking.answer, this.#left(this.#asking.at))
  }

  /** Where the clock was put back it began just now. */
  #left(at: number) {
    return PATIENCE - Math.max(0, this.#tables.now() - at)
  }

  learn(version: BotVersion) {
    this.#tables.versions.learn(version, this.#tables.turns.unended())
  }

  async #ask() {
    const { place, versions } = this.#tables
    const { members } = membersOf(this.#env.BOT_KEYS)
    const bot = members.find(({ userId }) => userId === place.bot)?.bot.name
    if (!bot) return
    const known = versions.current(bot)?.number ?? 0
    const account = this.#env.ACCOUNTS.getByName(place.url)
    const news = await account.botVersion(nameOf(place), { bot, known })
    if (news) this.learn(news)
  }
}
