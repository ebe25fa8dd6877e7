import type { Bot } from '../bots.ts'
import { aboutAsker, askedIn } from '../prompt.ts'
import { type AskerMemory, type Runtime, remembersPeople } from '../runtime.ts'
import { isApproved, turnAskedIn } from '../tables/room/answers.ts'
import type { ToolUse } from '../tables/room/step.ts'
import { Steps } from '../tables/room/steps.ts'
import { isScheduled, type TurnRow } from '../tables/room/turns.ts'
import type { Tables } from '../tables.ts'
import type { ToolContext } from '../tools.ts'
import { wordsFor } from './words.ts'

type Asker = ToolContext['asker']

interface Asked {
  bot: Bot
  row: TurnRow
  steps: Steps
}

/**
 * Who asks, for the model and for tools. A yes takes over nothing of it: what is approved is done for whoever
 * has asked for it, and not for whoever approves.
 */
export class Asking {
  #tables: Tables
  #runtime: Runtime
  #asked: Asked
  /** Looked up from the start, beside all else. Null: there is nothing to answer, or nobody knows for sure whom. */
  #memory: AskerMemory | null

  constructor(tables: Tables, runtime: Runtime, asked: Asked) {
    const { kind, prompt, verdict, asker } = asked.row
    const isAnswered = kind === 'talk' && prompt !== null && verdict === null
    this.#tables = tables
    this.#runtime = runtime
    this.#asked = asked
    this.#memory = isAnswered ? this.#memoryOf(asker) : null
  }

  /** What they have told of themselves, in words for the model. */
  async about(): Promise<string | null> {
    const known = await this.#memory?.known()
    if (!known || !this.#memory) return null
    const { asker: id, asker_name: name, started: at } = this.#asked.row
    return aboutAsker({ id, name, at }, known, this.#memory.isAlone)
  }

  askerOf(use: ToolUse): Asker {
    const { row, steps } = this.#asked
    const isElsewhere = steps.all.some((step) => isApproved(step) && step.number === use.step)
    if (isElsewhere) return this.#askerIn(turnAskedIn(use))
    return this.#as(row.asker, { memory: this.#memory, row, messages: askedBy(row, steps) })
  }

  #askerIn(turn: number | null): Asker {
    const { approvals, turns, sql } = this.#tables
    const asker = turn === null ? null : approvals.askerOf(turn)
    if (turn === null || asker === null) return NOBODY
    const row = turns.find(turn)
    const messages = row ? askedBy(row, new Steps(sql, turn)) : NO_MESSAGES
    return this.#as(asker, { memory: this.#memoryOf(asker), row, messages })
  }

  /** As of the turn in which it was asked. */
  #as(id: number, { memory, row, messages }: AskedThen): Asker {
    const tables = this.#tables
    let language: Asker['language'] | undefined
    return {
      id,
      memory,
      ...messages,
      isAway: row !== null && isScheduled(row),
      get language() {
        language ??= wordsFor(tables, id, row ?? {}).language
        return language
      },
    }
  }

  #memoryOf(asker: number) {
    return remembersPeople(this.#asked.bot) ? this.#runtime.askers.of(asker) : null
  }
}

type Messages = Pick<Asker, 'message' | 'asked'>

interface AskedThen {
  memory: AskerMemory | null
  row: TurnRow | null
  messages: Messages
}

/** What the model has read of the asker, with numbers that Campfire knows. */
function askedBy({ prompt }: Pick<TurnRow, 'prompt'>, steps: Pick<Steps, 'all'>): Messages {
  const asked = () => [...askedIn([prompt, ...steps.all.map(({ notice }) => notice)]).keys()]
  return { asked, message: () => asked().at(-1) ?? null }
}

const NO_MESSAGES: Messages = { asked: () => [], message: () => null }

/** An older version has not kept who asked. */
const NOBODY: Asker = { id: 0, memory: null, language: 'en', isAway: false, ...NO_MESSAGES }
