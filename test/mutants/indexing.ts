import type { Mutant } from './mutant.ts'

/** What was said in a room is read back politely, kept once, and found as it stands. */
export const INDEXING: Mutant[] = [
  {
    what: 'a hit is shown as it was once said',
    by: 'finds-only-what-still-stands',
    edits: [
      {
        from: 'const remark = { ...hit, name: now.author.name ?? name, at: now.at, text: words }',
        to: 'const remark = hit',
      },
    ],
  },
  {
    what: 'a hit that is gone stays in the index',
    by: 'finds-only-what-still-stands',
    edits: [{ from: '  kept.drop(new Set(gone))\n', to: '' }],
  },
  {
    what: 'what could not be read again is shown',
    by: 'read-again',
    edits: [
      {
        from: "if (typeof now === 'string') return null",
        to: "if (typeof now === 'string') return { remark: hit }",
      },
    ],
  },
  {
    what: 'a page with a message that nobody can read proves that another is gone',
    by: 'read-again',
    edits: [
      {
        from: "(reaches ? (unreadable ? 'unread' : 'gone') : null)",
        to: "(reaches ? 'gone' : null)",
      },
    ],
  },
  {
    what: 'the number of a restored Campfire opens another message',
    by: 'read-again',
    edits: [
      {
        from: 'if (now.author.id !== author || Math.abs(now.at - at) > DAY) return null\n',
        to: '',
      },
    ],
  },
  {
    what: 'the room is read back without a rest',
    by: 'room-index',
    edits: [{ from: 'const PAGE_EVERY = 1_000', to: 'const PAGE_EVERY = 0' }],
  },
  {
    what: 'a room is read back while people wait',
    by: 'finds-all-that-was-said',
    edits: [
      {
        from: 'const campfire = campfireFor(tables, runtime, runtime.quota.within(signal))\n    const page',
        to: 'const campfire = campfireFor(tables, runtime)\n    const page',
      },
    ],
  },
  {
    what: 'a room is read back while somebody waits for another try',
    by: 'finds-all-that-was-said',
    edits: [
      {
        from: 'return !turns.open() && turns.nextAside() === null && inbox.nextDue() === null',
        to: 'return true',
      },
    ],
  },
  {
    what: 'more than so many messages are listed in a day',
    by: 'finds-all-that-was-said',
    edits: [{ from: 'listedToday(state, now) >= indexPerDay', to: 'false' }],
  },
  {
    what: 'what no turn has read is never listed',
    by: 'finds-all-that-was-said',
    edits: [
      {
        from: 'const older = gap ?? { until: top, after: next }',
        to: 'return { ...state, top: high }\n  const older = gap ?? { until: top, after: next }',
      },
    ],
  },
  {
    what: 'a page that killed us is listed at once again',
    by: 'finds-all-that-was-said',
    edits: [
      { from: 'if (mayHaveDied && (await restsAfterDeath(tables, runtime))) return\n', to: '' },
    ],
  },
  {
    what: 'what is forgotten comes back with a page',
    by: 'finds-only-what-still-stands',
    edits: [
      {
        from: '!isOurs(one) && !forgotten.has({ id: one.id, author: one.author.id })',
        to: '!isOurs(one)',
      },
    ],
  },
  {
    what: 'what an operator has switched off is kept',
    by: 'finds-all-that-was-said',
    edits: [{ from: "if (bot.index === 'off') return index.switchOff()\n", to: '' }],
  },
  {
    what: 'a life that came to no page forgets that somebody has searched',
    by: 'room-index',
    edits: [{ from: 'this.#wasNeeded() ? firstState() : null', to: 'null' }],
  },
  {
    what: 'how far the index reaches is written for every message',
    by: 'room-index',
    edits: [
      {
        from: 'if (isNear && news.gap === state.gap) this.#state = news',
        to: 'if (!isNear) this.#state = news',
      },
    ],
  },
  {
    what: 'all that others said is read each day for what was said to us',
    by: 'session/expiry',
    edits: [{ from: 'facts.set(PRUNED, through)\n', to: '' }],
  },
  {
    what: 'what was said to us stays where thousands of others spoke before',
    by: 'session/expiry',
    edits: [
      {
        from: 'else if (!pruneSaidToUs(tables, before)) return\n',
        to: 'else pruneSaidToUs(tables, before)\n',
      },
    ],
  },
  {
    what: 'signs that nobody can see are searched for',
    by: 'tools/search-conversation',
    edits: [
      {
        from: 'return { words: visible(words).trim(), person: visible(person).trim() }',
        to: 'return { words, person }',
      },
    ],
  },
  {
    what: 'nobody is told that they never spoke here',
    by: 'catches-up',
    edits: [
      { from: 'isNew: since === LAST_WORD && start === null && ends === null', to: 'isNew: false' },
    ],
  },
  {
    what: 'how much of a long text is left out is told of what was kept of it',
    by: 'read-messages/fit',
    edits: [{ from: 'rest + text.length - kept.length', to: 'text.length - kept.length' }],
  },
  {
    what: 'the same page is listed for ever where somebody answers with another',
    by: 'hostile-history',
    edits: [{ from: 'if (isPageBefore(page, before)) index.add(', to: 'if (page) index.add(' }],
  },
  {
    what: 'a page that nobody can read is the end of the index',
    by: 'hostile-history',
    edits: [{ from: 'index.passOver(now(), error.oldest)', to: 'index.passOver(now())' }],
  },
  {
    what: 'what fits best comes in no order of its own',
    by: 'tables/room/archive.test.ts',
    edits: [{ from: "query && order === 'best' ? BEST : 'rowid DESC'", to: "'rowid DESC'" }],
  },
  {
    what: 'what fits best is sorted by its time after all',
    by: 'tables/room/archive.test.ts',
    edits: [{ from: "(order === 'best' ? all : newestFirst(all))", to: 'newestFirst(all)' }],
  },
  {
    what: 'all that has a word is read to find what one person said',
    by: 'tables/room/archive.test.ts',
    edits: [{ from: 'const [said, who] = parts', to: 'const [said] = parts, who = null' }],
  },
]
