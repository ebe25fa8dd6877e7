import type { Mutant } from './mutant.ts'

/** The rows as they are, and what was read of them. */
export const STORAGE: Mutant[] = [
  {
    what: 'a first transaction that is rolled back takes the tables of its room along',
    by: 'storage/known-reads',
    edits: [{ from: '  createTables(sql)\n  try {', to: '  void createTables\n  try {' }],
  },
  {
    what: 'what was read is believed though it was written to since',
    by: 'storage/known-reads',
    edits: [{ from: "if (!query.startsWith('SELECT')) noteWrite(known, query)", to: '' }],
  },
  {
    what: 'what was read in a transaction is believed after it left nothing behind',
    by: 'storage/known-reads',
    edits: [{ from: '    forgetReads(sql)\n', to: '' }],
  },
  {
    what: 'a fact is known as it was before it was written',
    by: 'storage/known-reads',
    edits: [{ from: 'new Map(all).set(name, json))', to: 'new Map(all))' }],
  },
  {
    what: 'once one text of a column was right, each is',
    by: 'tables/room/unreadable-rows',
    edits: [{ from: 'if (right.get(schema) === text)', to: 'if (right.has(schema))' }],
  },
  {
    what: 'whoever has a turn that was set aside is due all the same',
    by: 'stories/waits-out-refusals',
    edits: [{ from: 'queue.filter(({ author }) => !held.has(author))', to: 'queue' }],
  },
  {
    what: 'what nobody reads any more is kept for good',
    by: 'session/expiry',
    edits: [{ from: '      prune(tables)\n', to: '      void prune\n' }],
  },
  {
    what: 'whoever changes a turn changes it for all who read it',
    by: 'storage/known-reads',
    edits: [{ from: 'return last ? { ...last } : null', to: 'return last ?? null' }],
  },
  {
    what: 'a forgotten answer in doubt is known by nothing any more',
    by: 'forgotten-in-doubt',
    edits: [{ from: '    keepPrints(this.#sql, { after, through, names })\n', to: '' }],
  },
  {
    what: 'a forgotten answer in doubt is known only without whom it mentions',
    by: 'forgotten-in-doubt',
    edits: [{ from: '?? 0, undefined, people.named())', to: '?? 0)' }],
  },
  {
    what: 'an account that is older than its migrations counts as new',
    by: 'tables/room/schema',
    edits: [{ from: 'if (version === 0 && isEmpty(sql))', to: 'if (version === 0)' }],
  },
]
