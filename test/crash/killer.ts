import { alive, KILLED } from '../support/worker.ts'

/**
 * What happens at a point. A crash before a request leaves: it did no harm, and the rows before it are
 * on disk or, where the object dies in the same tick, are not. A crash after its effect: the rows are on
 * disk, the answer is lost. A reset is the same without a crash. A late one has its effect when everybody
 * has given it up.
 */
export const BLOWS = [
  'dies before, rows kept',
  'dies before, rows lost',
  'dies after',
  'reset before',
  'reset after',
  'dies before, and it arrives late',
] as const
export type Blow = (typeof BLOWS)[number]

export interface Strike {
  blow: Blow
  /** The how-many-th point that it can hit, counted from the strike before. */
  at: number
  /** Only points of this name. */
  on?: string
}

export const MODEL = 'ask the model'

type Side = 'before' | 'after'

/** Stands between an object and the network, and strikes where it is told to. */
export class Killer {
  /** What was hit, in order. */
  readonly hits: string[] = []
  /** How often the model was asked. */
  calls = 0
  /** Boosts whose id was told to nobody who lived: no list has them, so nobody can take them down. */
  readonly lost = new Set<number>()
  /** Answers in place of the one who was asked. */
  meets: ((url: URL, body: string) => Response | undefined) | null = null
  #name: string
  #strikes: Strike[]
  #network: typeof fetch
  #points = 0
  #armed = false
  #dead = new WeakSet<DurableObjectState>()
  #late: { what: string; send: () => Promise<Response> }[] = []

  constructor(name: string, strikes: Strike[], network: typeof fetch) {
    this.#name = name
    this.#strikes = [...strikes]
    this.#network = network
  }

  arm() {
    this.#armed = true
  }

  disarm() {
    this.#armed = false
  }

  fetch: typeof fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input)
    const what = isModel(url) ? MODEL : `${init?.method?.toUpperCase()} ${thingIn(url)}`
    const life = alive.get(this.#name)
    const send = () => this.#network(input, init)
    const isRead = init?.body instanceof ReadableStream
    await this.#reach('before', what, { life, send, isRead })
    if (what === MODEL) this.calls++
    const met = this.meets?.(url, String(init?.body))
    // As from the network: what was written before it left is on disk by then.
    if (met) await new Promise((resolve) => setTimeout(resolve))
    const answer = met ?? (await send())
    const boost = await boostIn(what, answer)
    if (boost !== null) this.lost.add(boost)
    await this.#reach('after', what, { life, send })
    if (boost !== null) this.lost.delete(boost)
    return answer
  }

  /** What is changed of a person, in an object of their own. */
  between = async (what: 'recall' | 'change', side: Side, life: DurableObjectState) => {
    if (what === 'change') await this.#reach(side, 'change a person', { life, send: null })
  }

  /** What is lent to the room, and what comes home. */
  betweenAccount = async (what: 'take' | 'settle', side: Side, life: DurableObjectState) => {
    await this.#reach(side, what === 'take' ? 'ask for a lease' : 'give it back', {
      life,
      send: null,
    })
  }

  /** A point inside an answer. */
  async midStream() {
    const life = alive.get(this.#name)
    await this.#reach('before', 'mid-stream', { life, send: null })
  }

  /** What was under way when its sender died arrives now. */
  async arrivesLate() {
    for (const { what, send } of this.#late.splice(0)) {
      const boost = await boostIn(what, await send())
      if (boost !== null) this.lost.add(boost)
    }
  }

  async #reach(side: Side, what: string, { life, send, isRead = false }: Point) {
    if (life && this.#dead.has(life)) await never()
    const [strike] = this.#strikes
    if (!this.#armed || !strike || !life) return
    const { blow, at, on = what } = strike
    const isLate = blow === 'dies before, and it arrives late'
    if (
      sideOf(blow) !== side ||
      (isLate && (isRead || !isWrite(what))) ||
      (blow === 'reset before' && !send)
    )
      return
    if (on !== what || ++this.#points !== at) return

    this.#strikes.shift()
    this.#points = 0
    this.hits.push(`${blow}: ${side} ${what}`)
    if (blow.startsWith('reset')) throw new TypeError('Network connection lost.')
    if (isLate && send) this.#late.push({ what, send })
    if (blow !== 'dies before, rows lost') await life.storage.sync()
    this.#dead.add(life)
    life.abort(KILLED)
    await never()
  }
}

interface Point {
  life: DurableObjectState | undefined
  send: (() => Promise<Response>) | null
  /** As it is sent, so that it ends with its sender. */
  isRead?: boolean
}

function sideOf(blow: Blow): Side {
  return blow.includes('before') ? 'before' : 'after'
}

/** Messages, boosts …, whichever of them. */
function thingIn({ pathname }: URL) {
  return pathname.split('/').findLast((part) => !/^(file_)?\d+$/.test(part))
}

export function isModel({ pathname }: URL) {
  return pathname.endsWith('/v1/messages')
}

/** Whatever changes the room: a message, a file, a boost, or the end of one. */
function isWrite(what: string) {
  return /^(POST|PATCH|DELETE) /.test(what)
}

async function boostIn(what: string, answer: Response) {
  if (what !== 'POST boosts' || answer.status !== 201) return null
  const { id } = (await answer.clone().json()) as { id: number }
  return id
}

function never() {
  return new Promise<never>(() => {})
}
