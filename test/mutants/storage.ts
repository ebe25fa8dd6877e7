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
