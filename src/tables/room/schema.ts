/**
 * What a room keeps, in the order in which a turn touches it.
 *
 * messages   what was said to the bot, by arrival: the words until a turn takes them, the id and a hash of
 *            the words for ever (a delivery may be repeated at any later time); ids are those of numbers.ts.
 *            `again`: nobody has said it, the turn of that number is tried again
 * turns      one row from taking messages to the end of the reply; `prompt` is what the model reads
 * steps      one model call: the intent (`asked`), then what came of it; numbered within the turn
 * tool_uses  what a step asked for: the intent, then the result; numbered within the step
 * replies    the parts of the answer: the intent with its cursor, then the message id; `prints`: hashes of the words of
 *            one in doubt, since they are forgotten
 * sessions   from which turn on the model remembers, and the summary of what came before
 * people     who was seen in this room: what they are called, their role, and how to mention them
 * approvals  tool uses that wait for somebody's yes: the input as it will be run, once; and what became of
 *            the request, with the intent to say so in its message (`show_at`)
 * said       what was said to and by the bot, and in a room that is indexed what others said (`overheard`): by
 *            the number of the message, searchable, with its author as a word; outlives the session
 * archive    the same, of what has no number, and all of it that older versions kept
 * compactions  summaries of the old part of a session: the intent, then what came of it
 * instructions  the system prompt and tools that turns were begun with: the newest two
 * pins       what is remembered of this room; `always`: said whenever a session starts or is compacted
 * lists      what is to be done here, by the names of the lists; `next`: the number of the next item, since
 *            none is ever given twice; `shown`: the message that showed it last, as a note of some turn
 * list_items  numbered within their list; `place`: the order in which people see them
 * reminders  what somebody is to be told, or what is to be done, and when: once, or by a line of cron
 * reminder_posts  each time that one was due: the intent of its message with its cursor, then the message id
 * files      what people gave: dropped through a link of a turn (`turn`), or fetched by a link in a message;
 *            the newest leaves its row when it is deleted, so that its number is nobody else's. `messages.dropped`:
 *            no words, these files have come; `turns.files`: those that a turn shows to the model;
 *            `turns.made`: those that code has made in it, and what became of them
 * file_chunks  their bytes, a million in a row
 * file_words their text, a page or part in a row, once somebody has searched the room; `file_reads`: how far each was read
 * uploads    those that were handed to the API, once in a session: the intent, then its name there; and when it is
 *            to be deleted there, since it is gone here or its session is over (`next`)
 * forgotten  whose words are forgotten, and through which message, though they still stand in Campfire
 * leases     what the account has lent to this room of a limit, by the account's number; `steps.reserve` and
 *            `compactions.reserve` say what calls have on which of them
 * servers    what other people's servers offer (MCP), as the bot's file names them: asked for again after an hour
 * facts      settings, and what is known of the room (its name, whether it is a direct)
 *
 * Billed writes decide the shapes: a row costs 1, each index entry 1 more. Hence keys within the
 * parent (WITHOUT ROWID) and no index but the one that knows repeats, and one of the few turns in doubt.
 *
 * Migrations are added, never edited: a new Worker may meet rows of any older one. And after a
 * rollback, or while a deployment is under way, an older Worker meets the rows of a newer one. So
 * adding is all that they do: tables, columns that may be null or have a default, and indexes that are
 * not unique. Nothing is dropped, renamed or rewritten. A word in `state` or `kind` that we do not know
 * is a newer Worker's, and no reason to fail:
 *
 * turns.state      put down until `due` if that is later; else cut by a crash, and counted as one
 * turns.kind       `talk` where there is a prompt, else `told`
 * steps            no answer, so not part of what was said: the model is asked (again)
 * tool_uses.state  outcome unknown, if it has no result: it is never run by us
 * files.state      not there, and in nobody's way
 * file_reads.state  nothing of it can be read
 * uploads.state    not handed over; where `next` is known it is deleted there then
 * reminders.state  over, and never to come
 * reminder_posts.state  words that may have been sent
 * replies.state    a draft where it began as one, else final words that may have been sent
 * an end           stays what it is called; nobody but the statistics asks for its name
 */
export const MIGRATIONS = [
  `CREATE TABLE messages (
     arrival INTEGER PRIMARY KEY,
     id INTEGER UNIQUE,
     author INTEGER NOT NULL,
     name TEXT NOT NULL,
     text TEXT,
     file TEXT,
     quote TEXT,
     at INTEGER NOT NULL,
     due INTEGER NOT NULL,
     turn INTEGER
   );
   CREATE TABLE turns (
     id INTEGER PRIMARY KEY,
     session INTEGER NOT NULL,
     kind TEXT NOT NULL,
     state TEXT NOT NULL,
     asker INTEGER NOT NULL,
     asker_name TEXT NOT NULL,
     tier TEXT NOT NULL,
     model TEXT,
     taken_through INTEGER NOT NULL,
     prompt TEXT,
     started INTEGER NOT NULL,
     ended INTEGER,
     due INTEGER,
     crashes INTEGER NOT NULL DEFAULT 0,
     failures INTEGER NOT NULL DEFAULT 0,
     failing_since INTEGER,
     stopped_by TEXT,
     verdict TEXT,
     sentence TEXT,
     error TEXT
   );
   CREATE TABLE steps (
     turn INTEGER NOT NULL,
     number INTEGER NOT NULL,
     kind TEXT NOT NULL,
     state TEXT NOT NULL,
     model TEXT NOT NULL,
     notice TEXT,
     content TEXT,
     stop TEXT,
     unreadable TEXT,
     usage TEXT,
     cost INTEGER,
     error TEXT,
     asked INTEGER NOT NULL,
     ended INTEGER,
     PRIMARY KEY (turn, number)
   ) WITHOUT ROWID;
   CREATE TABLE tool_uses (
     turn INTEGER NOT NULL,
     step INTEGER NOT NULL,
     number INTEGER NOT NULL,
     id TEXT NOT NULL,
     name TEXT NOT NULL,
     state TEXT NOT NULL,
     result TEXT,
     PRIMARY KEY (turn, step, number)
   ) WITHOUT ROWID;
   CREATE TABLE replies (
     turn INTEGER NOT NULL,
     part INTEGER NOT NULL,
     file TEXT,
     body TEXT NOT NULL,
     cursor INTEGER,
     state TEXT NOT NULL,
     message INTEGER,
     PRIMARY KEY (turn, part)
   ) WITHOUT ROWID;
   CREATE TABLE sessions (
     id INTEGER PRIMARY KEY,
     started INTEGER NOT NULL,
     from_turn INTEGER NOT NULL,
     summary TEXT,
     ended INTEGER,
     ending TEXT
   );
   CREATE VIRTUAL TABLE archive USING fts5(
     words,
     text UNINDEXED,
     message UNINDEXED,
     author UNINDEXED,
     name UNINDEXED,
     at UNINDEXED,
     tokenize = 'porter unicode61 remove_diacritics 2'
   );
   CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;`,

  `ALTER TABLE messages ADD COLUMN mentions INTEGER NOT NULL DEFAULT 1;
   ALTER TABLE messages ADD COLUMN sign INTEGER;
   ALTER TABLE turns ADD COLUMN reason TEXT;
   ALTER TABLE turns ADD COLUMN signs TEXT;
   ALTER TABLE replies ADD COLUMN created INTEGER;
   CREATE TABLE people (
     id INTEGER PRIMARY KEY,
     name TEXT NOT NULL,
     role TEXT,
     sgid TEXT
   );
   CREATE TABLE approvals (
     id INTEGER PRIMARY KEY,
     turn INTEGER NOT NULL,
     asker INTEGER NOT NULL,
     tool TEXT NOT NULL,
     input TEXT NOT NULL,
     state TEXT NOT NULL,
     asked INTEGER NOT NULL
   );`,

  `ALTER TABLE turns ADD COLUMN doubt INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE replies ADD COLUMN began TEXT;`,

  `CREATE TABLE compactions (
     id INTEGER PRIMARY KEY,
     session INTEGER NOT NULL,
     kind TEXT NOT NULL,
     state TEXT NOT NULL,
     model TEXT NOT NULL,
     from_turn INTEGER NOT NULL,
     stubs_before INTEGER NOT NULL,
     block TEXT,
     summary TEXT,
     usage TEXT,
     cost INTEGER,
     error TEXT,
     asked INTEGER NOT NULL,
     ended INTEGER
   );
   CREATE TABLE pins (
     id INTEGER PRIMARY KEY,
     author INTEGER NOT NULL,
     fact TEXT NOT NULL,
     at INTEGER NOT NULL
   );
   ALTER TABLE sessions ADD COLUMN compaction INTEGER;
   ALTER TABLE sessions ADD COLUMN pins TEXT;`,

  // Few turns are ever in doubt, and each look asks for them: an entry for these alone.
  'CREATE INDEX turns_in_doubt ON turns (id) WHERE doubt > 0;',

  `CREATE TABLE instructions (
     id INTEGER PRIMARY KEY,
     hash TEXT NOT NULL,
     system TEXT NOT NULL,
     tools TEXT NOT NULL
   );
   ALTER TABLE turns ADD COLUMN instructions TEXT;
   ALTER TABLE turns ADD COLUMN remedy TEXT;
   ALTER TABLE turns ADD COLUMN left_out INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE steps ADD COLUMN prefix INTEGER;
   ALTER TABLE steps ADD COLUMN request TEXT;
   ALTER TABLE sessions ADD COLUMN thinking_from INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE sessions ADD COLUMN pins_before INTEGER;`,

  'ALTER TABLE messages ADD COLUMN hash INTEGER;',

  'ALTER TABLE messages ADD COLUMN too_long INTEGER NOT NULL DEFAULT 0;',

  `ALTER TABLE turns ADD COLUMN deaths INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE turns ADD COLUMN done INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE turns ADD COLUMN outage TEXT;
   ALTER TABLE turns ADD COLUMN aside INTEGER NOT NULL DEFAULT 0;
   CREATE INDEX turns_aside ON turns (id) WHERE aside > 0;`,

  `ALTER TABLE approvals ADD COLUMN approvers TEXT;
   ALTER TABLE approvals ADD COLUMN answered_by INTEGER;
   ALTER TABLE approvals ADD COLUMN show_at INTEGER;`,

  'CREATE TABLE forgotten (author INTEGER PRIMARY KEY, through INTEGER NOT NULL);',

  // What was pinned before was said always, and stays so.
  `ALTER TABLE pins ADD COLUMN always INTEGER NOT NULL DEFAULT 1;
   ALTER TABLE pins ADD COLUMN message INTEGER;`,

  `CREATE TABLE lists (
     id INTEGER PRIMARY KEY,
     name TEXT NOT NULL,
     next INTEGER NOT NULL DEFAULT 1,
     shown TEXT
   );
   CREATE TABLE list_items (
     list INTEGER NOT NULL,
     number INTEGER NOT NULL,
     place REAL NOT NULL,
     text TEXT NOT NULL,
     notes TEXT,
     assignee INTEGER,
     due TEXT,
     author INTEGER NOT NULL,
     at INTEGER NOT NULL,
     message INTEGER,
     done_by INTEGER,
     done_at INTEGER,
     PRIMARY KEY (list, number)
   ) WITHOUT ROWID;`,

  // What a receipt tells, beside what was there: in rows that are written anyway.
  `ALTER TABLE turns ADD COLUMN worker TEXT;
   ALTER TABLE turns ADD COLUMN bot TEXT;
   ALTER TABLE turns ADD COLUMN edits INTEGER;
   ALTER TABLE steps ADD COLUMN diagnostics TEXT;
   ALTER TABLE tool_uses ADD COLUMN ended INTEGER;
   ALTER TABLE compactions ADD COLUMN turn INTEGER;`,

  // Few are ever to come, and each look asks when: an entry for these alone.
  `CREATE TABLE reminders (
     id INTEGER PRIMARY KEY,
     asker INTEGER NOT NULL,
     whom INTEGER,
     text TEXT NOT NULL,
     prompt INTEGER NOT NULL DEFAULT 0,
     cron TEXT,
     zone TEXT NOT NULL,
     language TEXT NOT NULL,
     state TEXT NOT NULL,
     due INTEGER,
     snoozed INTEGER,
     next INTEGER,
     fired INTEGER,
     missed INTEGER NOT NULL DEFAULT 0,
     at INTEGER NOT NULL,
     message INTEGER
   );
   CREATE INDEX reminders_next ON reminders (next) WHERE next IS NOT NULL;
   CREATE TABLE reminder_posts (
     id INTEGER PRIMARY KEY,
     reminder INTEGER NOT NULL,
     kind TEXT NOT NULL,
     due INTEGER NOT NULL,
     missed INTEGER NOT NULL DEFAULT 0,
     body TEXT NOT NULL,
     sent TEXT,
     cursor INTEGER,
     state TEXT NOT NULL,
     message INTEGER,
     created INTEGER NOT NULL,
     next INTEGER,
     failures INTEGER NOT NULL DEFAULT 0,
     deaths INTEGER NOT NULL DEFAULT 0
   );
   CREATE INDEX reminder_posts_next ON reminder_posts (next) WHERE next IS NOT NULL;
   ALTER TABLE messages ADD COLUMN schedule INTEGER;`,

  'ALTER TABLE list_items ADD COLUMN reminder INTEGER;',

  `CREATE TABLE leases (
     number INTEGER PRIMARY KEY,
     payer TEXT NOT NULL,
     amount INTEGER NOT NULL,
     version TEXT NOT NULL,
     ends INTEGER NOT NULL,
     brief INTEGER NOT NULL,
     state TEXT NOT NULL,
     from_turn INTEGER NOT NULL,
     from_compaction INTEGER NOT NULL
   );
   ALTER TABLE steps ADD COLUMN reserve TEXT;
   ALTER TABLE compactions ADD COLUMN reserve TEXT;`,

  // The rowid is the message's number, as it is stored in `messages`.
  `CREATE VIRTUAL TABLE said USING fts5(
     words,
     who,
     text UNINDEXED,
     author UNINDEXED,
     name UNINDEXED,
     at UNINDEXED,
     overheard UNINDEXED,
     tokenize = 'porter unicode61 remove_diacritics 2'
   );`,

  // The version of the bot that an operator had saved, by which it was begun and goes until it ends.
  'ALTER TABLE turns ADD COLUMN bot_version INTEGER;',

  // A turn that an operator has tried again: few ever are, so an entry for these alone.
  `ALTER TABLE messages ADD COLUMN again INTEGER;
   CREATE INDEX messages_again ON messages (again) WHERE again IS NOT NULL;`,

  `CREATE TABLE servers (
     name TEXT PRIMARY KEY,
     entry TEXT NOT NULL,
     offered TEXT NOT NULL,
     prior TEXT,
     listed INTEGER,
     tried INTEGER
   ) WITHOUT ROWID;`,
  // A chunk's number says of which file it is: see files/chunks.ts.
  `CREATE TABLE files (
     number INTEGER PRIMARY KEY,
     name TEXT NOT NULL,
     kind TEXT NOT NULL,
     what TEXT,
     bytes INTEGER NOT NULL,
     sha256 TEXT,
     width INTEGER,
     height INTEGER,
     pages INTEGER,
     author INTEGER NOT NULL,
     origin TEXT NOT NULL,
     at INTEGER NOT NULL,
     message INTEGER,
     turn INTEGER,
     state TEXT NOT NULL
   );
   CREATE TABLE file_chunks (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
   ALTER TABLE messages ADD COLUMN dropped TEXT;
   ALTER TABLE turns ADD COLUMN files TEXT;`,

  // The turn in which a session first read what comes from outside of the room: from then on it reaches out only after a yes.
  'ALTER TABLE sessions ADD COLUMN tainted INTEGER;',

  // What would be gone by what is asked for, as the request says; and tasks that were set up by a session that had read
  // from outside, which their own turn is to know.
  `ALTER TABLE approvals ADD COLUMN goes TEXT;
   ALTER TABLE reminders ADD COLUMN tainted INTEGER;`,

  'ALTER TABLE turns ADD COLUMN made TEXT;',

  // Few are ever to be deleted there, and each look asks when: an entry for these alone.
  `CREATE TABLE uploads (
     file INTEGER NOT NULL,
     session INTEGER NOT NULL,
     turn INTEGER NOT NULL,
     state TEXT NOT NULL,
     id TEXT,
     until INTEGER,
     next INTEGER,
     tries INTEGER NOT NULL DEFAULT 0,
     PRIMARY KEY (file, session)
   ) WITHOUT ROWID;
   CREATE INDEX uploads_next ON uploads (next) WHERE next IS NOT NULL;`,

  // The number of a piece says of which file it is: see files/words.ts.
  `CREATE VIRTUAL TABLE file_words USING fts5(
     words,
     text UNINDEXED,
     tokenize = 'porter unicode61 remove_diacritics 2'
   );
   CREATE TABLE file_reads (file INTEGER PRIMARY KEY, state TEXT NOT NULL, through INTEGER NOT NULL);`,

  // What the API calls the call, as in `steps`.
  'ALTER TABLE compactions ADD COLUMN request TEXT;',

  // Words that are forgotten while nobody knows whether they stand twice.
  'ALTER TABLE replies ADD COLUMN prints TEXT;',
]
