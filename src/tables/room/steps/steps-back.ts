import type { Step } from '../step.ts'
import { type StepRow, stepsIn, USE, type UseRow } from './read-steps.ts'

/** The steps of one turn after another, newest first: a long session is read with two statements. */
export class StepsBack {
  #steps: RowsBack<StepRow>
  #uses: RowsBack<UseRow>

  constructor(sql: SqlStorage, { from, before }: { from: number; before: number }) {
    const back = 'WHERE turn >= ? AND turn < ? ORDER BY turn DESC'
    this.#steps = new RowsBack(sql.exec(`SELECT * FROM steps ${back}, number DESC`, from, before))
    const uses = `SELECT ${USE} FROM tool_uses ${back}, step DESC, number DESC`
    this.#uses = new RowsBack(sql.exec(uses, from, before))
  }

  /** As `readSteps` has them. Not of a turn that is newer than one that was asked for before. */
  of(turn: number): Step[] | null {
    return stepsIn(this.#steps.of(turn), this.#uses.of(turn))
  }

  /** A statement that has not come to its end would keep what it reads from being tidied up. */
  end() {
    this.#steps.of(Number.NEGATIVE_INFINITY)
    this.#uses.of(Number.NEGATIVE_INFINITY)
  }
}

/** No more of them is in memory than the one that comes next. */
class RowsBack<Row extends { turn: number }> {
  #rows: Iterator<Row>
  #next: Row | undefined

  constructor(rows: Iterable<Row>) {
    this.#rows = rows[Symbol.iterator]()
    this.#advance()
  }

  of(turn: number) {
    const found: Row[] = []
    for (; this.#next && this.#next.turn >= turn; this.#advance())
      if (this.#next.turn === turn) found.push(this.#next)
    return found.reverse()
  }

  #advance() {
    this.#next = this.#rows.next().value
  }
}
