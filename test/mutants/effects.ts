import type { Mutant } from './mutant.ts'

/** What the crash points notice: an intent, an effect, a row, and their order. */
export const EFFECTS: Mutant[] = [
  {
    what: 'the intent of a step is not written before the call',
    edits: [
      {
        from: '    this.#sql.exec(\n      `INSERT INTO steps',
        to: '    if (step.kind === "approved") this.#sql.exec(\n      `INSERT INTO steps',
      },
      {
        from: '    Object.assign(step, changes)\n',
        to: `    Object.assign(step, changes)
    this.#sql.exec(\`INSERT OR IGNORE INTO steps (turn, number, kind, state, model, notice, asked)
      VALUES (?, ?, ?, ?, ?, ?, ?)\`, this.#turn, step.number, step.kind, step.state, step.model,
      step.notice, step.asked)\n`,
      },
    ],
  },
  {
    what: 'the intents of tool uses are not written',
    edits: [
      {
        from: 'for (const use of step.uses) {\n      this.#sql',
        to: 'for (const use of [] as typeof step.uses) {\n      this.#sql',
      },
    ],
  },
  {
    what: 'what was missed is not looked for',
    by: 'finds-missed-deliveries',
    edits: [
      {
        from: 'const missed = messages.filter(',
        to: 'const missed = messages.slice(0, 0).filter(',
      },
    ],
  },
  {
    what: 'a message that a turn took is not marked',
    by: 'answers-in-the-room',
    edits: [{ from: '  inbox.mark(next.messages, row.id)', to: '' }],
  },
  {
    what: 'what the asker said meanwhile is not marked',
    edits: [{ from: '  inbox.mark(more, row.id)\n', to: '' }],
  },
  {
    what: 'the intent of a compaction is not written before it is asked for',
    by: 'compaction-loses-nothing',
    edits: [
      {
        from: '  const id = compactions.ask(asking, now())\n',
        to: '  const id = 0\n  void asking\n',
      },
    ],
  },
  {
    what: 'the newest turns are deleted, by which we judge whether to speak',
    by: 'session/expiry',
    edits: [{ from: '    (turns.last()?.id ?? 0) - NEWEST_KEPT,\n', to: '' }],
  },
  {
    what: 'what was asked a yes for stays when its turn is erased',
    by: 'forgets-for-good',
    edits: [{ from: "SET input = '{}', goes = NULL, state", to: 'SET goes = NULL, state' }],
  },
  {
    what: 'a question that was taken back leaves its words behind',
    edits: [{ from: 'row.reason === TAKEN_BACK ||', to: 'false ||' }],
  },
]
