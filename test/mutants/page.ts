import type { Mutant } from './mutant.ts'

const SIGN_IN = 'operator/sign-in.test.ts'

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
    what: 'tokens can be guessed as often as one likes',
    by: SIGN_IN,
    edits: [{ from: 'row !== undefined && row.misses >= MOST_MISSES', to: 'row === null' }],
  },
  {
    what: 'a link leads away after signing in',
    by: SIGN_IN,
    edits: [{ from: "test(to) ? to : '/'", to: "test(to) ? to : to || '/'" }],
  },
]
