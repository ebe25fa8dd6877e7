import type { Campground } from '../../campground/campground.ts'
import type { Clock } from '../clock.ts'
import { Dice } from '../dice.ts'
import { standingOf } from '../standing.ts'
import type { Tally } from '../tally.ts'

interface Surroundings {
  seed: string
  campfire: Campground
  tally: Tally
  clock: Clock
  later: (ms: number, what: () => void) => void
  /** The Worker has its number, so that it can know it again by that. */
  isKnown: (id: number) => boolean
}

/** What an administrator has made of a message, and when, by the Worker's clock. */
export interface Edited {
  id: number
  text: string
  at: number
}

/** Takes something out of what the bot has said, once it is all said: that is to stay out. */
export class Administrator {
  readonly edits: Edited[] = []
  #here: Surroundings
  #seen = new Set<number>()

  constructor(here: Surroundings) {
    this.#here = here
  }

  /** The bot has said or changed something. */
  notice(id: number) {
    const { campfire, seed, later } = this.#here
    const dice = new Dice(seed, 'administrator', id)
    if (this.#seen.has(id) || dice.roll() >= CHANCE) return
    this.#seen.add(id)
    const message = campfire.messages.find(id)
    later(dice.between(4_000, 9_000), () => {
      // Restored from a backup, this number may be another's.
      if (message && campfire.messages.find(id) === message) this.#edit(id)
    })
  }

  #edit(id: number) {
    const { campfire, clock, tally, isKnown } = this.#here
    if (!isKnown(id)) return
    const { room } = campfire.messages.get(id)
    const seen = campfire.messagesIn(room).find((one) => one.id === id)
    const before = seen && standingOf(seen)
    const text = before?.text.replace(SECRET, '[taken out]')
    if (!before || !text || text === before.text || before.isDraft || before.isCut) return

    tally.count('people', 'edits a message of the bot')
    campfire.editAsPerson(id, { text })
    const after = campfire.messagesIn(room).find((one) => one.id === id)
    this.edits.push({ id, text: after ? standingOf(after).text : text, at: clock.workers })
  }
}

const CHANCE = 0.06
const SECRET = /it was said before|exactly what/
