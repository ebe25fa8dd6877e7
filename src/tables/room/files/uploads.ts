import { oneOf } from '../../../storage.ts'

/**
 * sending  the intent: it may be there, under a name that nobody was told; that one ends by itself
 * there    it has this name there, until then
 * refused  it could not be handed over, and is not tried again in this session
 * leaving  it is to be deleted there, at `next`
 */
type UploadState = 'sending' | 'there' | 'refused' | 'leaving'

export interface Upload {
  file: number
  session: number
  /** Which has handed it over. */
  turn: number
  state: UploadState
  /** The API's own name for it. */
  id: string | null
  until: number | null
  tries: number
}

type Handed = Pick<Upload, 'file' | 'session' | 'turn'>

const STATES: UploadState[] = ['sending', 'there', 'refused', 'leaving']

/** Files of people that were handed to the API: once in a session, and gone there when they are gone here. */
export class Uploads {
  /**
   * Where code has run beside a file that is gone: nothing is run there again. Rows do not name them any more; this is
   * for what is still held in memory.
   */
  readonly placesLeft = new Set<string>()
  #sql: SqlStorage
  /** Hardly a room ever has one, and each look for it is billed. Only a cache. */
  #mayLeave = true

  constructor(sql: SqlStorage) {
    this.#sql = sql
  }

  find(file: number, session: number): Upload | null {
    const [row] = this.#sql
      .exec('SELECT * FROM uploads WHERE file = ? AND session = ?', file, session)
      .toArray()
    return row ? asUpload(row) : null
  }

  /** In whatever session. */
  isKnown(file: number) {
    return this.#sql.exec('SELECT 1 FROM uploads WHERE file = ?', file).toArray().length > 0
  }

  /** The intent. */
  begin({ file, session, turn }: Handed) {
    this.#sql.exec(
      `INSERT OR REPLACE INTO uploads (file, session, turn, state) VALUES (?, ?, ?, 'sending')`,
      file,
      session,
      turn,
    )
  }

  /** Whatever has been deleted here meanwhile is to be deleted there as well. */
  end({ file, session, turn }: Handed, { id, until }: { id: string; until: number }) {
    const { rowsWritten } = this.#sql.exec(
      `UPDATE uploads SET state = 'there', id = ?, until = ?
       WHERE file = ? AND session = ? AND state = 'sending'`,
      id,
      until,
      file,
      session,
    )
    if (rowsWritten) return
    this.#mayLeave = true
    this.#sql.exec(
      `INSERT OR REPLACE INTO uploads (file, session, turn, state, id, until, next)
       VALUES (?, ?, ?, 'leaving', ?, ?, 1)`,
      file,
      session,
      turn,
      id,
      until,
    )
  }

  refuse({ file, session }: Handed) {
    this.#sql.exec(
      "UPDATE uploads SET state = 'refused' WHERE file = ? AND session = ? AND state = 'sending'",
      file,
      session,
    )
  }

  /** It is gone here. */
  leave(file: number) {
    this.#leave('file = ?', file)
  }

  /** Nobody asks about it any more. */
  leaveAll() {
    this.#leave('TRUE')
  }

  /** When one is to be deleted there next. */
  nextDue(): number | null {
    if (!this.#mayLeave) return null
    const { due } = this.#sql
      .exec<{ due: number | null }>('SELECT min(next) AS due FROM uploads WHERE next IS NOT NULL')
      .one()
    this.#mayLeave = due !== null
    return due
  }

  leaving(now: number, most: number): Upload[] {
    return this.#sql
      .exec(
        'SELECT * FROM uploads WHERE next IS NOT NULL AND next <= ? ORDER BY next LIMIT ?',
        now,
        most,
      )
      .toArray()
      .map(asUpload)
  }

  isGone({ file, session }: Upload) {
    this.#sql.exec('DELETE FROM uploads WHERE file = ? AND session = ?', file, session)
  }

  tryAgain({ file, session, tries }: Upload, next: number) {
    this.#sql.exec(
      'UPDATE uploads SET tries = ?, next = ? WHERE file = ? AND session = ?',
      tries + 1,
      next,
      file,
      session,
    )
  }

  #leave(which: string, ...bindings: number[]) {
    this.#sql.exec(`DELETE FROM uploads WHERE id IS NULL AND ${which}`, ...bindings)
    const { rowsWritten } = this.#sql.exec(
      `UPDATE uploads SET state = 'leaving', next = 1 WHERE state <> 'leaving' AND ${which}`,
      ...bindings,
    )
    if (rowsWritten) this.#mayLeave = true
  }
}

/** A state that we do not know may be a newer Worker's: it is not there for us. */
function asUpload(row: Record<string, SqlStorageValue>): Upload {
  const { state, ...rest } = row as unknown as Upload
  return { ...rest, state: oneOf(state, STATES, 'refused') }
}
