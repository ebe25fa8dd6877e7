import type { Member } from '../bots.ts'
import { inShort, log } from '../log.ts'
import { recordOf } from '../receipt.ts'
import { botHere } from '../runtime.ts'
import { readReplies } from '../tables/room/reply-states.ts'
import { readSteps } from '../tables/room/steps/read-steps.ts'
import type { TurnRow } from '../tables/room/turns.ts'
import type { Tables } from '../tables.ts'
import { changesBetween } from './live/changes.ts'
import type { LiveEvent, WatchedTurn } from './live/events.ts'
import { type Followed, watched } from './live/view.ts'
import { Watcher } from './live/watcher.ts'

/** Of one room; a watcher is a page that is left open. */
const MOST_WATCHERS = 10
const LOOKS_EVERY = 120
/** Turns that a watcher can miss and still be told of. */
const MOST_TOLD = 20

/**
 * Whoever watches a room is told what happens in it. Nothing of it is written, and nothing is done where nobody
 * watches. The turn is not asked to tell: it is looked at a few times a second, and what is another than before is
 * sent. So no watcher delays it, and one that is slow gets fewer and longer pieces. A hibernation keeps the
 * sockets; a life that finds some tells them all there is.
 */
export class Live {
  #ctx: DurableObjectState
  #tables: Tables
  #member: () => Member | null
  #life = crypto.randomUUID()
  #sequence = 0
  #watchers = new Map<WebSocket, Watcher>()
  #followed: Followed | null = null
  /** What was told of it. */
  #shown: WatchedTurn | null = null
  #waiting = 0
  #timer: ReturnType<typeof setTimeout> | null = null

  constructor(ctx: DurableObjectState, tables: Tables, member: () => Member | null) {
    this.#ctx = ctx
    this.#tables = tables
    this.#member = member
  }

  /** `after`: the newest turn whose end they know already. */
  accept(after: number): Response {
    const now = this.#tables.now()
    const isFull = this.#all().filter((watcher) => watcher.isStillHere(now)).length >= MOST_WATCHERS
    if (isFull) return new Response(null, { status: 503 })
    const { 0: theirs, 1: ours } = new WebSocketPair()
    this.#ctx.acceptWebSocket(ours)
    // A sign of life costs nothing, and wakes nobody.
    this.#ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair('ping', 'pong'))
    const watcher = new Watcher(ours, now)
    watcher.knows({ since: now, turn: after })
    this.#watchers.set(ours, watcher)
    this.look()
    return new Response(null, { status: 101, webSocket: theirs })
  }

  hears(socket: WebSocket, message: string | ArrayBuffer) {
    const watcher = this.#watcherAt(socket)
    if (watcher.hears(message, this.#tables.now())) watcher.knows({ life: '' })
    this.look()
  }

  leaves(socket: WebSocket) {
    this.#watchers.delete(socket)
    try {
      socket.close(1000)
    } catch {
      // It is closed.
    }
  }

  /** From here on it is looked at, until it is put down or over. */
  follow(turn: Followed) {
    this.#followed = turn
    this.#shown = null
    this.look()
  }

  /** It is over, or waits for another time. */
  isDown(row: TurnRow) {
    this.look()
    this.#followed = null
    this.#shown = null
    if (row.ended !== null) this.#safely(() => this.#ends(row))
  }

  /** Somebody has said something, or what waited was taken. */
  look() {
    this.#safely(() => {
      const watchers = this.#all()
      if (!watchers.length) return this.#rest()
      this.#lookAtTurn(watchers)
      const waiting = this.#tables.inbox.count()
      if (waiting !== this.#waiting) this.#tell(watchers, { type: 'waiting', waiting })
      this.#waiting = waiting
    })
  }

  /** No row is read, but for whoever has just come. */
  #lookAtTurn(watchers: Watcher[]) {
    const after = this.#followed && watched(this.#followed)
    const changes = after ? changesBetween(this.#shown, after) : []
    this.#shown = after
    for (const change of changes) this.#tell(watchers, change)
    for (const watcher of watchers) if (watcher.isNewTo(this.#life)) this.#tellAll(watcher)
    if (this.#followed) this.#timer ??= setTimeout(() => this.#again(), LOOKS_EVERY)
  }

  #again() {
    this.#timer = null
    this.#safely(() => {
      const watchers = this.#all()
      if (watchers.length) this.#lookAtTurn(watchers)
      else this.#rest()
    })
  }

  #rest() {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    this.#shown = null
  }

  #ends(row: TurnRow) {
    const watchers = this.#all()
    if (!watchers.length) return
    const member = this.#member()
    const bot = member && botHere(this.#tables, member, row)
    const receipt = recordOf(this.#tables, row, bot)
    this.#tell(watchers, { type: 'ends', turn: row.id, state: row.state, receipt })
    for (const watcher of watchers) watcher.knows({ turn: Math.max(watcher.turn, row.id) })
  }

  /** Those that know what came before. */
  #tell(watchers: Watcher[], event: LiveEvent) {
    const sequence = ++this.#sequence
    const now = this.#tables.now()
    for (const watcher of watchers) {
      if (!watcher.isNewTo(this.#life)) watcher.send({ ...event, sequence }, now)
    }
  }

  #tellAll(watcher: Watcher) {
    const { turns, inbox, now } = this.#tables
    const newest = turns.newest(MOST_TOLD + 1)
    const open = turns.unended()
    const isNews = ({ id, ended }: TurnRow) => ended === null || id > watcher.turn
    const news = newest.filter(isNews).slice(0, MOST_TOLD)
    const told = new Map([...news, ...open].map((row) => [row.id, row]))
    const rows = [...told.values()].sort((a, b) => a.id - b.id)
    const snapshot: LiveEvent = {
      type: 'snapshot',
      waiting: inbox.count(),
      turns: rows.map((row) => this.#viewOf(row)),
      more: newest.filter(isNews).length > MOST_TOLD,
    }
    const over = rows.findLast(({ ended }) => ended !== null)
    watcher.knows({ life: this.#life, turn: Math.max(watcher.turn, over?.id ?? 0) })
    watcher.send({ ...snapshot, sequence: this.#sequence }, now())
  }

  #viewOf(row: TurnRow): WatchedTurn {
    if (this.#followed?.row.id === row.id && this.#shown) return this.#shown
    const { sql } = this.#tables
    const member = this.#member()
    return watched({
      row,
      bot: member?.bot ?? { tools: [] },
      steps: { all: readSteps(sql, row.id) ?? [] },
      replies: { all: readReplies(sql, row.id) },
      draft: { heard: '' },
      campfire: { edits: row.edits ?? 0 },
    })
  }

  #all() {
    const open = this.#ctx.getWebSockets().filter(({ readyState }) => readyState === WebSocket.OPEN)
    return open.map((socket) => this.#watcherAt(socket))
  }

  #watcherAt(socket: WebSocket) {
    const known = this.#watchers.get(socket)
    const watcher = known ?? new Watcher(socket, this.#tables.now())
    if (!known) this.#watchers.set(socket, watcher)
    return watcher
  }

  /** Whatever goes wrong here is no turn's matter. */
  #safely(work: () => void) {
    try {
      work()
    } catch (error) {
      log.warn('live.failed', { ...this.#tables.place, error: inShort(error) })
    }
  }
}
