import type { Mutant } from './mutant.ts'

/** What is put up for a while, and taken down. */
export const SIGNS: Mutant[] = [
  {
    what: 'a sign that would not go is not taken down later',
    edits: [
      {
        from: 'if (!(await takeDown(tables, { campfire, turn, tidying }))) isRight.delete(turn)',
        to: 'void takeDown',
      },
    ],
  },
  {
    what: 'the id of a sign is not kept',
    edits: [
      {
        from: 'boost: taken?.id ?? null }',
        to: 'boost: taken?.id ? null : null }',
      },
    ],
  },
  {
    what: 'signs are taken down after the turn is sealed',
    edits: [
      {
        from: "  await turn.signs.clear()\n  if (isAnswered(row, replies.all)) turn.change(NO_TROUBLE)\n  turn.seal(row.verdict ?? (stands(replies.all) ? 'replied' : 'failed'))",
        to: "  turn.seal(row.verdict ?? 'replied')\n  await turn.signs.clear()",
      },
    ],
  },
  {
    what: 'a boost that is gone counts as a room that is gone',
    by: 'faults/tidying',
    edits: [{ from: "isBoost(ask) ? 'gone' : 'gone_room'", to: "'gone_room'" }],
  },
  {
    what: 'what is to be tidied is not bounded',
    by: 'faults/tidying',
    edits: [{ from: 'this.#left <= 0 || ', to: '' }],
  },
  {
    what: 'what could not be tidied is forgotten',
    by: 'faults/tidying',
    edits: [{ from: 'if (!done) isRight.delete(turn)', to: '' }],
  },
  {
    what: 'one page unlearns an ability for all rooms',
    by: 'account/abilities',
    edits: [{ from: 'before.room !== room && ', to: '' }],
  },
  {
    what: 'whoever waits when a turn begins is not told',
    by: 'everyone-who-waits',
    edits: [{ from: "how === 'new' ? this.#signWaiting(runtime, row) : null", to: 'null' }],
  },
]
