import { env } from 'cloudflare:workers'
import { vi } from 'vitest'
import type { Bot } from '../../../src/bots/bot.ts'
import type { Blow } from '../../crash/killer.ts'
import type { Trial } from '../../crash/trial.ts'
import type { Block, Body } from '../../support/model.ts'

/** What happens in a room, and how it may end whatever dies in between. */
export interface ScriptedTurn {
  what: string
  bot?: Partial<Bot>
  /** What comes before, and goes well. */
  before?: (trial: Trial) => Promise<void>
  play: (trial: Trial) => Promise<void>
  /** What the room may show of us in the end, message by message. Each of these is right. */
  ends: (string | RegExp)[][]
  /** So many turns came to nothing before. */
  failed?: number
  /** Nobody can find out whether its answer stands, and that is what it says. */
  doubts?: true
  /** It brings the object down each time, and ends so. */
  parked?: boolean
  /** What was done outside, if all went well: never more than that. */
  did?: {
    boosts?: number
    file?: string
    facts?: string[]
    personal?: string[]
    items?: string[]
    reminders?: string[]
    /** So often a server was asked to do something. */
    used?: number
  }
  /** What is told in short when the model is asked for that, as often as it is. */
  compacts?: string
  /** What would leave more than can be taken down there. */
  sparedFrom?: Blow
  /** Nothing of this word is left in any table. */
  forgets?: string
  /** What it comes to is counted on a limit of its room, to the millionth. */
  spends?: true
  /** It is run again after a death: nobody is left in doubt by one. */
  repeats?: true
  /** The next turn still knows of it. */
  remembers?: string
  /** So many messages that nobody said to us are found in the end. */
  indexes?: number
}

export const HOUR = 3_600_000
export const MINUTE = 60_000
export const OFTEN = 30
export const GROWING = Array.from({ length: 5 }, (_, n) => `Paragraph ${n} grows.\n\n`)

/** What it may spend is limited; else to more than enough. */
export async function limited({ world, room }: Trial, usd = 1_000) {
  const account = env.ACCOUNTS.getByName(world.campfire.origin)
  const limits = [
    { for: `room:${room.id}`, per: 'month', usd },
    { for: 'person:1', per: 'month', usd },
  ]
  await account.changeBudgets(limits, 'page')
}

export async function hello(trial: Trial) {
  trial.world.model.says('Hello.')
  await trial.asks(trial.world.david, 'hello?')
}

/** Says the same however often it is asked. One point in the middle of it stands for all. */
export function answering({ world: { model }, killer }: Trial, text: string) {
  const before = async (piece: number) => {
    if (piece === 1) await killer.midStream()
  }
  const pieces = [text.slice(0, 3), text.slice(3)]
  for (let times = 0; times < OFTEN; times++) model.says(text, { pieces, before })
}

export function growing({ world: { model }, killer }: Trial, pieces = GROWING, ms = 1_000) {
  const before = async () => {
    for (let turns = 0; turns < 5; turns++) await new Promise((resolve) => setTimeout(resolve))
    await killer.midStream()
    vi.setSystemTime(Date.now() + ms)
  }
  for (let times = 0; times < OFTEN; times++) {
    model.says(pieces.join(''), { pieces, before })
  }
}

type Thought = (body: Body) => string | Block[] | Promise<string | Block[]>

export function thinking({ world: { model } }: Trial, thought: Thought) {
  for (let times = 0; times < OFTEN; times++) model.answers(thought)
}

let uses = 0
export function use(name: string, input: object): Block {
  return { type: 'tool_use', id: `toolu_c${++uses}`, name, input }
}

export function saidLast({ messages }: Body) {
  return JSON.stringify(messages.at(-1))
}
