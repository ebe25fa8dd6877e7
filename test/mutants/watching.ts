import type { Mutant } from './mutant.ts'

const LIVE = 'operator/live.test.ts'

/** Who may watch a room, and what that costs it. */
export const WATCHING: Mutant[] = [
  {
    what: 'any page may open the socket',
    by: LIVE,
    edits: [{ from: 'return origin === new URL(c.req.url).origin', to: 'return true' }],
  },
  {
    what: 'a cookie opens the socket where no page is named',
    by: LIVE,
    edits: [{ from: "return c.get('who') === 'token'", to: 'return true' }],
  },
  {
    what: 'a room is looked at though nobody watches',
    by: LIVE,
    edits: [
      { from: 'if (!watchers.length) return\n    const member', to: 'const member' },
      {
        from: 'if (!watchers.length) return this.#rest()\n      this.#lookAtTurn',
        to: 'this.#lookAtTurn',
      },
    ],
  },
  {
    what: 'a watcher that takes in nothing is sent all the same',
    by: LIVE,
    edits: [{ from: 'unseen > MOST_UNSEEN && this.#unseen.length', to: 'unseen < 0' }],
  },
  {
    what: 'who slept with the room is told what follows, and nothing of what was before',
    by: LIVE,
    edits: [{ from: 'return this.#known.life !== life', to: "return this.#known.life === ''" }],
  },
  {
    what: 'what is tried again is tried as often as that is asked for',
    by: 'operator/tries-again',
    edits: [{ from: 'if (this.received.triedAgain(id)) return false', to: '' }],
  },
  {
    what: 'a turn that is not over is tried again',
    by: 'operator/tries-again',
    edits: [
      { from: "if (row.ended === null) return 'not over'", to: '' },
      { from: "if (row.state !== 'failed' && row.state !== 'parked') return 'not failed'", to: '' },
    ],
  },
  {
    what: 'what was deleted meanwhile is answered when it is tried again',
    by: 'operator/tries-again',
    edits: [
      { from: 'if (isTakenBack([prompt])) return TAKEN_BACK', to: '' },
      { from: ' && !isTakenBack([row.prompt])', to: '' },
    ],
  },
]
