import type { Mutant } from './mutant.ts'

/** Whoever waits is told, and not for longer than they must. */
export const WAITING: Mutant[] = [
  {
    what: 'a clock that went back is not noticed',
    by: 'loses-no-time',
    edits: [{ from: 'return due > now +', to: 'return due < 0 *' }],
  },
  {
    what: 'messages wait for a clock that went back',
    by: 'loses-no-time',
    edits: [
      {
        from: 'inbox.dueBy(now() + MOST_AHEAD.message, now())',
        to: 'inbox.dueBy(Number.MAX_SAFE_INTEGER, now())',
      },
    ],
  },
  {
    what: 'a bot without a key is looked for every five minutes',
    by: 'loses-no-time',
    edits: [{ from: 'Math.max(away, 5 * MINUTE)', to: 'Math.max(0 * away, 5 * MINUTE)' }],
  },
  {
    what: 'an object that is being moved is asked three times at once',
    by: 'loses-no-time',
    edits: [{ from: 'const PAUSES = [200, 1_000]', to: 'const PAUSES = [0, 0]' }],
  },
  {
    what: 'a model that never says a word is waited for',
    by: 'keeps-its-time',
    edits: [{ from: 'secondLook.signal, time.signal]', to: 'secondLook.signal]' }],
  },
  {
    what: 'the end of its time is forgotten by the next handler',
    by: 'keeps-its-time',
    edits: [{ from: '!isLost) || error === OUT_OF_TIME', to: '!isLost)' }],
  },
  {
    what: 'a sign stays where boosts are not believed in any more',
    by: 'everyone-who-waits-is-told',
    edits: [{ from: "isLacking() && ask.names !== 'boost'", to: 'isLacking()' }],
  },
  {
    what: 'a try is made after the end of its time',
    by: 'keeps-its-time',
    edits: [{ from: 'return wait >= left', to: 'return wait >= Number.POSITIVE_INFINITY' }],
  },
  {
    what: 'there is no time for a last call',
    by: 'keeps-its-time',
    edits: [
      {
        from: "isAtLimit(limits, progress) || turn.time.isShort() ? 'last'",
        to: "isAtLimit(limits, progress) ? 'last'",
      },
    ],
  },
  {
    what: 'a rest after a death lasts beyond the end of its time',
    by: 'keeps-its-time',
    edits: [{ from: 'Math.min(rest, Math.max(0, left', to: 'Math.max(rest, Math.max(0, left' }],
  },
  {
    what: 'what nobody was alive to answer in time is not asked once more',
    by: 'keeps-its-time',
    edits: [{ from: 'this.#ends = isMissed ? now()', to: 'this.#ends = isMissed && !now ? now()' }],
  },
  {
    what: 'the intent of a line about progress is written after it is sent',
    by: 'says-that-it-takes-longer',
    edits: [
      {
        from: `    const note = replies().tell({ body, file: null }, cursor(), now())
    try {
      const { id } = await campfire.post(body)`,
        to: `    try {
      const { id } = await campfire.post(body)
      const note = replies().tell({ body, file: null }, cursor(), now())`,
      },
    ],
  },
  {
    what: 'a line about progress is said again by the next life',
    by: 'says-that-it-takes-longer',
    edits: [
      {
        from: 'return replies().all.length ? null : row.started + AFTER',
        to: "return replies().all.some(({ state }) => state !== 'telling') ? null : row.started + AFTER",
      },
    ],
  },
  {
    what: 'a line about progress counts as an answer',
    by: 'says-that-it-takes-longer',
    edits: [{ from: "state !== 'lost' && !isNote(reply)", to: "state !== 'lost'" }],
  },
  {
    what: 'nobody wakes to say that it takes longer while a try is waited for',
    by: 'says-that-it-takes-longer',
    edits: [{ from: 'Math.min(due, note ?? due)', to: 'Math.max(due, note ?? due)' }],
  },
  {
    what: 'a model is asked too soon, since somebody woke to say that it takes longer',
    by: 'says-that-it-takes-longer',
    edits: [
      {
        from: 'await this.#noteProgress(runtime, held)\n      return false',
        to: 'await this.#noteProgress(runtime, held)',
      },
    ],
  },
  {
    what: 'half an answer stands still when its life has ended',
    by: 'picks-up-half-an-answer',
    edits: [{ from: 'if (this.#isLeft) this.#say', to: 'if (!this.#turn) this.#say' }],
  },
  {
    what: 'half an answer stands still when its call broke off',
    by: 'picks-up-half-an-answer',
    edits: [
      {
        from: 'words && underStatus(words, this.#turn',
        to: 'words && null && underStatus(words, this.#turn',
      },
    ],
  },
  {
    what: 'a word about half an answer is written beside the one that stands',
    by: 'picks-up-half-an-answer',
    edits: [
      {
        from: 'const standing = withoutStatus(html)',
        to: 'const standing = withoutStatus && html',
      },
    ],
  },
  {
    what: 'nobody looks whether a bot that was shut out is back',
    by: 'comes-back',
    edits: [{ from: 'return turns.ended.wasGivenUp()', to: 'return !turns' }],
  },
  {
    what: 'whoever waited without a sign is not called by name',
    by: 'everyone-who-waits',
    edits: [{ from: 'at < free || sign !== null', to: 'at < 0 * free || sign !== null' }],
  },
  {
    what: 'only ten of those who wait are told',
    by: 'everyone-who-waits',
    edits: [{ from: 'const MOST_AT_ONCE = 20', to: 'const MOST_AT_ONCE = 10' }],
  },
  {
    what: 'whoever waits for a question of their own is not told',
    by: 'everyone-who-waits',
    edits: [
      { from: "whileWorking === 'queue' ? null :", to: "whileWorking === 'queue' ? open.asker :" },
    ],
  },
]
