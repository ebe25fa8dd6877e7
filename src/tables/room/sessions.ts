import { readOnce } from '../../storage.ts'
import {
  isTooMuch,
  newerHalf,
  type Past,
  type PastTurn,
  readPast,
  textIn,
} from './sessions/past-turns.ts'
import { keepPrints, type Names } from './sessions/prints.ts'
import { dropAnswer, eraseWords, type Rewriting, rewriteWords } from './sessions/words.ts'
import type { Tier } from './turns.ts'

export { newerHalf, type PastTurn } from './sessions/past-turns.ts'
export type { Rewriting } from './sessions/words.ts'

export type Ending = 'expired' | 'reset' | 'forgotten'

export interface SessionRow {
  id: number
  started: number
  from_turn: number
  /** Null: the session before has still to be told in short. Empty: there is nothing to tell. */
  summary: string | null
  ended: number | null
  ending: Ending | null
  /** The one that stands for what was said before `from_turn`. */
  compaction: number | null
  /** What was pinned when the session began or was compacted. */
  pins: string | null
  /** The turn before which they are said, behind those that a compaction has kept. Null: first of all. */
  pins_before: number | null
  /** What was thought in earlier turns than this is not sent any more. */
  thinking_from: number
  /** The turn in which it first read what comes from outside of the room. Null: it has not. A compaction changes nothing of it. */
  tainted: number | null
}

/** What the model has read and said here since the last reset or expiry. */
export class Session {
  #sql: SqlStorage
  /** Only a cache: everything can be read again from the rows. */
  #past: ({ session: number; from: number } & Past) | null = null
  /** It was read for the turn that is about to begin, and for none before. */
  #isJustRead = false

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  current(): SessionRow | null {
    const last = this.#last()
    return last && last.ended === null ? last : null
  }

  /** How the next turn finds the session. */
  tier(): Tier {
    const current = this.current()
    if (!current) return 'cold'
    return this.#past?.session === current.id && !this.#isJustRead ? 'hot' : 'warm'
  }

  /** A session that expired is told in short to the next one; one that was forgotten is not. */
  begin(now: number, fromTurn: number, pins: string | null = null): SessionRow {
    const last = this.#last()
    const summary = last?.ending === 'expired' ? null : ''
    const { id } = this.#sql
      .exec<{ id: number }>(
        `INSERT INTO sessions (started, from_turn, summary, pins)
         VALUES (?, ?, ?, ?) RETURNING id`,
        now,
        fromTurn,
        summary,
        pins,
      )
      .one()
    this.#past = { session: id, from: fromTurn, turns: [], text: 0 }
    const unended = {
      ended: null,
      ending: null,
      compaction: null,
      pins_before: null,
      thinking_from: 0,
      tainted: null,
    }
    return { id, started: now, from_turn: fromTurn, summary, pins, ...unended }
  }

  end(ending: Ending, now: number) {
    this.#sql.exec(
      'UPDATE sessions SET ended = ?, ending = ? WHERE ended IS NULL AND id = (SELECT max(id) FROM sessions)',
      now,
      ending,
    )
    this.#past = null
  }

  /** It has read what comes from outside: once, so a session that reads all day writes it once. */
  taint(turn: number) {
    const session = this.current()
    if (!session || session.tainted !== null) return
    this.#sql.exec('UPDATE sessions SET tainted = ? WHERE id = ?', turn, session.id)
  }

  /** One that is over, as well. */
  wasTainted(session: number) {
    const tainted = 'SELECT 1 FROM sessions WHERE id = ? AND tainted IS NOT NULL'
    return this.#sql.exec(tainted, session).toArray().length > 0
  }

  summarize(session: SessionRow, summary: string) {
    this.#sql.exec('UPDATE sessions SET summary = ? WHERE id = ?', summary, session.id)
  }

  /** From here on the model reads this in place of what was said before. */
  compacted(
    session: SessionRow,
    by: { id: number; from_turn: number },
    pins: { words: string | null; before: number },
  ) {
    this.#sql.exec(
      'UPDATE sessions SET from_turn = ?, compaction = ?, pins = ?, pins_before = ? WHERE id = ?',
      by.from_turn,
      by.id,
      pins.words,
      pins.before,
      session.id,
    )
    this.invalidateCache()
  }

  /** The turns that are over, oldest first; `before` is the open one. */
  past(session: SessionRow, before: number): PastTurn[] {
    return this.#pastOf(session, before).turns
  }

  /** The same, before the turn that will read it begins: that finds it as it was. */
  pastAhead(session: SessionRow, before: number): PastTurn[] {
    const isKnown = this.#past?.session === session.id
    const past = this.past(session, before)
    this.#isJustRead ||= !isKnown
    return past
  }

  before(session: SessionRow): SessionRow | null {
    const [row] = this.#sql.exec('SELECT * FROM sessions WHERE id = ?', session.id - 1).toArray()
    return (row as SessionRow | undefined) ?? null
  }

  /** The turns of the session before this one. */
  pastBefore(session: SessionRow): PastTurn[] {
    const before = this.before(session)
    return before
      ? readPast(this.#sql, { from: before.from_turn, before: session.from_turn }).turns
      : []
  }

  /** What the model read last in this session. */
  lastPrompt({ from_turn }: SessionRow): string | null {
    const [last] = this.#sql
      .exec<{ prompt: string }>(
        `SELECT prompt FROM turns
         WHERE id >= ? AND prompt IS NOT NULL AND ended IS NOT NULL AND state <> 'parked'
         ORDER BY id DESC LIMIT 1`,
        from_turn,
      )
      .toArray()
    return last?.prompt ?? null
  }

  /** Changes the words of the turns that are over, from this one on. */
  rewrite(from: number, rewriting: Rewriting) {
    rewriteWords(this.#sql, from, rewriting)
    this.invalidateCache()
  }

  /** What was said and done in this turn goes, with what it had asked a yes for; what it read stays. */
  dropAnswer(turn: number, inItsPlace: string) {
    dropAnswer(this.#sql, turn, inItsPlace)
    this.invalidateCache()
  }

  /** Erases the words of the turns in between that are over; what remains is the receipts. */
  erase(after = 0, through = Number.MAX_SAFE_INTEGER, names: Names = new Map()) {
    keepPrints(this.#sql, { after, through, names })
    eraseWords(this.#sql, after, through)
    this.invalidateCache()
  }

  /** Its words were erased, or are to be. Of one that is in use nothing is read. */
  isErased(id: number) {
    if (this.#past?.session === id) return false
    const [row] = this.#sql.exec('SELECT ending FROM sessions WHERE id = ?', id).toArray()
    return row?.ending === 'reset' || row?.ending === 'forgotten'
  }

  /** The cache no longer says what the rows say. */
  invalidateCache() {
    this.#past = null
  }

  remember(session: number, turn: PastTurn) {
    if (this.#past?.session !== session) return
    this.#isJustRead = false
    this.#past.turns.push(turn)
    this.#past.text += textIn(turn)
  }

  isTooLong(session: SessionRow, before: number) {
    return isTooMuch(this.#pastOf(session, before))
  }

  /** Drops the older half and at least one turn. */
  dropOldest(session: SessionRow, before: number) {
    this.startAt(session, newerHalf(this.past(session, before))[0]?.id ?? before)
  }

  /** What comes before this turn is not remembered any more, and not even read. */
  startAt(session: SessionRow, turn: number) {
    this.#sql.exec('UPDATE sessions SET from_turn = ? WHERE id = ?', turn, session.id)
    session.from_turn = turn
  }

  /** What was thought before this step is not sent any more. */
  dropThinking(session: SessionRow, before: number) {
    this.#sql.exec('UPDATE sessions SET thinking_from = ? WHERE id = ?', before, session.id)
  }

  /** Nothing that was said before this turn is remembered, in no form. */
  startAlone(session: SessionRow, turn: number) {
    this.#sql.exec(
      "UPDATE sessions SET from_turn = ?, summary = '', compaction = NULL, pins = NULL WHERE id = ?",
      turn,
      session.id,
    )
    this.invalidateCache()
  }

  #last(): SessionRow | null {
    const [row] = readOnce(this.#sql, ['sessions'], 'last session', () =>
      this.#sql.exec('SELECT * FROM sessions ORDER BY id DESC LIMIT 1').toArray(),
    )
    return row ? ({ ...row } as unknown as SessionRow) : null
  }

  #pastOf(session: SessionRow, before: number): Past {
    if (this.#past?.session !== session.id || this.#past.from !== session.from_turn) {
      const past = readPast(this.#sql, { from: session.from_turn, before })
      this.#past = { session: session.id, from: session.from_turn, ...past }
    }
    return this.#past
  }
}
