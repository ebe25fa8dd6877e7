import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from './clock.ts'
import { Dice } from './dice.ts'
import { refusedFor } from './strikes/firewall.ts'
import { PAGES, type Page } from './strikes/pages.ts'
import type { Tally } from './tally.ts'

type Fault =
  | 'reset before'
  | 'reset after'
  | '500 after'
  | 'slow before'
  | 'slow after'
  | 'cursor 404'

const FAULTS: Record<Exclude<Fault, 'cursor 404'>, number> = {
  'reset before': 2,
  'reset after': 2,
  '500 after': 1.5,
  'slow before': 3,
  'slow after': 3,
}

type Moment = 'before create' | 'after create' | 'before edit'

/** What a create leaves open is what is hardest to put right. */
const FAULTS_OF_CREATES = { ...FAULTS, 'reset after': 5, '500 after': 3 }
const FAULTS_OF_PAGES = { ...FAULTS, 'cursor 404': 2 }

/** Stands before a Campfire, and does to its answers what networks and bad days do. */
export class Trouble {
  isOn = true
  isDown = false
  /** While it is restored from a backup. */
  isAway = false
  /** Who answers in its place. */
  page: Page | null = null
  /** Told of what is about to happen; true: whoever asked for it is dead by now. */
  onMoment: (moment: Moment) => Promise<boolean> = async () => false
  /** When somebody heard the id of a boost, `message/boost`. */
  heard = new Map<string, number>()
  /** The boosts that somebody tried to remove, and was told that it failed: `message/boost`. */
  refusedRemovals = new Set<string>()
  /** When somebody was told what stands in a room, and when a message was sent. */
  listed = new Map<number, number[]>()
  sent = new Map<number, number>()
  /** When words were last put into a message. */
  touched = new Map<number, number>()
  /** When somebody was told the number of a message that they had sent. */
  told = new Map<number, number>()
  /** For each room the most requests that failed with none in between that put words there. */
  worst = new Map<number, number>()
  /** When words were refused in a room, by the Worker's clock. */
  refused = new Map<number, number[]>()
  #failed = new Map<number, number>()
  #seed: string
  #tally: Tally
  #clock: Clock
  #asked = new Map<string, number>()
  #handle: (request: Request) => Promise<Response>

  constructor(seed: string, { tally, clock, handle }: Surroundings) {
    this.#seed = seed
    this.#tally = tally
    this.#clock = clock
    this.#handle = handle
  }

  handle = async (request: Request): Promise<Response> => {
    const ask = askOf(request)
    const answer = await this.#answer(request, ask).catch(async (error: unknown) => {
      await this.#note(ask, null, request)
      throw error
    })
    await this.#note(ask, answer, request)
    return answer
  }

  async #answer(request: Request, ask: Ask): Promise<Response> {
    const began = Date.now()
    const fault = this.#faultFor(ask)
    if ((this.isOn && this.isDown) || this.isAway) {
      this.#tally.count('Campfire', '502')
      return new Response('<html>502 Bad Gateway</html>', {
        status: 502,
        headers: { 'content-type': 'text/html' },
      })
    }
    if (this.isOn && this.page) {
      this.#tally.count('pages', this.page)
      return PAGES[this.page]()
    }
    const refused = await refusedFor(request)
    if (refused) {
      this.#tally.count('pages', 'words refused')
      return refused
    }
    this.#tally.count('Campfire', fault.what ?? 'answered')
    if (fault.what === 'reset before') throw new Error('The connection is lost')
    if (fault.what === 'cursor 404') {
      return raised(404, 'Not Found')
    }
    // Slow is slow for whoever has hung up, too: Campfire does not notice.
    if (fault.what === 'slow before') await pause(fault.ms)
    const isNever =
      (ask.is === 'create' && (await this.onMoment('before create'))) ||
      (ask.is === 'edit' && (await this.onMoment('before edit')))
    if (isNever) throw new Error('It never got here')

    const answer = await this.#handle(request)
    const done = Date.now()
    const id = createdIn(answer)
    if (ask.is === 'create' && id) this.sent.set(id, began)
    this.touched.set(ask.is === 'edit' ? Number(/\d+$/.exec(ask.path)?.[0]) : id, done)
    if (ask.is === 'create') await this.onMoment('after create')
    if (fault.what === 'slow after') await pause(fault.ms)
    if (fault.what === 'reset after') throw new Error('The connection is lost')
    if (fault.what === '500 after') return raised(500, 'Internal Server Error')
    const listed = this.listed.get(Number(ask.room)) ?? []
    if (ask.is === 'list' || ask.is === 'page') this.listed.set(Number(ask.room), [...listed, done])
    return answer
  }

  #faultFor({ method, room, is }: Ask): { what: Fault | null; ms: number } {
    const name = `${room} ${method} ${is}`
    const times = (this.#asked.get(name) ?? 0) + 1
    this.#asked.set(name, times)
    const dice = new Dice(this.#seed, 'campfire', name, times)
    const faults: Record<string, number> =
      is === 'page' ? FAULTS_OF_PAGES : is === 'create' ? FAULTS_OF_CREATES : FAULTS
    return {
      what: this.isOn ? (dice.fall(faults) as Fault | null) : null,
      ms: dice.between(100, 1_500),
    }
  }

  async #note({ is, path, room }: Ask, answer: Response | null, { signal }: Request) {
    const isPage = answer?.headers.get('content-type') === 'text/html' && answer.status !== 201
    const isFailed = answer === null || answer.status >= 300 || isPage || signal.aborted
    const putsWords = is === 'create' || is === 'edit'
    if (is === 'create' && answer && !isFailed) this.told.set(createdIn(answer), Date.now())
    this.#countFailed(Number(room), isFailed, putsWords)
    const isRefused = answer !== null && isFailed && answer.status < 500 && !signal.aborted
    if (putsWords && isRefused) this.#noteRefused(Number(room))
    const [, message = '', boost = ''] = /\/messages\/(\d+)\/boosts(?:\/(\d+))?/.exec(path) ?? []
    if (is === 'boost' && answer?.status === 201 && !signal.aborted) {
      const { id } = (await answer.clone().json()) as { id: number }
      this.heard.set(`${message}/${id}`, Date.now())
    }
    const isRemoved = answer?.status === 204 || answer?.status === 404
    if (is === 'unboost' && !isRemoved) this.refusedRemovals.add(`${message}/${boost}`)
  }

  #noteRefused(room: number) {
    this.refused.set(room, [...(this.refused.get(room) ?? []), this.#clock.workers])
  }

  #countFailed(room: number, isFailed: boolean, putsWords: boolean) {
    const before = this.#failed.get(room) ?? 0
    const failed = isFailed ? before + 1 : putsWords ? 0 : before
    this.#failed.set(room, failed)
    this.worst.set(room, Math.max(failed, this.worst.get(room) ?? 0))
  }
}

interface Surroundings {
  tally: Tally
  clock: Clock
  handle: (request: Request) => Promise<Response>
}

function createdIn({ headers }: Response) {
  return Number(/\d+$/.exec(headers.get('location') ?? '')?.[0] ?? 0)
}

/** What Campfire answers when nothing of its own could: it does not say its version then. */
function raised(status: number, error: string) {
  return Response.json({ status, error }, { status })
}

interface Ask {
  method: string
  path: string
  room: string
  is: 'list' | 'page' | 'create' | 'edit' | 'delete' | 'boost' | 'unboost'
}

function askOf({ method, url }: Request): Ask {
  const { pathname: path, search } = new URL(url)
  const room = /^\/rooms\/(\d+)\//.exec(path)?.[1] ?? ''
  const isBoost = path.includes('/boosts')
  if (method === 'GET') return { method, path, room, is: search ? 'page' : 'list' }
  if (method === 'POST') return { method, path, room, is: isBoost ? 'boost' : 'create' }
  if (method === 'DELETE') return { method, path, room, is: isBoost ? 'unboost' : 'delete' }
  return { method, path, room, is: 'edit' }
}
