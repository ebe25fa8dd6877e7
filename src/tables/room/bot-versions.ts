import * as z from 'zod'
import { StoredWords } from '../bot-words.ts'
import type { Facts } from './facts.ts'

/** What an operator has made of a bot. Without words it goes by its file again. */
export const BotVersion = z.object({
  /** As in `BOT_KEYS`: a user of Campfire may become another bot of ours. */
  bot: z.string(),
  /** Counted for each bot from 1; later ones have a higher number. */
  number: z.int().positive(),
  words: StoredWords.nullable(),
})
export type BotVersion = z.infer<typeof BotVersion>

const Known = z.object({
  current: BotVersion,
  /** By which turns go that are not over yet. */
  kept: z.array(BotVersion),
})
type Known = z.infer<typeof Known>

const FACT = 'bot version'

/** The version of the bot by which this room goes, as far as it has heard, and those of turns under way. */
export class BotVersions {
  #facts: Facts
  /** Undefined: not read yet. Only a cache. */
  #known: Known | null | undefined

  constructor(facts: Facts) {
    this.#facts = facts
  }

  /** Null: it goes by its file, and always has. */
  current(bot: string): BotVersion | null {
    const current = this.#read()?.current
    return current?.bot === bot ? current : null
  }

  /** The one that a turn was begun with. Null: the file. What is not known any more is as it is by now. */
  of(bot: string, number: number | null): BotVersion | null {
    if (number === null) return null
    const known = this.#read()
    const all = known ? [known.current, ...known.kept] : []
    return all.find((one) => one.bot === bot && one.number === number) ?? this.current(bot)
  }

  /** From the next turn on. What those go by that are under way stays known for as long. */
  learn(version: BotVersion, underWay: { bot_version: number | null }[]) {
    const known = this.#read()
    const { current, kept = [] } = known ?? {}
    if (current?.bot === version.bot && current.number >= version.number) return
    const inUse = new Set(underWay.map((turn) => turn.bot_version))
    const before = current ? [current, ...kept] : kept
    this.#known = { current: version, kept: before.filter(({ number }) => inUse.has(number)) }
    this.#facts.set(FACT, this.#known)
  }

  #read() {
    if (this.#known === undefined) this.#known = this.#facts.get(FACT, Known)
    return this.#known
  }
}
