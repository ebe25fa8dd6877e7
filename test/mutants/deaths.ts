import type { Mutant } from './mutant.ts'

/** Deaths: what they leave open, what they count for, and who goes on. */
export const DEATHS: Mutant[] = [
  {
    what: 'a turn that may have brought us down goes on before its count is on disk',
    by: 'poison',
    edits: [
      {
        from: "if (how !== 'new' || attempts.before(row)) await storage.sync()",
        to: 'await null',
      },
    ],
  },
  {
    what: 'what is unknown after a crash is not made known',
    edits: [
      {
        from: "if (how === 'crashed' || turn.row.failures) markInterrupted(turn)",
        to: '',
      },
    ],
  },
  {
    what: 'a call that was lost costs nothing',
    edits: [
      {
        from: "{ state: 'lost', error: 'lost', content: [] }",
        to: "{ state: 'lost', error: 'lost', content: [], cost: 0 }",
      },
    ],
  },
  {
    what: 'a tool that may not be repeated is repeated',
    edits: [{ from: '&& !isRepeatable(tool)', to: '&& tool === null', within: 'markInterrupted' }],
  },
  {
    what: 'a crash is not counted',
    by: 'survives-crash-loops',
    edits: [
      {
        from: 'return turns.change(row, { crashes, deaths, done, doubt: 1, due, ...goesLast })',
        to: 'return turns.change(row, { doubt: 1, due, ...goesLast })',
      },
    ],
  },
  {
    what: 'no alarm is set at the end of a handler',
    edits: [
      {
        from: '    const due = this.#nextDue()\n    if (due !== null) await this.ctx.storage.setAlarm(due)',
        to: '    this.#nextDue()',
      },
    ],
  },
  {
    what: 'the alarm at the end of a handler is two days late',
    edits: [
      {
        from: '    const due = this.#nextDue()\n    if (due !== null) await this.ctx.storage.setAlarm(due)',
        to: '    const due = this.#nextDue()\n    if (due !== null) await this.ctx.storage.setAlarm(due + 172_800_000)',
      },
    ],
  },
  {
    what: 'an object that starts does not look for open work',
    edits: [
      {
        from: 'if (this.#isOpen()) ctx.blockConcurrencyWhile',
        to: 'if (this.#isOpen() && Date.now() < 0) ctx.blockConcurrencyWhile',
      },
    ],
  },
  {
    what: 'a turn that was given up is not put right later',
    by: 'comes-back',
    edits: [{ from: '{ error, doubt: 3 }', to: '{ error }' }],
  },
  {
    what: 'progress between deaths is not seen',
    by: 'forgives-deaths',
    edits: [
      {
        from: 'deaths: done > row.done ? 1 :',
        to: 'deaths: done < 0 ? 1 :',
      },
    ],
  },
  {
    what: 'a turn is given up after three deaths',
    by: 'survives-crash-loops',
    edits: [
      {
        from: 'export const MOST_DEATHS = 5',
        to: 'export const MOST_DEATHS = 3',
      },
    ],
  },
  {
    what: 'a death that is counted is counted again after the rest',
    edits: [
      {
        from: "if (how === 'crashed' && row.due === null) recordCrash(",
        to: "if (how === 'crashed') recordCrash(",
      },
    ],
  },
  {
    what: 'a turn that was set aside is not taken up again',
    by: 'waits-out-refusals',
    edits: [
      {
        from: 'earliest(begins, open ? null : turns.nextAside())',
        to: 'earliest(begins, null)',
      },
    ],
  },
  {
    what: 'deaths after progress follow one another until the platform rings no more',
    by: 'forgives-deaths',
    edits: [{ from: 'rest(deaths) || (crashes % MOST_RUNNING ? 0 : BREATH)', to: 'rest(deaths)' }],
  },
  {
    what: 'whoever speaks while a turn rests after deaths waits for it',
    by: 'forgives-deaths',
    edits: [{ from: 'wait >= MINUTE && { aside', to: 'wait < 0 && { aside' }],
  },
]
