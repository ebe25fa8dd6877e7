import type { Answer, Usage } from '../../model.ts'
import { approvedId, isUnbegun } from './answers.ts'
import type { Rewriting } from './sessions.ts'
import type { Asking, Step, ToolUse } from './step.ts'
import { readSteps, usesIn } from './steps/read-steps.ts'

type Heard = Answer & { diagnostics?: Step['diagnostics'] }

/** The model calls of one turn and the tool uses they asked for: the rows, and the same in memory. */
export class Steps {
  readonly all: Step[]
  #sql: SqlStorage
  #turn: number

  constructor(sql: SqlStorage, turn: number, all = whole(sql, turn)) {
    this.#sql = sql
    this.#turn = turn
    this.all = all
  }

  /** The intent. The worst case is booked now, so that a lost call is never free. */
  ask(asking: Asking, now: number): Step {
    return this.#add({ reserve: null, ...asking, ...UNANSWERED, state: 'asked', asked: now })
  }

  /** The answer and the intents of its tool uses are written as one. */
  answered(step: Step, { diagnostics = null, ...answer }: Heard, cost: number | null, now: number) {
    const { content, stopReason: stop, usage, unreadableInputs, requestId: request } = answer
    this.#end(
      step,
      { state: 'answered', content, stop, usage, cost, request, diagnostics, ended: now },
      unreadableInputs,
    )
    this.#intend(step, unreadableInputs)
  }

  /** No whole answer, and why. Without a cost it stays at the worst case: nobody told us what was used. */
  unanswered(
    step: Step,
    end: Pick<Step, 'state' | 'error' | 'content'> &
      Partial<Pick<Step, 'cost' | 'request' | 'diagnostics'>>,
    now: number,
  ) {
    this.#end(step, { ...end, ended: now })
  }

  /** Tool uses that were asked for in an earlier turn, and approved in this one: not begun yet. */
  approve(
    { turn, uses }: { turn: number; uses: { name: string; input: unknown }[] },
    model: string,
    now: number,
  ) {
    const content = uses.map(({ name, input }, index) => ({
      type: 'tool_use' as const,
      id: approvedId(turn, index + 1),
      name,
      input,
    }))
    this.#intend(this.#add({ ...NO_CALL, model, content, asked: now }), [])
  }

  /** From here on nobody can say that nothing was done of what was approved. */
  begin(now: number) {
    for (const step of this.all.filter(isUnbegun)) {
      step.ended = now
      this.#sql.exec(
        'UPDATE steps SET ended = ? WHERE turn = ? AND number = ?',
        now,
        this.#turn,
        step.number,
      )
    }
  }

  /** `now`: when it was over. Whoever merely changes its words says nothing of that. */
  result(use: ToolUse, state: ToolUse['state'], result: string, now: number | null = null) {
    Object.assign(use, { state, result })
    this.#sql.exec(
      `UPDATE tool_uses SET state = ?, result = ?, ended = coalesce(ended, ?)
       WHERE turn = ? AND step = ? AND number = ?`,
      state,
      result,
      now,
      this.#turn,
      use.step,
      use.number,
    )
  }

  /** Changes what the model reads of an answer that is over. */
  reword(step: Step, content: Step['content']) {
    step.content = content
    this.#sql.exec(
      'UPDATE steps SET content = ? WHERE turn = ? AND number = ?',
      JSON.stringify(content),
      this.#turn,
      step.number,
    )
  }

  /** Changes what was said to the model on the way, and what tools have found. */
  rewrite({ text, result }: Rewriting) {
    for (const step of this.all) {
      const notice = step.notice && text(step.notice)
      if (notice !== step.notice) {
        step.notice = notice
        this.#sql.exec(
          'UPDATE steps SET notice = ? WHERE turn = ? AND number = ?',
          notice,
          this.#turn,
          step.number,
        )
      }
      for (const use of step.uses) {
        const found = use.result && result(use.result)
        if (found && found !== use.result) this.result(use, use.state, found)
      }
    }
  }

  #add(begun: Omit<Step, 'number' | 'uses'>): Step {
    const step: Step = { ...begun, number: (this.all.at(-1)?.number ?? 0) + 1, uses: [] }
    this.#sql.exec(
      `INSERT INTO steps
         (turn, number, kind, state, model, notice, content, stop, usage, cost, prefix, reserve, asked)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      this.#turn,
      step.number,
      step.kind,
      step.state,
      step.model,
      step.notice,
      step.content.length ? JSON.stringify(step.content) : null,
      step.stop,
      step.usage && JSON.stringify(step.usage),
      step.cost,
      step.prefix,
      step.reserve ? JSON.stringify(step.reserve) : null,
      step.asked,
    )
    this.all.push(step)
    return step
  }

  #intend(step: Step, unreadable: string[]) {
    step.uses = usesIn(step, unreadable)
    for (const use of step.uses) {
      this.#sql.exec(
        `INSERT INTO tool_uses (turn, step, number, id, name, state)
         VALUES (?, ?, ?, ?, ?, 'intended')`,
        this.#turn,
        use.step,
        use.number,
        use.id,
        use.name,
      )
    }
  }

  #end(step: Step, changes: Partial<Step>, unreadable: string[] = []) {
    Object.assign(step, changes)
    this.#sql.exec(
      `UPDATE steps SET state = ?, content = ?, stop = ?, unreadable = ?, usage = ?, cost = ?,
         error = ?, request = ?, diagnostics = ?, ended = ? WHERE turn = ? AND number = ?`,
      step.state,
      JSON.stringify(step.content),
      step.stop,
      unreadable.length ? JSON.stringify(unreadable) : null,
      step.usage && JSON.stringify(step.usage),
      step.cost,
      step.error,
      step.request,
      step.diagnostics && JSON.stringify(step.diagnostics),
      step.ended,
      this.#turn,
      step.number,
    )
  }
}

const UNANSWERED = {
  content: [],
  stop: null,
  usage: null,
  error: null,
  request: null,
  diagnostics: null,
  ended: null,
}

const NO_CALL = {
  ...UNANSWERED,
  kind: 'approved' as const,
  state: 'answered' as const,
  notice: null,
  stop: 'tool_use',
  usage: { input_tokens: 0, output_tokens: 0 } as Usage,
  cost: 0,
  prefix: null,
}

function whole(sql: SqlStorage, turn: number) {
  const steps = readSteps(sql, turn)
  if (!steps) throw new Error('A step of this turn cannot be read')
  return steps
}
