import type { Prompt } from '../model.ts'
import { answersIn } from '../tables/room/answers.ts'
import type { PastTurn } from '../tables/room/sessions.ts'
import type { Step } from '../tables/room/step.ts'
import type { TurnRow } from '../tables/room/turns.ts'
import type { Call, Paid, RoomBudget } from './room-budget.ts'

/** So long one trip waits at the account; then the turn looks around, and asks again. */
const TRIP = 5_000
/** Before the end of the turn's minutes, what there is has to do. */
const ENOUGH = 10_000
const LONG = 30_000

interface Needs {
  row: Pick<TurnRow, 'id' | 'asker' | 'started'>
  steps: { all: Step[] }
  memory: { past(): { turns: PastTurn[] } }
  time: { left(): number }
  /** Names the turn to the account. */
  reference: string
  /** Whoever answers, and whoever keeps us waiting, gives a sign of life. */
  onTrip(): void
  now(): number
}

/** What the calls of one turn may cost. */
export class TurnBudget {
  #room: RoomBudget
  #turn: Needs
  /** Since when it waits for what others have reserved. */
  #waits: number | null = null

  constructor(room: RoomBudget, turn: Needs) {
    this.#room = room
    this.#turn = turn
  }

  /** The next call fits in, or no limit holds. False: not yet, and the turn is to look around first. */
  async ready(promptOf: () => Prompt): Promise<boolean> {
    const asked = this.#turn.now()
    const left = this.#turn.time.left() - ENOUGH
    const waitMs = Math.max(0, Math.min(TRIP, left))
    const isReady = await this.#room.ready(() => this.#callOf(promptOf()), {
      waitMs,
      isLast: left <= 0,
    })
    this.#turn.onTrip()
    this.#waits = isReady ? null : (this.#waits ?? asked)
    return isReady
  }

  /** It has waited for so long that people are told. */
  get waitsForLong() {
    return this.#waits !== null && this.#turn.now() - this.#waits >= LONG
  }

  get isFree() {
    return this.#room.isFree(this.#turn.row.asker)
  }

  reserve(prompt: Prompt): Paid | null {
    return this.#room.reserve(this.#callOf(prompt))
  }

  settled() {
    this.#room.settled()
  }

  #callOf(prompt: Prompt): Call {
    const { row, reference, steps, memory } = this.#turn
    const before = memory.past().turns.at(-1)?.steps ?? []
    const counted = countedIn(prompt.model, [...before, ...steps.all])
    return { asker: row.asker, turn: reference, since: row.started, prompt, counted }
  }
}

const FEW = 2

/** What the API has counted for this very model: the tokens of another one's say nothing. */
export function countedIn(model: string, steps: Step[]) {
  return answersIn(steps)
    .filter((step) => step.model === model && step.usage !== null && Boolean(step.reserve))
    .slice(-FEW)
    .reverse()
    .flatMap(({ usage, reserve }) => {
      if (!usage || !reserve) return []
      const { input_tokens, cache_creation_input_tokens, cache_read_input_tokens } = usage
      const cached = (cache_creation_input_tokens ?? 0) + (cache_read_input_tokens ?? 0)
      return { size: reserve.size, hash: reserve.hash, tokens: input_tokens + cached }
    })
}
