import type { Bot } from '../bots/bot.ts'
import { type Member, membersOf } from '../bots.ts'
import { inShort, log } from '../log.ts'
import { Claude } from '../model.ts'
import { sentencesAfter } from '../turn/sentences.ts'
import { takeTurn } from '../turn.ts'
import type { Look } from './attempts.ts'
import { Background } from './background.ts'
import { beginTurn, type Outlook, setNextAside } from './begin.ts'
import { compact, takeInCompaction } from './compact.ts'
import { expire, nextExpiry } from './expiry.ts'
import { look, wantsLook } from './look.ts'
import { lookAround, type View } from './lookout.ts'
import { type Opening, openTurn } from './open-turn.ts'
import type { Parts } from './parts.ts'
import { referenceOf } from './place.ts'
import { reach } from './reach.ts'
import type { Reporter } from './reporter.ts'
import { settingsIn, settled } from './settings.ts'
import { Shift } from './shift.ts'
import type { TurnRow } from './turns.ts'

/** What one run of the alarm handler does: turn after turn, until none is due. */
export class Work {
  /** The turn that it is at. What others want to change of it, they change here. */
  turn: TurnRow | null = null
  #stop = new AbortController()
  #parts: Parts
  #env: Env
  #storage: DurableObjectStorage
  #reporter: Reporter
  #shift: Shift
  #background = new Background()
  #hasTaken = false

  constructor(
    parts: Parts,
    outside: { env: Env; storage: DurableObjectStorage; reporter: Reporter },
  ) {
    this.#parts = parts
    this.#env = outside.env
    this.#storage = outside.storage
    this.#reporter = outside.reporter
    this.#shift = new Shift(parts.now)
  }

  async takeTurns() {
    const member = memberIn(this.#env, this.#parts)
    if (!member) return log.error('room.without_bot', { room: this.#parts.place.room })

    await this.#lookForMissed(member)
    do {
      while (!this.#shift.isOver() && (await this.#takeNext(member)));
      this.#background.begin((signal) => this.#compact(member, signal))
    } while (!this.#shift.isOver() && (await this.#background.goesOn(this.#nextDue())))
    await this.#background.end({ atOnce: this.#nextDue() !== null })
    takeInCompaction(this.#parts)
    const { turns, inbox, facts } = this.#parts
    const idle = !turns.open() && inbox.nextDue() === null
    if (idle) expire(this.#parts, settled(member.bot, settingsIn(facts)))
  }

  /** Something has come that may not wait for what goes on in the background. */
  wake() {
    this.#background.wake()
  }

  /** A long session is told in short; a turn of this handler has just read it, so it is in the cache. */
  #compact({ bot }: Member, signal: AbortSignal) {
    if (!this.#hasTaken || this.#shift.isOver()) return null
    const { ANTHROPIC_API_KEY: apiKey, ANTHROPIC_BASE_URL: baseURL } = this.#env
    const model = new Claude({ apiKey, baseURL, fetch: this.#shift.fetch })
    return compact(this.#parts, settled(bot, settingsIn(this.#parts.facts)), { model, signal })
  }

  /** In ms from now; null when nothing is open or waits. */
  #nextDue() {
    const { turns, inbox, now } = this.#parts
    const open = turns.open()
    const due = open ? open.due : inbox.nextDue()
    return due === null ? null : due - now()
  }

  /** Cuts the model's stream and the tools; the rows say why. */
  stop() {
    this.#stop.abort()
  }

  /** Takes a turn as far as it goes. False: nothing is due. */
  async #takeNext(member: Member) {
    const { turns, facts, now } = this.#parts
    const open = turns.open()
    if (!open) takeInCompaction(this.#parts)
    if (open?.state === 'paused' && Number(open.due) > now()) return false

    const how = open ? (open.state === 'paused' ? 'resumed' : 'crashed') : 'new'
    const canBoost = this.#reporter.abilities().boost !== false
    const view = open ? null : await this.#lookAround(member)
    const bot = settled(member.bot, settingsIn(facts))
    const row = open ?? this.#begin(bot, { canBoost, view })
    if (!row) return false

    this.turn = row
    this.#stop = new AbortController()
    if (how === 'crashed') this.#countCrash(row)
    if (how === 'resumed') turns.change(row, { state: 'running', due: null })
    // A turn that may have brought us down must be known after it: a crash counts from here. The rows of
    // one that is new go out with its first request; if it dies before, it was an attempt.
    if (how !== 'new' || this.#parts.attempts.before(row)) await this.#storage.sync()
    if (row.ended !== null) return true // given up: see #countCrash

    this.#reporter.busy()
    const turn = this.#open(row, member, how)
    if (turn) await takeTurn(turn)
    this.#hasTaken = true
    this.turn = null
    return true
  }

  /** Looks at what no delivery brought, some time after a turn or when something wakes us later. */
  async #lookForMissed(member: Member) {
    const { turns, attempts, facts } = this.#parts
    const expiry = () => nextExpiry(this.#parts, settled(member.bot, settingsIn(facts)))
    const wish = turns.open() ? null : wantsLook(this.#parts, expiry)
    if (!wish) return

    await this.#note(wish)
    if (attempts.areMany()) return

    const campfire = this.#reach(member)
    await look(this.#parts, campfire, membersOf(this.#env.BOT_KEYS).userIds)
    if (wish.isLate) attempts.survived()
  }

  /** Reads along before a turn begins. While nothing is due there is none to begin. */
  async #lookAround(member: Member): Promise<View | null> {
    const { inbox, attempts, now } = this.#parts
    const due = inbox.nextDue()
    if (due === null || due > now()) return null

    await this.#note()
    if (attempts.areMany()) return null

    return await lookAround(this.#parts, (deadline) =>
      this.#reach(member, (input, init) => {
        const signals = [init?.signal, deadline].filter((signal) => signal != null)
        return this.#shift.fetch(input, { ...init, signal: AbortSignal.any(signals) })
      }),
    )
  }

  /** What cannot be begun must not keep others waiting: it is tried alone, and then set aside. */
  #begin(bot: Bot, outlook: Outlook): TurnRow | null {
    const { attempts, session } = this.#parts
    try {
      const aside = attempts.areTooMany() ? setNextAside(this.#parts) : null
      const alone = attempts.areMany()
      return aside ?? this.#asOne(() => beginTurn(this.#parts, bot, { ...outlook, alone }))
    } catch (error) {
      session.letGo()
      attempts.failed()
      throw error
    }
  }

  /** What fails on the way leaves nothing behind. */
  #asOne<T>(work: () => T): T {
    return this.#storage.transactionSync(work)
  }

  /** On disk before we do what may have brought us down. */
  async #note(look: Look | null = null) {
    if (this.#parts.attempts.note(look)) await this.#storage.sync()
  }

  #reach({ key }: Member, fetch: typeof globalThis.fetch = this.#shift.fetch) {
    return reach(this.#parts, { key, reporter: this.#reporter, fetch })
  }

  /** Null when the turn's own rows cannot be read: it is put down, and in the end parked. */
  #open(row: TurnRow, member: Member, how: Opening['how']) {
    try {
      return openTurn(this.#parts, {
        row,
        member,
        how,
        env: this.#env,
        shift: this.#shift,
        signal: this.#stop.signal,
        abilities: this.#reporter.abilities(),
        campfire: this.#reach(member),
      })
    } catch (error) {
      log.error('turn.not_opened', { ...this.#parts.place, turn: row.id, error: inShort(error) })
      this.#countCrash(row)
      if (row.ended === null) {
        const due = this.#parts.now() + 1_000 * 2 ** row.crashes
        this.#parts.turns.change(row, { state: 'paused', due })
      }
      return null
    }
  }

  #countCrash(row: TurnRow) {
    const { turns, place, now } = this.#parts
    const crashes = row.crashes + 1 + (row.crashes ? 0 : this.#parts.attempts.before(row))
    const reference = referenceOf(place, row)
    log.warn('turn.crashed', { room: place.room, bot: place.bot, turn: row.id, reference, crashes })

    switch (afterCrash(crashes, row.verdict !== null)) {
      case 'go on':
        return turns.change(row, { crashes, doubt: 1 })
      case 'park': {
        const sentence = sentencesAfter(row.prompt).parked(reference)
        return turns.change(row, {
          crashes,
          doubt: 1,
          verdict: 'parked',
          sentence,
          error: 'three crashes',
        })
      }
      case 'give up':
        log.error('turn.gave_up', { room: place.room, bot: place.bot, turn: row.id, reference })
        return turns.change(row, { crashes, state: 'parked', ended: now(), error: 'six crashes' })
    }
  }
}

/** Three crashes park a turn with a word to the room; as many again, and not even that can be said. */
function afterCrash(crashes: number, decided: boolean) {
  if (crashes >= 6) return 'give up'
  return crashes >= 3 && !decided ? 'park' : 'go on'
}

export function memberIn(env: Env, { place }: Parts) {
  return membersOf(env.BOT_KEYS).members.find(({ userId }) => userId === place.bot) ?? null
}
