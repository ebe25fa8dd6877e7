import type { Mutant } from './mutant.ts'

/** What a turn has cost, and what is told of it. */
export const RECEIPTS: Mutant[] = [
  {
    what: 'a turn that ended after later ones is in no sum',
    by: 'account/sums-equal-receipts',
    edits: [{ from: 'id > before.last || before.open.includes(id)', to: 'id > before.last' }],
  },
  {
    what: 'a report that comes twice is counted twice',
    by: 'account/sums-equal-receipts',
    edits: [
      {
        from: 'this.#days.add(report, { turns: fresh, compactions: news }, Date.now())',
        to: 'this.#days.add(report, { turns, compactions }, Date.now())',
      },
    ],
  },
  {
    what: 'a turn counts on the day on which it is told',
    by: 'stories/tells-what-was-spent',
    edits: [
      {
        from: 'const at = { day: this.#dayAt(ended), person: asker }',
        to: 'const at = { day: this.#dayAt(Date.now() + ended * 0), person: asker }',
      },
    ],
  },
  {
    what: 'sums are kept for one year',
    by: 'stories/tells-what-was-spent',
    edits: [{ from: 'const KEPT = 731 * DAY', to: 'const KEPT = 366 * DAY' }],
  },
  {
    what: 'a price a hundred times too high is believed',
    by: 'model/prices',
    edits: [{ from: 'const far = listed && farIn(price, listed)', to: 'const far = null' }],
  },
  {
    what: 'what is served in one country only costs the same',
    by: 'model/prices',
    edits: [{ from: "usage.inference_geo === 'us' ? IN_ONE_COUNTRY : 10", to: '10' }],
  },
  {
    what: 'nobody asks why the prompt cache was missed',
    by: 'stories/leaves-a-receipt',
    edits: [{ from: '    ...(previous && { previous }),\n', to: '' }],
  },
  {
    what: 'a gateway is asked why the prompt cache was missed',
    by: 'model/call',
    edits: [
      {
        from: "this.#access.baseURL ? new Set([...left, 'diagnostics']) : left",
        to: 'left',
      },
    ],
  },
  {
    what: 'a receipt goes with the words of its turn',
    by: 'session/expiry',
    edits: [{ from: '    (turns.ended.before(now() - RECEIPTS_KEPT, 0) ?? 0) + 1,\n', to: '' }],
  },
  {
    what: 'whoever asks why is not told why it was silent towards them',
    by: 'explains-itself.test.ts',
    edits: [{ from: "(state !== 'silent' || asker === author)", to: "state !== 'silent'" }],
  },
  {
    what: 'whoever asks why is not told who has said yes',
    by: 'explains-itself.test.ts',
    edits: [{ from: 'went: (answer && answered(answer)) ?? say', to: 'went: say' }],
  },
  {
    what: 'whoever asks why is told that a limit was used up where the operator was told of one',
    by: 'explains-itself.test.ts',
    edits: [{ from: '  if (isNote) return [say.reasons.note]\n', to: '' }],
  },
  {
    what: 'a receipt says that an edit has told somebody',
    by: 'stories/leaves-a-receipt',
    edits: [{ from: 'notifiedBy(began ?? body, known)', to: 'notifiedBy(body, known)' }],
  },
  {
    what: 'nobody knows what the API calls the call by which a session was told in short',
    by: 'stories/leaves-a-receipt',
    edits: [
      {
        from: 'request = coalesce(?, request), block',
        to: 'request = iif(? IS NULL, NULL, NULL), block',
      },
    ],
  },
]
