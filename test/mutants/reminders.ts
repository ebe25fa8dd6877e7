import type { Mutant } from './mutant.ts'

/** What people are to be reminded of, and what is to be done at a time. */
export const REMINDERS: Mutant[] = [
  {
    what: 'whoever talks to others only is taken for gone',
    by: 'pauses-what-nobody-reads',
    edits: [{ from: '  if (isNews) facts.set(SEEN, Object.fromEntries(seen))\n', to: '' }],
  },
  {
    what: 'a time that somebody names is of the zone of whoever set the reminder',
    by: 'reckons-in-the-askers-zone',
    edits: [{ from: 'at === undefined ? zone : undefined', to: 'at === undefined ? zone : zone' }],
  },
  {
    what: 'a reminder whose words are refused comes to no end that people see',
    by: 'faults/reminders-refused',
    edits: [
      {
        from: 'return mayBe && (canAsk || !error.uncertain)',
        to: 'return mayBe && failures < 0',
      },
    ],
  },
  {
    what: 'a reminder is told without its words where nothing at all is taken',
    by: 'faults/reminders-refused',
    edits: [
      {
        from: 'reminders.posts.change(post, isCertain ? { body } : ',
        to: "reminders.posts.change(post, isCertain ? { state: 'posted' } : ",
      },
    ],
  },
  {
    what: 'a reminder whose room has died is sent again without a look',
    edits: [{ from: 'return !this.#own.has(id)', to: 'return id < 0' }],
  },
  {
    what: 'a reminder is sent again where it may stand',
    by: 'reminds-people.test.ts',
    edits: [
      { from: 'const found = mayStand ? await', to: 'const found = mayStand && false ? await' },
    ],
  },
  {
    what: 'a reminder that comes late stays twice',
    by: 'reminds-people.test.ts',
    edits: [
      {
        from: "const hasDoubt = post.failures > 0 || post.state === 'doubted'",
        to: 'const hasDoubt = false',
      },
    ],
  },
  {
    what: 'a reminder brings its room down for ever',
    by: 'reminds-people.test.ts',
    edits: [{ from: 'const isOver = deaths > MOST_DEATHS', to: 'const isOver = deaths > 1_000' }],
  },
  {
    what: 'nobody is told how many were missed',
    by: 'reminds-people.test.ts',
    edits: [{ from: 'missed: Math.max(0, own.length - 1), next }', to: 'missed: 0, next }' }],
  },
  {
    what: 'what was missed is made up for',
    by: 'reminds-people.test.ts',
    edits: [
      { from: 'next <= now && own.length <= MOST_MISSED', to: 'next <= now && own.length < 1' },
      {
        from: 'if (cron !== null && next !== null && next <= now) next =',
        to: 'if (next === 0) next =',
      },
    ],
  },
  {
    what: 'a reminder waits for whoever is being answered',
    by: 'reminds-people.test.ts',
    edits: [{ from: 'this.#ring(), LOOKS_EVERY)', to: 'this.#ring(), LOOKS_EVERY * 1_000)' }],
  },
  {
    what: 'a clock that ran ahead skips what comes again and again',
    by: 'reminds-people.test.ts',
    edits: [
      {
        from: '  for (const reminder of late) reminders.change(',
        to: '  for (const reminder of late.slice(0, 0)) reminders.change(',
      },
    ],
  },
  {
    what: 'a reminder comes although it was cancelled before it was sent',
    by: 'reminds-people.test.ts',
    edits: [
      {
        from: 'if (isUnwanted(tables, post) && found.sure)',
        to: 'if (isUnwanted(tables, post) && !found.sure)',
      },
    ],
  },
  {
    what: 'a reminder rings whomever its words name',
    by: 'reminds-people.test.ts',
    edits: [
      {
        from: 'const bare = namingOnly(text, new Set(), people.named())',
        to: 'const bare = text\n  void [namingOnly, people]',
      },
    ],
  },
  {
    what: 'nobody is woken for a reminder',
    by: 'reminds-people.test.ts',
    edits: [
      {
        from: 'const due = service.isServed ? reminders.nextDue() : null',
        to: 'const due = service.isServed ? null : reminders.nextDue()',
      },
    ],
  },
  {
    what: 'what is listed comes twice in the night in which the clock goes back',
    by: 'due.test.ts',
    edits: [{ from: "    fixedTimeRule: 'no-wildcard',\n", to: '' }],
  },
  {
    what: 'a day and a time are of where the bot is, and not the asker',
    by: 'does-what-is-due.test.ts',
    edits: [
      { from: 'isNew ? await theirZone(context) : undefined', to: 'isNew ? undefined : undefined' },
    ],
  },
  {
    what: 'anybody changes the reminders of anybody',
    by: 'sets-reminders.test.ts',
    edits: [
      {
        from: "people.roleOf(asker.id) !== 'administrator'",
        to: "people.roleOf(asker.id) === 'bot'",
      },
    ],
  },
  {
    what: 'whoever is claimed to ask has reminders set up',
    by: 'the-flat-shape-opens-nothing.test.ts',
    edits: [{ from: '  if (isClaimed(asker.id)) throw new Error(NOBODY)\n', to: '' }],
  },
  {
    what: 'a room has any number of reminders',
    by: 'sets-reminders.test.ts',
    edits: [{ from: '    if (open.length >= MOST) return MOST\n', to: '' }],
  },
  {
    what: 'a room has any number of tasks',
    by: 'sets-reminders.test.ts',
    edits: [
      {
        from: 'prompts.length >= MOST_PROMPTS ? MOST_PROMPTS : null',
        to: 'prompts.length < 0 ? MOST_PROMPTS : null',
      },
    ],
  },
  {
    what: 'reminders come as often as they like',
    by: 'sets-reminders.test.ts',
    edits: [
      {
        from: 'return isPrompt ? HOUR : 5 * MINUTE',
        to: 'return isPrompt ? 1 : 0',
      },
    ],
  },
  {
    what: 'a task says yes',
    by: 'does-what-is-due.test.ts',
    edits: [
      {
        from: 'file || schedule || dropped ? null : answerOf(delivered)',
        to: 'file || dropped ? null : answerOf(delivered)',
      },
    ],
  },
  {
    what: 'a task takes back what its asker was asked',
    by: 'does-what-is-due.test.ts',
    edits: [
      {
        from: 'const messages = taken.filter(isSaid)',
        to: 'const messages = taken',
      },
    ],
  },
  {
    what: 'a task is a word to us',
    by: 'does-what-is-due.test.ts',
    edits: [{ from: 'said.file || !isSaid(said) ? null', to: 'said.file ? null' }],
  },
  {
    what: 'a task is searched for as if somebody had said it',
    by: 'does-what-is-due.test.ts',
    edits: [{ from: 'if (isSaid(message)) archive.add(', to: 'archive.add(' }],
  },
  {
    what: 'a task is mixed with what its asker says meanwhile',
    by: 'does-what-is-due.test.ts',
    edits: [
      {
        from: "bot.whileWorking !== 'steer' || isScheduled(row)",
        to: "bot.whileWorking !== 'steer'",
      },
    ],
  },
  {
    what: 'a task sets up tasks',
    by: 'does-what-is-due.test.ts',
    edits: [{ from: '  if (asker.isAway) throw new Error(AWAY)\n', to: '' }],
  },
  {
    what: 'a task is done although it was cancelled',
    by: 'does-what-is-due.test.ts',
    edits: [
      {
        from: '  if (isCalledOff(tables, first)) return',
        to: '  if (isCalledOff(tables, first) && bot.name === "") return',
      },
    ],
  },
  {
    what: 'the room reads that there is nothing to tell',
    by: 'does-what-is-due.test.ts',
    edits: [
      {
        from: '      if (hasNothingToTell(turn)) return',
        to: '      if (hasNothingToTell(turn) && turn.row.id < 0) return',
      },
    ],
  },
  {
    what: 'the room sees a task grow that has nothing to tell',
    by: 'does-what-is-due.test.ts',
    edits: [{ from: '!isScheduled(row) && report.abilities()', to: 'report.abilities()' }],
  },
  {
    what: 'a task goes on for somebody who is never here',
    by: 'does-what-is-due.test.ts',
    edits: [
      {
        from: 'if (mayPause && reminder.isPrompt && isAskerGone(tables, reminder)) {',
        to: 'if (reminder.isPrompt && reminder.number < 0) {\n    void isAskerGone',
      },
    ],
  },
  {
    what: 'whoever talks to others alone counts as gone when a rare task is due',
    by: 'pauses-what-nobody-reads',
    edits: [
      { from: '(await lookForAskers(this.#tables, this.#runtime, gone))', to: 'Boolean(gone)' },
    ],
  },
  {
    what: 'whoever is gone is told of once for each task that was due',
    by: 'pauses-what-nobody-reads',
    edits: [{ from: '  if (!theirs.length) return\n  for', to: '  for' }],
  },
  {
    what: 'whoever has us forget is not told that reminders stay',
    by: 'does-what-is-due.test.ts',
    edits: [
      {
        from: 'tables.reminders.open().length ? `',
        to: 'tables.reminders.open().length > 1_000 ? `',
      },
    ],
  },
  {
    what: 'what was cancelled keeps its words',
    by: 'does-what-is-due.test.ts',
    edits: [{ from: "due: null, snoozed: null, text: '' }", to: 'due: null, snoozed: null }' }],
  },
  {
    what: 'where nobody can ask, a reminder is sent again while the database is still locked',
    by: 'reminds-people-everywhere',
    edits: [{ from: 'isBlind ? BLIND_WAIT : 0)\n    posts', to: '0)\n    posts' }],
  },
  {
    what: 'a time that a clock leaps over comes when it likes',
    by: 'clock/due',
    edits: [{ from: 'return shown - Math.floor(ms / 1_000) * 1_000', to: 'return shown - ms' }],
  },
  {
    what: 'an offset is a zone that people may have',
    by: 'sets-reminders',
    edits: [{ from: "words: kind === 'zone' ? zoneIn(value) : value", to: 'words: value' }],
  },
  {
    what: 'a task is given other words by somebody in whose name it is not done',
    by: 'sets-reminders.test.ts',
    edits: [
      {
        from: 'text !== undefined && reminder.asker !== context.asker.id',
        to: 'text !== undefined && reminder.asker < 0',
      },
    ],
  },
  {
    what: 'a reminder is for a bot of ours',
    by: 'sets-reminders.test.ts',
    edits: [{ from: 'filter(({ id }) => !bots.has(id))', to: 'filter(({ id }) => id > 0)' }],
  },
  {
    what: 'a room looks whole where a proxy takes its links out',
    by: 'finds-all-that-was-said.test.ts',
    edits: [{ from: 'return count >= FULL', to: 'return count < 0' }],
  },
]
