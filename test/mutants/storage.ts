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
    edits: [{ from: 'cursor.rowsWritten > 0) noteWrite', to: 'cursor.rowsWritten < 0) noteWrite' }],
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
    edits: [{ from: 'all.length > 0 && this.held().size > 0', to: 'all.length > 1_000' }],
  },
  {
    what: 'what nobody reads any more is kept for good',
    by: 'session/expiry',
    edits: [{ from: '      prune(tables)\n', to: '      void prune\n' }],
  },
  {
    what: 'which rows there are is believed though one of them has gone',
    by: 'storage/known-reads',
    edits: [{ from: 'if (!/^\\s*UPDATE/i.test(query)) count(known, rowsOf(table))', to: '' }],
  },
  {
    what: 'a turn that was changed is known as it was',
    by: 'storage/known-reads',
    edits: [{ from: '? { ...last, ...changes } : last)', to: '? last : last)' }],
  },
  {
    what: 'a turn that was begun with what was approved has no steps',
    by: 'storage/known-reads',
    edits: [{ from: "const TABLES = ['steps', 'tool_uses']", to: 'const TABLES: string[] = []' }],
  },
  {
    what: 'a turn has no steps since another one has none',
    by: 'storage/known-reads',
    edits: [{ from: 'NO_STEPS)?.value === turn)', to: 'NO_STEPS))' }],
  },
  {
    what: 'a room that never asked for a yes never does',
    by: 'stories/asks-before-it-reaches-out',
    edits: [{ from: "readOnce(sql, ['approvals'], 'any", to: "readOnce(sql, [], 'any" }],
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
