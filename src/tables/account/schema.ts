/**
 * rooms   the roster: one row for each bot in each room, with what it has told us in sums
 * facts   what this Campfire can do, and when we found out
 *
 * Migrations are added, never edited, and only add: see room/schema.ts. The first one meets tables of
 * its own, from before there was a version.
 */
export const MIGRATIONS = [
  `CREATE TABLE IF NOT EXISTS rooms (
    name TEXT PRIMARY KEY,
    room INTEGER NOT NULL,
    bot INTEGER NOT NULL,
    busy INTEGER NOT NULL,
    waiting INTEGER NOT NULL,
    told INTEGER NOT NULL,
    last_turn INTEGER NOT NULL,
    sums TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;`,
]
