import type { Mutant } from './mutant.ts'

/** Where an operator has signed in at other people's servers. */
export const SIGN_INS: Mutant[] = [
  {
    what: 'two rooms renew a sign-in at the same time',
    by: 'signs-in-at-other',
    edits: [{ from: 'this.#renewing.set(key, work)', to: '' }],
  },
  {
    what: 'a sign-in is finished in another browser than it was begun in',
    by: 'signs-in-at-other',
    edits: [{ from: 'if (kept.isBrowser && browser !== state)', to: 'if (false)' }],
  },
  {
    what: 'a link of another site begins a sign-in',
    by: 'signs-in-at-other',
    edits: [{ from: ".put('/bots/:bot/servers/", to: ".get('/bots/:bot/servers/" }],
  },
  {
    what: 'a sign-in is sent to another address of its server',
    by: 'signs-in-at-other',
    edits: [
      {
        from: 'return row && row.url === serverOf(this.#env, { bot, server })?.url ? row',
        to: 'return row ? row',
      },
    ],
  },
  {
    what: 'a sign-in is there again that was ended while it was renewed',
    by: 'signs-in-at-other',
    edits: [
      {
        from: 'if (!this.#grants.isStill(row)) return await this.#tokenInstead(which, server, renewed)',
        to: '',
      },
    ],
  },
  {
    what: 'a token is renewed when it has run out, and not before',
    by: 'signs-in-at-other',
    edits: [{ from: 'grant.expires - EARLY <= now', to: 'grant.expires <= now' }],
  },
  {
    what: 'a sign-in counts for ever that nobody came back from',
    by: 'signs-in-at-other',
    edits: [{ from: 'Date.now() - begun.at > BEGUN_LASTS', to: 'false' }],
  },
  {
    what: 'codes are fetched wherever a server says',
    by: 'signs-in-at-other',
    edits: [{ from: 'if (url) checkPlace(url, server, home)', to: 'if (url) continue' }],
  },
  {
    what: 'a sign-in goes on without PKCE',
    by: 'signs-in-at-other',
    edits: [{ from: "!metadata.code_challenge_methods_supported?.includes('S256')", to: 'false' }],
  },
  {
    what: 'a sign-in is for another server',
    by: 'signs-in-at-other',
    edits: [{ from: 'if (!isOf(resource, server.url))', to: 'if (false)' }],
  },
  {
    what: 'a token that is not taken any more is used to the end',
    by: 'signs-in-at-other',
    edits: [{ from: '!isOver && grant.access !== refused)', to: '!isOver)' }],
  },
  {
    what: 'the operator hears of a sign-in that ended as often as it is missed',
    by: 'signs-in-at-other',
    edits: [
      {
        from: "state: row.state === 'in' ? 'ended' : row.state, at: now",
        to: "state: 'ended', at: now",
      },
    ],
  },
]
