import type { Delivery } from '../campground/deliveries.ts'
import type { Saying } from './plan.ts'
import type { Tally } from './tally.ts'

/** What somebody told the bot, and what became of the telling. */
export interface Question {
  id: number
  room: number
  saying: Saying
  /** When a delivery of it first left. */
  sent: number | null
  /** When our Worker first said 204 to it. */
  acknowledged: number | null
  /** Whoever said it has deleted it. */
  deleted: boolean
}

interface Late {
  delivery: Delivery
  /** Restored from a backup, its number may be another's. */
  isThere: () => boolean
}

/** The way from Campfire to us: what is lost on it, comes twice, late, or before what came first. */
export class Deliveries {
  readonly questions = new Map<number, Question>()
  #tally: Tally
  #later: (late: Late, ms: number) => void
  #late = new WeakSet<Delivery>()

  constructor(tally: Tally, later: (late: Late, ms: number) => void) {
    this.#tally = tally
    this.#later = later
  }

  expect(question: Pick<Question, 'id' | 'room' | 'saying'>) {
    const unheard = { sent: null, acknowledged: null, deleted: false }
    this.questions.set(question.id, { ...question, ...unheard })
  }

  /** Campfire was restored, and knows of nothing after that message. */
  forget(last: number): Question[] {
    const gone = [...this.questions.values()].filter(({ id }) => id > last)
    for (const { id } of gone) this.questions.delete(id)
    return gone
  }

  route(deliveries: Delivery[]): Delivery[] {
    return deliveries.flatMap((delivery) => this.#now(delivery))
  }

  async send(request: Request) {
    const { message } = (await request.clone().json()) as { message: { id: number } }
    const question = this.questions.get(message.id)
    if (question) question.sent ??= Date.now()
    try {
      const answer = await fetch(request)
      this.#tally.count('deliveries', `answered ${answer.status}`)
      if (question && answer.status === 204) question.acknowledged ??= Date.now()
      return answer
    } catch (error) {
      this.#tally.count('deliveries', 'refused while down')
      throw error
    }
  }

  /** What is sent at once. */
  #now(delivery: Delivery): Delivery[] {
    const saying = this.questions.get(delivery.message)?.saying
    if (!saying?.fate || this.#late.has(delivery)) return [delivery]

    const { fate, lateMs } = saying
    this.#tally.count('deliveries', fate)
    if (fate === 'again later' || fate === 'late') this.#send(delivery, lateMs)
    if (fate === 'overtaken') this.#send(delivery, lateMs / 5)
    if (fate === 'again later') return [delivery]
    return fate === 'doubled' ? [delivery, delivery] : []
  }

  #send(delivery: Delivery, ms: number) {
    const late = { ...delivery }
    this.#late.add(late)
    const question = this.questions.get(delivery.message)
    const isThere = () => this.questions.get(delivery.message) === question
    this.#later({ delivery: late, isThere }, ms)
  }
}
