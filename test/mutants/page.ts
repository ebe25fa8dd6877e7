import type { Mutant } from './mutant.ts'

const SIGN_IN = 'operator/sign-in.test.ts'
const ODD = 'operator/odd-requests.test.ts'
const ACTS = 'operator/acts.test.ts'
const MANY = 'operator/many-attempts.test.ts'
const TWO = 'operator/two-operators.test.ts'

/** Who gets in where the operator does. */
export const PAGE: Mutant[] = [
  {
    what: 'a change from another site is made',
    by: SIGN_IN,
    edits: [{ from: "who !== 'token' && isChange(c) && !isFromHere(c)", to: "who === 'nobody'" }],
  },
  {
    what: 'a cookie holds after somebody signed out',
    by: SIGN_IN,
    edits: [
      {
        from: "(await account(c).isSignedOut(cookie.nonce)) ? null : 'page'",
        to: "'page'",
      },
    ],
  },
  {
    what: 'a cookie holds for ever',
    by: SIGN_IN,
    edits: [{ from: '!nonce || Number(until) <= Date.now()', to: '!nonce' }],
  },
  {
    what: 'a cookie holds after a new token',
    by: SIGN_IN,
    edits: [
      {
        from: "importKey('raw', bytes(token), 'HKDF'",
        to: "importKey('raw', bytes('token'), 'HKDF'",
      },
    ],
  },
  {
    what: 'a cookie of another Worker holds here',
    by: SIGN_IN,
    edits: [{ from: 'new URL(req.url).origin}`', to: 'typeof req}`' }],
  },
  {
    what: 'the settings of a room are undone by whoever has not seen them',
    by: TWO,
    edits: [{ from: 'from !== markOf(settingsIn(this.tables.facts))', to: 'false' }],
  },
  {
    what: 'limits are undone by whoever has not seen them',
    by: TWO,
    edits: [{ from: 'from !== markOf(this.view())', to: 'false' }],
  },
  {
    what: 'a bot goes back behind a version that nobody has seen',
    by: TWO,
    edits: [{ from: 'if (isOutdated(this.#table.newest(bot), from))', to: 'if (false)' }],
  },
  {
    what: 'tokens can be guessed as often as one likes',
    by: SIGN_IN,
    edits: [{ from: 'guesses && guesses.length >= MOST_GUESSES', to: 'guesses === undefined' }],
  },
  {
    what: 'tokens can be guessed as often as one likes with Authorization',
    by: SIGN_IN,
    edits: [{ from: "if (tried === 'too often') return refuse(c, 429, TOO_OFTEN)", to: '' }],
  },
  {
    what: 'an old token that a script sends shuts out its whole network',
    by: SIGN_IN,
    edits: [{ from: 'else if (!guesses.includes(guess)) this.#add', to: 'else this.#add' }],
  },
  {
    what: 'whoever has many networks guesses without an end',
    by: MANY,
    edits: [{ from: 'own || !this.#isFull(now) ? network : block', to: 'network' }],
  },
  {
    what: 'a visitor of IPv6 is another one with each address',
    by: MANY,
    edits: [{ from: "groups.slice(0, 4).join(':')", to: "groups.join(':')" }],
  },
  {
    what: 'a token goes over the air as it is',
    by: SIGN_IN,
    edits: [{ from: 'isSafeToSignIn(c) ? null : NOT_SAFE', to: 'null' }],
  },
  {
    what: 'a room that breaks leaves its page empty',
    by: ODD,
    edits: [{ from: '.onError(answerError)', to: '' }],
  },
  {
    what: 'an act is written down when it is over',
    by: ACTS,
    edits: [
      {
        from: 'const number = await account(c).beginAct',
        to: 'const result = await act()\n  const number = await account(c).beginAct',
      },
      { from: '  const result = await act()\n  await', to: '  await' },
    ],
  },
  {
    what: 'what came to nothing stands in the log as done',
    by: ACTS,
    edits: [{ from: "isDone(result) ? 'done' : 'refused'", to: "'done'" }],
  },
  {
    what: 'a version that was saved stands in no log',
    by: ACTS,
    edits: [
      {
        from: 'this.#acts.add({ who, what, about:',
        to: 'Object({ who, what, about:',
      },
    ],
  },
  {
    what: 'a link leads away after signing in',
    by: SIGN_IN,
    edits: [{ from: "test(to) ? to : '/'", to: "test(to) ? to : to || '/'" }],
  },
]
