import type { Mutant } from './mutant.ts'

/** What the model remembers, and what a refusal may cost of it. */
export const MEMORY: Mutant[] = [
  {
    what: 'what was thought is sent behind other words, too',
    by: 'prompt/thinking',
    edits: [
      {
        from: 'const isAsSaid = there === searched && prefix === this.prefix',
        to: 'const isAsSaid = there === searched',
      },
    ],
  },
  {
    what: 'what a request was refused with is never left out for good',
    by: 'faults/refused-memory',
    edits: [{ from: "    if (kind !== 'summary') turn.remedies.adopt()\n", to: '' }],
  },
  {
    what: 'memory is let go of before the shorter request has worked',
    by: 'faults/refused-memory',
    edits: [
      {
        from: 'if (remedy) this.#tables.turns.change(this.#row, { remedy })',
        to: `if (remedy) {
          this.#tables.turns.change(this.#row, { remedy })
          this.adopt()
        }`,
      },
    ],
  },
  {
    what: 'memory is let go of for what passed by the next call',
    by: 'faults/refused-memory',
    edits: [
      {
        from: 'if (losesWords(left) && isOnTrial) return this.#keep({ ...left, since })',
        to: '',
      },
    ],
  },
  {
    what: 'what an earlier turn was answered without is found anew each time',
    by: 'faults/refused-memory',
    edits: [
      {
        from: '  if (error instanceof ModelError && mayBeMemory(error) && turn.remedies.resume(error.kind)) return\n',
        to: '',
      },
    ],
  },
  {
    what: 'a prompt that is too long is waited out, where it is refused as if we asked too often',
    by: 'model/error',
    edits: [{ from: 'isBusy && isTooLong(refusal)', to: '!isBusy && isTooLong(refusal)' }],
  },
  {
    what: 'a gateway names a call as it likes',
    by: 'model/',
    edits: [
      {
        from: "typeof value === 'string' && ID.test(value) ? value : null",
        to: 'value as string | null',
      },
    ],
  },
  {
    what: 'a turn goes on with the instructions of another version',
    by: 'stories/deploys-keep-a-turn-going',
    edits: [{ from: 'if (hash === null || hash === now.hash) return now', to: 'return now' }],
  },
  {
    what: 'all that waits is read to the end',
    by: 'tables/room/messages.test',
    edits: [{ from: 'const HEAD = 1_001', to: 'const HEAD = 1_000_000' }],
  },
]
