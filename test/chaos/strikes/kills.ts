import { setTimeout as pause } from 'node:timers/promises'
import type { Aim, Kill } from '../plan.ts'
import type { World } from '../world.ts'
import { spellingsOf } from './spelling.ts'
import type { Restart } from './strikes.ts'

/** For what a kill waits for, and then it comes anyway. */
const AIMS_FOR = 4_000

/** Until the Worker gets its bot's new key. */
const ROTATES_MS = 2_000

/** For what is open to get on after a restart. */
export const BREATH_MS = 10_000

type Killed = Pick<World, 'tally' | 'campfire' | 'crowd' | 'rooms' | 'bot' | 'worker'>

/** The Worker is killed, one time after the other, and starts again: at times with other settings. */
export class Kills {
  /** From when until when the Worker was down, each time, the newest first. */
  readonly deaths: { from: number; until: number }[] = []
  #world: Killed
  #spellings: string[]
  #last: Promise<void> = Promise.resolve()
  #aimed: { aim: Aim; fire: () => Promise<void> } | null = null

  constructor(world: Killed, url: string) {
    this.#world = world
    this.#spellings = spellingsOf(url)
  }

  /** After the one before; after `until`, in ms since 1970, none more begins. */
  next(kill: Kill, until: number) {
    this.#last = this.#last.then(() => this.#kill(kill, until))
    // A Worker that does not come back is the end of it: see `settle`.
    this.#last.catch(() => {})
  }

  async settle() {
    await this.#last
  }

  /** Whoever was aimed at is spared. */
  calm() {
    this.#aimed = null
  }

  /** True: this is what a kill has waited for. */
  async isAt(moment: Aim) {
    if (this.#aimed?.aim !== moment) return false
    await this.#aimed.fire()
    return true
  }

  async #kill({ aim, downMs, restart }: Kill, until: number) {
    const { tally, worker } = this.#world
    await this.#catchBreath()
    if (this.deaths.length && Date.now() > until) return tally.count('kill -9', 'left out')
    if (restart === 'a new key') await this.#resetKey()
    const killed = Promise.withResolvers<void>()
    const fire = async () => {
      this.#aimed = null
      this.deaths.unshift({ from: Date.now(), until: Number.POSITIVE_INFINITY })
      await worker.kill()
      killed.resolve()
    }
    if (aim === 'at once') await fire()
    else this.#aimed = { aim, fire }
    const inTime = await Promise.race([
      killed.promise.then(() => true),
      pause(AIMS_FOR, false, { ref: false }),
    ])
    if (!inTime) await fire()
    tally.count('kill -9', inTime ? aim : 'at once')
    await pause(downMs)
    this.#changeSettings(restart)
    await worker.start()
    const [last] = this.deaths
    if (last) {
      last.until = Date.now()
      tally.count('kill -9', 'seconds down', Math.round((last.until - last.from) / 1_000))
    }
  }

  /** On a slow machine nothing would ever get done between one kill and the next. */
  async #catchBreath() {
    const { crowd, rooms } = this.#world
    const enough = crowd.posts + rooms.length / 2
    for (const end = Date.now() + BREATH_MS; Date.now() < end; await pause(100)) {
      if (!this.deaths.length || crowd.posts >= enough) return
    }
  }

  /** An administrator has it made anew, and whoever runs the Worker hears of it a while later. */
  async #resetKey() {
    const { bot, campfire } = this.#world
    const token = this.deaths.length + 1
    const key = `${bot.id}-Key${String(token).padStart(9, '0')}`
    campfire.change(bot, { key })
    await pause(ROTATES_MS)
  }

  #changeSettings(restart: Restart) {
    const { bot, tally, worker } = this.#world
    tally.count('kill -9', restart)
    worker.change({ BOT_KEYS: `assistant=${bot.key}` })
    if (restart !== 'another spelling') return
    const spelling = this.#spellings.shift() ?? ''
    this.#spellings.push(spelling)
    worker.change({ CAMPFIRE_URL: spelling })
  }
}
