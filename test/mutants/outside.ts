import type { Mutant } from './mutant.ts'

/** What comes from outside of the room, and what may follow from it. */
export const OUTSIDE: Mutant[] = [
  {
    what: 'a session that has read from outside reaches out as if it had not',
    by: 'wary-of-what-it-read',
    edits: [{ from: "isWary && told === 'never' ? 'once' : told", to: 'told' }],
  },
  {
    what: 'what a source that nobody trusts has told is taken for what people said',
    by: 'wary-of-what-it-read',
    edits: [{ from: 'if (!this.#asking.bot.trusted.includes(source))', to: 'if (false)' }],
  },
  {
    what: 'what is in a file is taken for what people said',
    by: 'wary-of-what-it-read',
    edits: [{ from: 'if (given.length && !bot.trusted.includes(GIVEN_FILES))', to: 'if (false)' }],
  },
  {
    what: 'an address that the model has put together is opened at once',
    by: 'wary-of-what-it-read',
    edits: [{ from: 'some((address) => !isKnown(turn, address))', to: 'some(() => false)' }],
  },
  {
    what: 'an address counts as said where another begins with it',
    by: 'wary-of-what-it-read',
    edits: [
      {
        from: 'addressesIn(turn, opening).has(wanted)',
        to: '[...addressesIn(turn, opening)].some((one) => one.startsWith(wanted))',
      },
    ],
  },
]
