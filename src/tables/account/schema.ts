/**
 * rooms   the roster: one row for each bot in each room, with what it has told us in sums
 * facts   what this Campfire can do, and when we found out; limits that an operator has set
 * days    what was spent on a day by whom, where, with which bot and model; 0 where nobody had asked
 * leases  what is lent to rooms of limits, by number, and what they have told of it
 * buckets  what was spent of one limit in one period
 * refused  who was told that a limit is used up
 * outcomes  how many turns ended how on a day
 * acts    what an operator did, and what came of it, the newest thousand
 * visitors  networks from which wrong tokens came, and what tells those apart; blocks of networks where they are many
 * signed_out  sign-ins that were ended before their time
 * people  who has asked a bot for something, and what they are called; they come from what rooms tell
 * troubles  turns that failed or were set aside, the newest thousand
 * bot_versions  what an operator has made of a bot, numbered for each; `rooms.told_version`: the one that a room
 *         is known to go by, with its bot's name
 * sign_ins  at which server of other people an operator has signed in for a bot; sealed, see account/sealed.ts
 * sign_ins_begun  sign-ins that nobody has come back from yet
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

  `CREATE TABLE days (
    day TEXT NOT NULL,
    bot INTEGER NOT NULL,
    room INTEGER NOT NULL,
    person INTEGER NOT NULL,
    model TEXT NOT NULL,
    turns INTEGER NOT NULL,
    calls INTEGER NOT NULL,
    unpriced INTEGER NOT NULL,
    cost INTEGER NOT NULL,
    input INTEGER NOT NULL,
    cached INTEGER NOT NULL,
    written INTEGER NOT NULL,
    output INTEGER NOT NULL,
    PRIMARY KEY (day, bot, room, person, model)
  ) WITHOUT ROWID;
  ALTER TABLE rooms ADD COLUMN open TEXT;`,
  `CREATE TABLE leases (
    number INTEGER PRIMARY KEY,
    holder TEXT NOT NULL,
    payer TEXT NOT NULL,
    amount INTEGER NOT NULL,
    used INTEGER NOT NULL,
    buckets TEXT NOT NULL,
    version TEXT NOT NULL,
    heard INTEGER NOT NULL
  );
  CREATE TABLE buckets (
    id TEXT PRIMARY KEY,
    spent INTEGER NOT NULL,
    excess INTEGER NOT NULL,
    ends INTEGER NOT NULL,
    told INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE refused (key TEXT PRIMARY KEY, turn TEXT NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID;
  ALTER TABLE rooms ADD COLUMN limits TEXT;`,
  `CREATE TABLE outcomes (
    day TEXT NOT NULL,
    state TEXT NOT NULL,
    turns INTEGER NOT NULL,
    PRIMARY KEY (day, state)
  ) WITHOUT ROWID;
  CREATE TABLE acts (
    number INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL,
    about TEXT NOT NULL
  );
  CREATE TABLE visitors (address TEXT PRIMARY KEY, misses INTEGER NOT NULL, until INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE signed_out (nonce TEXT PRIMARY KEY, until INTEGER NOT NULL) WITHOUT ROWID;`,
  // What a room is called, and how it stands: whether its bot is out of it, and what no delivery brought.
  `ALTER TABLE rooms ADD COLUMN title TEXT;
  ALTER TABLE rooms ADD COLUMN direct INTEGER;
  ALTER TABLE rooms ADD COLUMN health TEXT;
  CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
  CREATE TABLE troubles (
    number INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    name TEXT NOT NULL,
    turn INTEGER NOT NULL,
    state TEXT NOT NULL
  );`,
  `CREATE TABLE bot_versions (
    bot TEXT NOT NULL,
    number INTEGER NOT NULL,
    words TEXT,
    file TEXT NOT NULL,
    who TEXT NOT NULL,
    at INTEGER NOT NULL,
    again INTEGER,
    PRIMARY KEY (bot, number)
  ) WITHOUT ROWID;
  ALTER TABLE rooms ADD COLUMN told_version TEXT;`,
  `ALTER TABLE visitors ADD COLUMN guesses TEXT;`,
  // What an older Worker writes down is over by then.
  `ALTER TABLE acts ADD COLUMN outcome TEXT DEFAULT 'done';`,
  `CREATE TABLE sign_ins (
    bot TEXT NOT NULL,
    server TEXT NOT NULL,
    url TEXT NOT NULL,
    kept BLOB NOT NULL,
    state TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (bot, server)
  ) WITHOUT ROWID;
  CREATE TABLE sign_ins_begun (
    state TEXT PRIMARY KEY,
    bot TEXT NOT NULL,
    server TEXT NOT NULL,
    url TEXT NOT NULL,
    kept BLOB NOT NULL,
    at INTEGER NOT NULL
  ) WITHOUT ROWID;`,
]
