import type { Mutant } from './mutant.ts'

/** What comes from outside of the room, and what may follow from it. */
export const OUTSIDE: Mutant[] = [
  {
    what: 'a session that has read from outside reaches out as if it had not',
    by: 'wary-of-what-it-read',
    edits: [
      {
        from: "isWary && found?.effect === 'outside' && told === 'never' ? 'once' : told",
        to: 'told',
      },
    ],
  },
  {
    what: 'what a source that nobody trusts has told is taken for what people said',
    by: 'wary-of-what-it-read',
    edits: [{ from: 'if (!this.#asking.bot.trusted.includes(source))', to: 'if (false)' }],
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
  {
    what: 'searches are not reserved, nor what they find',
    by: 'looks-at-the-web',
    edits: [{ from: 'sizes(tool.max_uses ?? 0, FOUND)', to: '[]' }],
  },
  {
    what: 'a call that runs code is reserved as if it ran none',
    by: 'looks-at-the-web',
    edits: [{ from: 'return sizes(CODE_USES, PRINTED)', to: 'return []' }],
  },
  {
    what: 'what the API’s own tools bring is taken for what people said',
    by: 'looks-at-the-web',
    edits: [
      {
        from: 'for (const name of readByServerTools(answer.content))',
        to: 'for (const name of [])',
      },
    ],
  },
  {
    what: 'what a search found is sent back to a gateway that does not search',
    by: 'looks-at-the-web',
    edits: [{ from: 'if (tool && !names.has(tool)) return []', to: '' }],
  },
  {
    what: 'nobody is told that a gateway has no such tool',
    by: 'looks-at-the-web',
    edits: [{ from: 'if (hasLostTool(since)) return NOTICES.toolLost', to: '' }],
  },
  {
    what: 'code goes on in a place that is gone',
    by: 'looks-at-the-web',
    edits: [{ from: 'last.until > now + SOON', to: 'last.until > 0' }],
  },
  {
    what: 'an answer links to whatever a page gives as its address',
    by: 'looks-at-the-web',
    edits: [
      {
        from: 'if (!address || !/^https?:$/.test(address.protocol)) return null',
        to: 'if (!address) return null',
      },
    ],
  },
  {
    what: 'the title of a page is more than words',
    by: 'looks-at-the-web',
    edits: [
      { from: 'const words = wordsOf(title) ||', to: "const words = String(title ?? '') ||" },
    ],
  },
  {
    what: 'a page of a private network is opened',
    by: 'tools/fetch-page',
    edits: [{ from: 'if (!addresses.every(isPublic))', to: 'if (false)' }],
  },
  {
    what: 'where a page sends us is not looked at again',
    by: 'tools/fetch-page',
    edits: [{ from: 'await check(url, web)', to: 'if (!redirects) await check(url, web)' }],
  },
  {
    what: 'an address of numbers is opened',
    by: 'tools/fetch-page',
    edits: [{ from: "if (host.startsWith('[') || /^[\\d.]+$/.test(host))", to: 'if (false)' }],
  },
  {
    what: 'a page is read whose site asks programs to stay away',
    by: 'tools/fetch-page',
    edits: [{ from: 'if (!mayRead(', to: 'if (false && !mayRead(' }],
  },
  {
    what: 'a site that says much is not heard to the end',
    by: 'tools/fetch-page',
    edits: [{ from: 'const MOST_OF_ROBOTS = 512_000', to: 'const MOST_OF_ROBOTS = 100_000' }],
  },
  {
    what: 'a page is read in other letters than it says',
    by: 'tools/fetch-page',
    edits: [{ from: "(type === 'text/html' ? charsetOf(bytes) : null)", to: 'null' }],
  },
]
