/**
 * facts    what somebody asked to be remembered of themselves, by number: words, where they were told, and
 *          whether they may be used everywhere; `kind` is `fact`, or the one language, zone or style
 * changes  what was asked of us, by the tool use that asked: a second time it changes nothing
 *
 * Migrations are added, never edited, and only add: see room/schema.ts.
 */
export const MIGRATIONS = [
  `CREATE TABLE facts (
     number INTEGER PRIMARY KEY AUTOINCREMENT,
     kind TEXT NOT NULL,
     words TEXT NOT NULL,
     room INTEGER NOT NULL,
     private INTEGER NOT NULL,
     everywhere INTEGER NOT NULL,
     at INTEGER NOT NULL
   );
   CREATE TABLE changes (
     name TEXT PRIMARY KEY,
     result TEXT NOT NULL,
     at INTEGER NOT NULL
   ) WITHOUT ROWID;`,
]
