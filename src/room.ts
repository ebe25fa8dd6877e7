import type { BudgetNote } from './budget.ts'
import { RECEIPTS_KEPT, recordingOf, recordOf } from './receipt.ts'
import { RoomAtWork } from './room/at-work.ts'
import { conversationIn } from './room/conversation.ts'
import { abandonDrop, beginDrop, finishDrop, linkFor } from './room/drops.ts'
import {
  type Changes,
  change,
  countKept,
  keptIn,
  listIn,
  remove,
  thingIn,
  type Which,
} from './room/kept.ts'
import { exportSession, overviewOf, queueOf } from './room/overview.ts'
import { stopByOperator } from './room/stop.ts'
import { botHere, type KnownLimits, memberIn, type Ticket } from './runtime.ts'
import { resetSession } from './session.ts'
import { markOfKept } from './tables/kept-mark.ts'
import type { BotVersion } from './tables/room/bot-versions.ts'
import { changeSettings, markOf, type Settings, settingsIn } from './tables/room/settings.ts'
import {
  beginNote,
  budgetNote,
  isNoted,
  type NotAgain,
  type Note,
  serverNote,
  testNote,
  tryAgain,
} from './turn.ts'

/** One bot in one Campfire room: what it has heard and said, and when it speaks next. */
export class Room extends RoomAtWork {
  // What comes through a link for files, which files.ts has found to be ours. In chunks: no call takes more.

  /** Null: the bot is out, and takes nothing. */
  fileLink(ticket: Ticket) {
    return memberIn(this.env, this.tables) && linkFor(this.tables, ticket)
  }

  beginDrop(ticket: Ticket, toCome: { name: string; bytes: number }[]) {
    return beginDrop(this.tables, ticket, toCome)
  }

  /** False: it is not waited for. */
  takeChunk(file: number, index: number, bytes: Uint8Array) {
    return this.tables.files.append(file, index, bytes)
  }

  abandonDrop(files: number[]) {
    abandonDrop(this.tables, files)
  }

  /** Returns when all of it is safe, and the turn that reads it is to come. */
  async finishDrop(ticket: Ticket, files: number[]) {
    const outcome = await finishDrop(this.tables, ticket, files)
    if (outcome === 'done') await this.takeTurnsLater()
    return outcome
  }

  // What an operator may see and do. Every one of these is a resource of operator.ts.

  /** Not `queue`: that is the name of a handler, which RPC does not reach. */
  queueNow() {
    return queueOf(this.tables)
  }

  /** When it was last spoken to, and how much it keeps. */
  condition() {
    const { turns } = this.tables
    return { heard: turns.last()?.started ?? null, bytes: this.ctx.storage.sql.databaseSize }
  }

  /** Resolves when the account knows of all that is over here. */
  async tellNow() {
    await this.report.tellNow()
  }

  overview(before?: number) {
    return overviewOf(this.tables, memberIn(this.env, this.tables), before)
  }

  /** The same, with what was read and said. */
  view(before?: number) {
    return { ...this.overview(before), conversation: conversationIn(this.tables, before) }
  }

  /** Null: there is no such turn, or not any more. */
  receipt(turn: number) {
    const row = this.tables.turns.find(turn)
    const isOld = row?.ended != null && this.tables.now() - row.ended > RECEIPTS_KEPT
    const member = memberIn(this.env, this.tables)
    if (!row || isOld) return null
    return recordOf(this.tables, row, member && botHere(this.tables, member, row))
  }

  /** Words and all. Null: they are gone, or there is no such turn. */
  recording(turn: number) {
    const row = this.tables.turns.find(turn)
    const member = memberIn(this.env, this.tables)
    return row && member && recordingOf(this.tables, row, member.bot.name)
  }

  countKept() {
    return countKept(this.tables)
  }

  /** Words and all. */
  kept() {
    return keptIn(this.tables)
  }

  keptList(number: number) {
    return listIn(this.tables, number)
  }

  /** `from`: the mark of what whoever changes it has seen. */
  async changeKept(which: Which, changes: Changes, from: string | null = null) {
    const thing = from === null ? undefined : thingIn(this.tables, which)
    if (thing && from !== markOfKept(thing)) return 'outdated'
    const changed = change(this.tables, which, changes)
    await this.takeTurnsLater()
    return changed
  }

  /** False: there is no such thing. */
  async removeKept(which: Which) {
    const isRemoved = remove(this.tables, which)
    await this.takeTurnsLater()
    return isRemoved
  }

  session() {
    return exportSession(this.tables)
  }

  async resetSession() {
    resetSession(this.tables)
    await this.takeTurnsLater()
  }

  /** False: no turn is open. */
  async stopTurn() {
    const open = stopByOperator(this.tables, this.handler?.turn ?? null)
    if (!open) return false

    this.cut(open)
    await this.takeTurnsLater()
    return true
  }

  // Whoever watches. Only our own Worker can ask for that, and it has looked who it is.

  override fetch(request: Request): Response | Promise<Response> {
    const after = new URL(request.url).searchParams.get('after')
    return this.live.accept(Number(after))
  }

  override webSocketMessage(socket: WebSocket, message: string | ArrayBuffer) {
    this.live.hears(socket, message)
  }

  override webSocketClose(socket: WebSocket) {
    this.live.leaves(socket)
  }

  override webSocketError(socket: WebSocket) {
    this.live.leaves(socket)
  }

  // What the account asks of a room.

  /** What it has lent comes home, and what limits there are by now is known from here on. */
  recall(limits: KnownLimits | null, wanted: { number: number; payer: string }[]) {
    return this.budget.recall(limits, wanted)
  }

  /** An operator has changed the bot: the next turn goes by it. */
  learnVersion(version: BotVersion) {
    this.news.learn(version)
    return true
  }

  /** A word of ours to whoever reads this room. False: it is at work, and is to be asked again. */
  async tellOperator(note: BudgetNote) {
    return await this.#say(budgetNote(this.tables, note))
  }

  /** The same of a server of other people, at which nobody is signed in any more. */
  async tellOfServer(note: { id: string; bot: string; server: string }) {
    return await this.#say(serverNote(this.tables, note))
  }

  /** What an operator wants to see it say, once for each `id`. False: as above. */
  async sayTest(test: { id: string; words: string }) {
    return await this.#say(testNote(test))
  }

  async #say(note: Note) {
    if (isNoted(this.tables, note)) return true
    if (this.handler || this.tables.turns.open()) return false
    beginNote(this.tables, note)
    await this.takeTurnsLater()
    return true
  }

  /** What came to nothing is tried again, in a turn of its own. In words: why it is not. */
  async tryAgain(turn: number): Promise<{ turn: number | null } | NotAgain> {
    const why = tryAgain(this.tables, turn)
    if (why) return why
    this.live.look()
    await this.takeTurnsLater()
    return { turn: this.tables.inbox.received.triedAgain(turn)?.turn ?? null }
  }

  /** `from`: the mark of those that whoever changes them has seen. Null: they are others by now. */
  async changeSettings(changes: Settings, from: string | null = null) {
    if (from !== null && from !== markOf(settingsIn(this.tables.facts))) return null
    const settings = changeSettings(this.tables.facts, changes)
    if (!this.handler) await this.takeTurnsLater()
    return settings
  }
}
