/**
 * The engine with one thought left out. Each must be noticed. An edit names its place by what stands
 * there, wherever that is: it must stand in `src` once, or once within the function or method named.
 */
export interface Mutant {
  what: string
  /** Part of the name of the test file that must notice; where it is not said, the crash points. */
  by?: string
  edits: Edit[]
}

export interface Edit {
  from: string
  to: string
  within?: string
}

export const MUTANTS: Mutant[] = [
  {
    what: 'the intent of a reply is not written before it is sent',
    edits: [
      {
        from: 'else this.#insert({ ...NEW, part, file, body, cursor, began })',
        to: 'else this.all.push({ ...NEW, part, file, body, cursor, began })',
      },
      {
        from: 'this.#change(reply, { state, message })',
        to: `{ this.#sql.exec("INSERT OR IGNORE INTO replies (turn, part, body, state) VALUES (?, ?, '', '')",
          this.#turn, reply.part); this.#change(reply, { state, message }) }`,
      },
    ],
  },
  {
    what: 'the intent of a step is not written before the call',
    edits: [
      {
        from: '    this.#sql.exec(\n      `INSERT INTO steps',
        to: '    if (asking.kind === "approved") this.#sql.exec(\n      `INSERT INTO steps',
      },
      {
        from: '    Object.assign(step, changes)\n',
        to: `    Object.assign(step, changes)
    this.#sql.exec(\`INSERT OR IGNORE INTO steps (turn, number, kind, state, model, notice, asked)
      VALUES (?, ?, ?, ?, ?, ?, ?)\`, this.#turn, step.number, step.kind, step.state, step.model,
      step.notice, step.asked)\n`,
      },
    ],
  },
  {
    what: 'the intents of tool uses are not written',
    edits: [
      {
        from: 'for (const use of step.uses) {\n      this.#sql',
        to: 'for (const use of [] as typeof step.uses) {\n      this.#sql',
      },
    ],
  },
  {
    what: 'the intent of a draft is written after it is sent',
    edits: [
      {
        from: `      const row = replies.begin(begun, cursor(), now())
      const { id } = await campfire.post(begun)`,
        to: `      const { id } = await campfire.post(begun)
      const row = replies.begin(begun, cursor(), now())`,
      },
    ],
  },
  {
    what: 'a reply counts as posted before it is sent',
    edits: [
      {
        from: '  const id = known.id ?? (await send(',
        to: "  turn.replies.posted(reply, 'posted', null)\n  const id = known.id ?? (await send(",
      },
    ],
  },
  {
    what: 'a part that is created short is not filled',
    edits: [
      {
        from: 'return await fill(turn, reply, id)',
        to: "return turn.replies.posted(reply, 'posted', id)",
      },
    ],
  },
  {
    what: 'a part that was created short is not known by its beginning',
    edits: [{ from: '[body, began].some((words)', to: '[body].some((words)' }],
  },
  {
    what: 'what tells somebody is intended a second time after a crash',
    edits: [{ from: 'if (this.#open()) this.drop()', to: '' }],
  },
  {
    what: 'nobody is told who is named only in what came by edit',
    by: 'tells-whom-it-names',
    edits: [
      { from: 'const more = direct ? [] : tellings(', to: 'const more = !direct ? [] : tellings(' },
    ],
  },
  {
    what: 'people are told a second time by what tells others',
    by: 'reply/split',
    edits: [{ from: 'namingOnly(words, new Set(sgids), people)', to: 'words' }],
  },
  {
    what: 'the last edit of a reply is cut short',
    edits: [
      {
        from: 'campfire.edit(id, reply.body)',
        to: 'campfire.edit(id, reply.body.slice(0, -9))',
      },
    ],
  },
  {
    what: 'a turn is sealed before its reply is posted',
    edits: [
      {
        from: '(await turn.isStillAsked())) return intendReply(turn)\n',
        to: `(await turn.isStillAsked())) {
          intendReply(turn)
          turn.seal(row.verdict ?? 'replied')
          return await post(turn)
        }\n`,
      },
    ],
  },
  {
    what: 'what may stand is not looked for',
    edits: [
      {
        from: 'const known = mayHavePosted ? await findPosted(turn, reply) : NEVER_SENT',
        to: 'const known = NEVER_SENT',
      },
    ],
  },
  {
    what: 'a draft that may stand is not looked for',
    edits: [
      {
        from: '  const { id } = await findPosted(turn, draft)\n',
        to: '  const { id } = NEVER_SENT\n',
      },
    ],
  },
  {
    what: 'any message of ours is taken for the reply',
    edits: [{ from: 'isSame(message, { file, body: words }, people)', to: 'true' }],
  },
  {
    what: 'a turn that may have brought us down goes on before its count is on disk',
    edits: [
      {
        from: "if (how !== 'new' || attempts.before(row)) await storage.sync()",
        to: 'await null',
      },
    ],
  },
  {
    what: 'what is unknown after a crash is not made known',
    edits: [
      {
        from: "if (how === 'crashed' || turn.row.failures) markInterrupted(turn)",
        to: '',
      },
    ],
  },
  {
    what: 'a call that was lost costs nothing',
    edits: [
      {
        from: "{ state: 'lost', error: 'lost', content: [] }",
        to: "{ state: 'lost', error: 'lost', content: [], cost: 0 }",
      },
    ],
  },
  {
    what: 'a tool that may not be repeated is repeated',
    edits: [{ from: '&& !repeatable', to: '&& repeatable === null' }],
  },
  {
    what: 'the room is not swept',
    edits: [{ from: 'await sweep(tables, campfire, listed, tidying)', to: '' }],
  },
  {
    what: 'the sweep does not compare what stands with the final text',
    edits: [
      {
        from: 'if (reply.file !== null || isSame(standing, reply)) return',
        to: 'if (reply.file !== null || standing !== null) return',
      },
    ],
  },
  {
    what: 'a sign that would not go is not taken down later',
    edits: [
      {
        from: 'if (!(await takeDown(tables, { campfire, turn, tidying }))) isRight.delete(turn)',
        to: 'void takeDown',
      },
    ],
  },
  {
    what: 'the id of a sign is not kept',
    edits: [
      {
        from: 'boost: taken?.id ?? null }',
        to: 'boost: taken?.id ? null : null }',
      },
    ],
  },
  {
    what: 'signs are taken down after the turn is sealed',
    edits: [
      {
        from: "      await turn.signs.clear()\n      if (isAnswered(row, replies.all)) turn.change(NO_TROUBLE)\n      return turn.seal(row.verdict ?? (stands(replies.all) ? 'replied' : 'failed'))",
        to: "      turn.seal(row.verdict ?? 'replied')\n      return await turn.signs.clear()",
      },
    ],
  },
  {
    what: 'what was missed is not looked for',
    edits: [
      {
        from: 'const missed = messages.filter(',
        to: 'const missed = messages.slice(0, 0).filter(',
      },
    ],
  },
  {
    what: 'a crash is not counted',
    edits: [
      {
        from: 'return turns.change(row, { crashes, deaths, done, doubt: 1, due })',
        to: 'return turns.change(row, { doubt: 1, due })',
      },
    ],
  },
  {
    what: 'no alarm is set at the end of a handler',
    edits: [
      {
        from: '    const due = this.#nextDue()\n    if (due !== null) await this.ctx.storage.setAlarm(due)',
        to: '    this.#nextDue()',
      },
    ],
  },
  {
    what: 'the alarm at the end of a handler is two days late',
    edits: [
      {
        from: '    const due = this.#nextDue()\n    if (due !== null) await this.ctx.storage.setAlarm(due)',
        to: '    const due = this.#nextDue()\n    if (due !== null) await this.ctx.storage.setAlarm(due + 172_800_000)',
      },
    ],
  },
  {
    what: 'an object that starts does not look for open work',
    edits: [
      {
        from: 'if (isOpen || inbox.nextDue() !== null) await this.#takeTurnsLater()',
        to: '',
      },
    ],
  },
  {
    what: 'a message that a turn took is not marked',
    edits: [{ from: '  inbox.mark(next.messages, row.id)', to: '' }],
  },
  {
    what: 'what the asker said meanwhile is not marked',
    edits: [{ from: '  inbox.mark(more, row.id)\n', to: '' }],
  },
  {
    what: 'the intent of a compaction is not written before it is asked for',
    edits: [
      {
        from: '  const id = compactions.ask(asking, now())\n',
        to: '  const id = 0\n  void asking\n',
      },
    ],
  },
  {
    what: 'what was thought is sent behind other words, too',
    by: 'prompt/thinking',
    edits: [
      {
        from: 'prefix === this.prefix && position >= this.#thinkingFrom',
        to: 'position >= this.#thinkingFrom',
      },
    ],
  },
  {
    what: 'what a request was refused with is never left out for good',
    by: 'faults/refused-memory',
    edits: [{ from: "    if (kind !== 'summary') turn.remedies.adopt()\n", to: '' }],
  },
  {
    what: 'memory is let go of before the shorter request has worked',
    by: 'faults/refused-memory',
    edits: [
      {
        from: 'if (remedy) this.#tables.turns.change(this.#row, { remedy })',
        to: `if (remedy) {
          this.#tables.turns.change(this.#row, { remedy })
          this.adopt()
        }`,
      },
    ],
  },
  {
    what: 'memory is let go of for what passed by the next call',
    by: 'faults/refused-memory',
    edits: [
      {
        from: 'if (losesWords(left) && isOnTrial) return this.#keep({ ...left, since })',
        to: '',
      },
    ],
  },
  {
    what: 'what an earlier turn was answered without is found anew each time',
    by: 'faults/refused-memory',
    edits: [
      {
        from: '  if (error instanceof ModelError && mayBeMemory(error) && turn.remedies.resume(error.kind)) return\n',
        to: '',
      },
    ],
  },
  {
    what: 'a gateway names a call as it likes',
    by: 'model/',
    edits: [
      {
        from: "typeof value === 'string' && ID.test(value) ? value : null",
        to: 'value as string | null',
      },
    ],
  },
  {
    what: 'a turn goes on with the instructions of another version',
    by: 'stories/deploys-keep-a-turn-going',
    edits: [{ from: 'if (hash === null || hash === now.hash) return now', to: 'return now' }],
  },
  {
    what: 'the address of a Campfire is taken as it is written',
    by: 'answers-once-for-one-campfire',
    edits: [
      {
        from: 'if (!url || !/^https?:$/.test(url.protocol)) return bare.replace',
        to: 'if (url || !url) return bare.replace',
      },
    ],
  },
  {
    what: 'an object that is not served any more answers what was missed',
    by: 'answers-once-for-one-campfire',
    edits: [
      { from: '  if (!service.isServed) return false\n', to: '' },
      {
        from: 'if (!service.isServed && sweptSince(tables) === null) return null',
        to: 'void service',
      },
    ],
  },
  {
    what: 'what was answered elsewhere is answered again',
    by: 'answers-once-for-one-campfire',
    edits: [
      {
        from: 'const isAnswered = elsewhere.some((post) => mayAnswer(post, message))',
        to: 'const isAnswered = elsewhere.some((post) => mayAnswer(post, message)) && tables.place.bot < 0',
      },
    ],
  },
  {
    what: 'our own answers to others count as answers from elsewhere',
    by: 'answers-once-for-one-campfire',
    edits: [{ from: '!held.has(message.id) &&', to: '' }],
  },
  {
    what: 'a known number is a repeat, whoever it is from and whatever it says',
    by: 'survives-a-restored-campfire',
    edits: [
      {
        from: '    if (Math.abs(row.author) !== Math.abs(author.id)) return false\n',
        to: '',
      },
      {
        from: 'isSoon || isSame',
        to: 'isSoon || isSame || true',
      },
    ],
  },
  {
    what: 'a repeat is known by its words alone',
    by: 'survives-a-restored-campfire',
    edits: [{ from: 'isSoon || isSame', to: 'isSame' }],
  },
  {
    what: 'no epoch ever begins',
    by: 'survives-a-restored-campfire',
    edits: [
      {
        from: 'const isGivenAgain = low.isSure &&',
        to: 'const isGivenAgain = number < 0 && low.isSure &&',
      },
    ],
  },
  {
    what: 'an epoch begins whenever numbers went back',
    by: 'survives-a-restored-campfire',
    edits: [
      {
        from: 'number > low.from && number <= told',
        to: 'number <= told',
      },
    ],
  },
  {
    what: 'the numbers of the flat shape are among those of Campfire',
    by: 'survives-a-restored-campfire',
    edits: [{ from: 'room ? 1 : -1', to: 'room ? 1 : 1' }],
  },
  {
    what: 'the cursor of a reply does not go back with the numbers',
    by: 'survives-a-restored-campfire',
    edits: [
      {
        from: 'const newest = this.#low()?.newest ?? Number.POSITIVE_INFINITY',
        to: 'const newest = Number.POSITIVE_INFINITY',
      },
    ],
  },
  {
    what: 'nobody is ever rested from',
    by: 'two-bots-stop',
    edits: [
      {
        from: 'return rowOf(pace).length >=',
        to: 'return rowOf(pace).length - 1_000 >=',
      },
    ],
  },
  {
    what: 'a direct is no other than a room for how long one goes on',
    by: 'two-bots-stop',
    edits: [{ from: 'direct: 40', to: 'direct: 15' }],
  },
  {
    what: 'that we rest is said, and then not done',
    by: 'two-bots-stop',
    edits: [{ from: 'const REST = 600_000', to: 'const REST = 0' }],
  },
  {
    what: 'whatever a person made of an answer is written over',
    by: 'leaves-what-people-edited',
    edits: [
      {
        from: 'if (!isEarlier(tables, { turn, reply, standing })) return',
        to: 'if (!isEarlier(tables, { turn, reply, standing }) && turn < 0) return',
      },
    ],
  },
  {
    what: 'what a late request put back is left so',
    by: 'leaves-what-people-edited',
    edits: [
      {
        from: 'return isBeginning(standing, { texts, began })',
        to: 'return isBeginning(standing, { texts: [], began: began && texts.join() })',
      },
    ],
  },
  {
    what: 'an answer of ours is taken for a complaint of Campfire',
    by: 'leaves-what-people-edited',
    edits: [{ from: 'return notHeld(tables, late)', to: 'return late' }],
  },
  {
    what: 'a clock that went back is not noticed',
    by: 'loses-no-time',
    edits: [{ from: 'return due > now +', to: 'return due < 0 *' }],
  },
  {
    what: 'messages wait for a clock that went back',
    by: 'loses-no-time',
    edits: [
      {
        from: 'inbox.dueBy(now() + MOST_AHEAD.message, now())',
        to: 'inbox.dueBy(Number.MAX_SAFE_INTEGER, now())',
      },
    ],
  },
  {
    what: 'a bot without a key is looked for every five minutes',
    by: 'loses-no-time',
    edits: [{ from: 'Math.max(away, 5 * MINUTE)', to: 'Math.max(0 * away, 5 * MINUTE)' }],
  },
  {
    what: 'an object that is being moved is asked three times at once',
    by: 'loses-no-time',
    edits: [{ from: 'const PAUSES = [200, 1_000]', to: 'const PAUSES = [0, 0]' }],
  },
  {
    what: 'all that waits is read to the end',
    by: 'tables/room/messages.test',
    edits: [{ from: 'const HEAD = 1_001', to: 'const HEAD = 1_000_000' }],
  },
  {
    what: 'a step without a price counts as free',
    by: 'account.test',
    edits: [
      {
        from: 'hasUnpriced(turn) ? 1 : 0',
        to: 'hasUnpriced(turn) ? 0 : 0',
      },
    ],
  },
  {
    what: 'a boost that is gone counts as a room that is gone',
    edits: [{ from: "isBoost(ask) ? 'gone' : 'gone_room'", to: "'gone_room'" }],
  },
  {
    what: 'what is to be tidied is not bounded',
    edits: [{ from: 'this.#left <= 0 || ', to: '' }],
  },
  {
    what: 'what could not be tidied is forgotten',
    edits: [{ from: 'if (!done) isRight.delete(turn)', to: '' }],
  },
  {
    what: 'one page unlearns an ability for all rooms',
    edits: [{ from: 'before.room !== room && ', to: '' }],
  },
  {
    what: 'a turn that was given up is not put right later',
    edits: [{ from: '{ error, doubt: 3 }', to: '{ error }' }],
  },
  {
    what: 'whoever waits when a turn begins is not told',
    edits: [{ from: "how === 'new' ? this.#signWaiting(runtime, row) : null", to: 'null' }],
  },
  {
    what: 'nobody looks again before the first words are posted',
    edits: [
      {
        from: "!replying.canAsk() || (await secondLook.take()) === 'as asked'",
        to: '!replying.canAsk() || secondLook !== null',
      },
    ],
  },
  {
    what: 'turns that a session still needs are deleted',
    edits: [{ from: '    (turns.last()?.id ?? 0) - NEWEST_KEPT,\n', to: '' }],
  },
  {
    what: 'progress between deaths is not seen',
    edits: [
      {
        from: 'deaths: done > row.done ? 1 :',
        to: 'deaths: done < 0 ? 1 :',
      },
    ],
  },
  {
    what: 'a turn is given up after three deaths',
    edits: [
      {
        from: 'export const MOST_DEATHS = 5',
        to: 'export const MOST_DEATHS = 3',
      },
    ],
  },
  {
    what: 'a death that is counted is counted again after the rest',
    edits: [
      {
        from: "if (how === 'crashed' && row.due === null) recordCrash(",
        to: "if (how === 'crashed') recordCrash(",
      },
    ],
  },
  {
    what: 'the intent of a sentence in place of refused words is written after it is sent',
    edits: [
      {
        from: `  const apology = replies.apologize(sentences.unpostable(reference), turn.cursor())
  try {
    const { id } = await campfire.post(apology.body)`,
        to: `  const words = sentences.unpostable(reference)
  const { id } = await campfire.post(words)
  const apology = replies.apologize(words, turn.cursor())
  try {`,
      },
    ],
  },
  {
    what: 'a sentence in place of refused words is not looked for after a crash',
    edits: [
      {
        from: '  const { id } = await findPosted(turn, apology)\n  if',
        to: '  void findPosted\n  const id = null\n  if',
      },
    ],
  },
  {
    what: 'a turn that was set aside is not taken up again',
    edits: [
      {
        from: 'earliest(begins, open ? null : turns.nextAside())',
        to: 'earliest(begins, null)',
      },
    ],
  },
  {
    what: 'a stored copy beats what stands in the room',
    by: 'answers-what-stands',
    edits: [
      {
        from: 'left >= 0 ? rewordedTo(message, now) : message',
        to: 'left < 0 ? message : message',
      },
    ],
  },
  {
    what: 'an edit gives a yes',
    by: 'answers-what-stands',
    edits: [
      {
        from: 'file ? null : answerOf(delivered)',
        to: 'file || delivered === null ? null : answerOf(text)',
      },
    ],
  },
  {
    what: 'a yes counts that is one no more',
    by: 'answers-what-stands',
    edits: [{ from: 'answer !== null && answer === answerOf(text)', to: 'answer !== null' }],
  },
  {
    what: 'a yes counts that nobody knows when it became one',
    by: 'answers-what-stands',
    edits: [{ from: " && !(found && answer === 'yes')", to: '' }],
  },
  {
    what: 'an edit runs a word',
    by: 'answers-what-stands',
    edits: [
      {
        from: 'const word = wordOf(delivered)',
        to: 'const word = delivered === null ? null : wordOf(text)',
      },
    ],
  },
  {
    what: 'whoever turns to somebody else is answered',
    by: 'answers-what-stands',
    edits: [{ from: 'mentioned: now.mentionsUs()', to: 'mentioned: true' }],
  },
  {
    what: 'the archive keeps what was reworded',
    by: 'answers-what-stands',
    edits: [
      {
        from: '[...edited, ...rewordedOf(kept, view.shown)]',
        to: '[...edited, ...rewordedOf(kept, view.shown)].slice(0, 0)',
      },
    ],
  },
  {
    what: 'a turn that was put down goes on with the words of before',
    by: 'answers-what-stands',
    edits: [
      { from: 'turn.secondLook.isDue) await', to: 'turn.secondLook.isDue && row.id < 0) await' },
    ],
  },
  {
    what: 'what is answered is pointed at again',
    by: 'pointed',
    edits: [{ from: '!isOne || isAnswered(Number(remark.id))', to: '!isOne || isAnswered(0)' }],
  },
  {
    what: 'a model that never says a word is waited for',
    by: 'keeps-its-time',
    edits: [{ from: 'secondLook.signal, time.signal]', to: 'secondLook.signal]' }],
  },
  {
    what: 'the end of its time is forgotten by the next handler',
    by: 'keeps-its-time',
    edits: [{ from: "kind === 'last' || error === OUT_OF_TIME)", to: "kind === 'last')" }],
  },
  {
    what: 'a try is made after the end of its time',
    by: 'keeps-its-time',
    edits: [{ from: 'return wait >= left', to: 'return wait >= Number.POSITIVE_INFINITY' }],
  },
  {
    what: 'there is no time for a last call',
    by: 'keeps-its-time',
    edits: [
      {
        from: "isAtLimit(limits, progress) || turn.time.isShort() ? 'last'",
        to: "isAtLimit(limits, progress) ? 'last'",
      },
    ],
  },
  {
    what: 'a rest after a death lasts beyond the end of its time',
    by: 'keeps-its-time',
    edits: [{ from: 'Math.min(rest, Math.max(0, left', to: 'Math.max(rest, Math.max(0, left' }],
  },
  {
    what: 'what nobody was alive to answer in time is not asked once more',
    by: 'keeps-its-time',
    edits: [{ from: 'this.#ends = isMissed ? now()', to: 'this.#ends = isMissed && !now ? now()' }],
  },
  {
    what: 'the intent of a line about progress is written after it is sent',
    by: 'says-that-it-takes-longer',
    edits: [
      {
        from: `    const note = replies().tell(body, cursor(), now())
    try {
      const { id } = await campfire.post(body)`,
        to: `    try {
      const { id } = await campfire.post(body)
      const note = replies().tell(body, cursor(), now())`,
      },
    ],
  },
  {
    what: 'a line about progress is said again by the next life',
    by: 'says-that-it-takes-longer',
    edits: [
      {
        from: 'return replies().all.length ? null : row.started + AFTER',
        to: "return replies().all.some(({ state }) => state !== 'telling') ? null : row.started + AFTER",
      },
    ],
  },
  {
    what: 'a line about progress counts as an answer',
    by: 'says-that-it-takes-longer',
    edits: [{ from: "state !== 'lost' && !isNote(reply)", to: "state !== 'lost'" }],
  },
  {
    what: 'nobody wakes to say that it takes longer while a try is waited for',
    by: 'says-that-it-takes-longer',
    edits: [{ from: 'Math.min(due, note ?? due)', to: 'Math.max(due, note ?? due)' }],
  },
  {
    what: 'a model is asked too soon, since somebody woke to say that it takes longer',
    by: 'says-that-it-takes-longer',
    edits: [
      {
        from: 'await this.#noteProgress(runtime, held)\n      return false',
        to: 'await this.#noteProgress(runtime, held)',
      },
    ],
  },
  {
    what: 'half an answer stands still when its life has ended',
    by: 'picks-up-half-an-answer',
    edits: [{ from: 'if (this.#isLeft) this.#say', to: 'if (!this.#turn) this.#say' }],
  },
  {
    what: 'half an answer stands still when its call broke off',
    by: 'picks-up-half-an-answer',
    edits: [
      {
        from: 'words && underStatus(words, this.#turn',
        to: 'words && null && underStatus(words, this.#turn',
      },
    ],
  },
  {
    what: 'a word about half an answer is written beside the one that stands',
    by: 'picks-up-half-an-answer',
    edits: [
      {
        from: 'const standing = withoutStatus(html)',
        to: 'const standing = withoutStatus && html',
      },
    ],
  },
  {
    what: 'nobody looks whether a bot that was shut out is back',
    by: 'comes-back',
    edits: [{ from: 'return turns.wasGivenUp() ?', to: 'return turns.wasGivenUp && !turns ?' }],
  },
  {
    what: 'whoever waited without a sign is not called by name',
    by: 'everyone-who-waits',
    edits: [{ from: 'at < free || sign !== null', to: 'at < 0 * free || sign !== null' }],
  },
  {
    what: 'only ten of those who wait are told',
    by: 'everyone-who-waits',
    edits: [{ from: 'const MOST_AT_ONCE = 20', to: 'const MOST_AT_ONCE = 10' }],
  },
  {
    what: 'whoever waits for a question of their own is not told',
    by: 'everyone-who-waits',
    edits: [
      { from: "whileWorking === 'queue' ? null :", to: "whileWorking === 'queue' ? open.asker :" },
    ],
  },
  {
    what: 'whom the flat shape names is that very person',
    by: 'flat-shape-opens-nothing',
    edits: [{ from: 'return -Math.abs(author)', to: 'return author' }],
  },
  {
    what: 'every control word counts in the flat shape',
    by: 'flat-shape-opens-nothing',
    edits: [{ from: "return word === 'help' ? word : null", to: 'return word' }],
  },
  {
    what: 'whoever claims to be the same person says yes to themselves',
    by: 'flat-shape-opens-nothing',
    edits: [
      {
        from: 'return id !== null && !isClaimed(author)',
        to: 'return id !== null && author !== 0',
      },
    ],
  },
  {
    what: 'a request that nobody may grant is asked all the same',
    by: 'flat-shape-opens-nothing',
    edits: [
      { from: 'isClaimed(this.#row.asker) && !this.#asking.bot.approvers.length', to: 'false' },
    ],
  },
  {
    what: 'what was granted once holds for whoever claims to be the same person',
    by: 'flat-shape-opens-nothing',
    edits: [{ from: "need === 'once' && !isClaimed(this.#row.asker)", to: "need === 'once'" }],
  },
  {
    what: 'what is forgotten is read where it still stands',
    by: 'forgotten-stays-forgotten',
    edits: [{ from: 'if (id === null || !all.size) return false', to: 'return false' }],
  },
  {
    what: 'through which message is not kept',
    by: 'forgotten-stays-forgotten',
    edits: [{ from: "if (kind === 'forget') noteForgotten(tables, first)", to: '' }],
  },
  {
    what: 'what is forgotten is read where somebody quotes it',
    by: 'forgotten-stays-forgotten',
    edits: [
      {
        from: 'return author !== null && this.has({ id, author }) ? { ...quote, text: GONE } : quote',
        to: 'return quote',
      },
    ],
  },
  {
    what: 'what was deleted is read where somebody quotes it',
    by: 'forgotten-stays-forgotten',
    edits: [{ from: 'if (this.deleted().includes(id)) return { ...quote, text: GONE }', to: '' }],
  },
  {
    what: 'what was forgotten and comes late is answered',
    by: 'forgotten-stays-forgotten',
    edits: [
      {
        from: '!view?.gone.has(message.id ?? 0) && !forgotten.has(message)',
        to: '!view?.gone.has(message.id ?? 0)',
      },
    ],
  },
  {
    what: 'what was forgotten is answered as missed',
    by: 'forgotten-stays-forgotten',
    edits: [
      {
        from: 'if (forgotten.has({ id: message.id, author: message.author.id })) return false',
        to: '',
      },
    ],
  },
  {
    what: 'tools read what is forgotten',
    by: 'forgets-for-good',
    edits: [
      { from: '({ id, author }) => !forgotten.has({ id, author: author.id })', to: '() => true' },
    ],
  },
  {
    what: 'what was said since a backup was restored is taken for forgotten',
    by: 'forgotten-stays-forgotten',
    edits: [{ from: 'epochOf(through) < epoch ? Math.min(last, from) : last', to: 'last' }],
  },
  {
    what: 'the answers to whoever forgets stay in the archive',
    by: 'forgets-for-good',
    edits: [{ from: "if (answers) this.dropAnswers(answers, 'true')", to: '' }],
  },
  {
    what: 'the answers to everybody go with one who forgets',
    by: 'forgotten-stays-forgotten',
    edits: [{ from: 'candidates.some((id) => meant.has(id))', to: 'true' }],
  },
  {
    what: 'words stay in the index of the archive',
    by: 'forgets-for-good',
    edits: [
      { from: `this.#sql.exec("INSERT INTO archive (archive) VALUES ('optimize')")`, to: '' },
    ],
  },
  {
    what: 'notices of calls that were lost are not erased',
    by: 'forgets-for-good',
    edits: [
      { from: '(content IS NOT NULL OR notice IS NOT NULL) AND', to: 'content IS NOT NULL AND' },
    ],
  },
  {
    what: 'what was asked a yes for stays when its turn is erased',
    edits: [{ from: "SET input = '{}', state", to: 'SET state' }],
  },
  {
    what: 'what waits for a yes can be granted after its turn is erased',
    by: 'forgotten-stays-forgotten',
    edits: [{ from: "iif(state = 'waiting', 'withdrawn', state)", to: 'state' }],
  },
  {
    what: 'half an answer is kept again after it was forgotten',
    by: 'forgotten-stays-forgotten',
    edits: [
      { from: 'replies.breakOff(half, half.body && words)', to: 'replies.breakOff(half, words)' },
    ],
  },
  {
    what: 'a turn under way when its session is reset keeps its words',
    by: 'forgotten-stays-forgotten',
    edits: [{ from: 'row.prompt !== null && session.isErased(row.session)', to: 'false' }],
  },
  {
    what: 'a question that was taken back leaves its words behind',
    edits: [{ from: 'row.reason === TAKEN_BACK ||', to: 'false ||' }],
  },
  {
    what: 'a reset erases nothing',
    by: 'forgets-for-good',
    edits: [{ from: 'eraseAll(tables)', to: '', within: 'resetSession' }],
  },
  {
    what: 'what was said meanwhile outlives its deletion',
    by: 'forgotten-stays-forgotten',
    edits: [{ from: 'changedBy(text, notices)', to: 'changedBy(text, notices.slice(0, 0))' }],
  },
  {
    what: 'what tools have found outlives its deletion',
    by: 'forgets-for-good',
    edits: [{ from: 'changedBy(result, results)', to: 'changedBy(result, results.slice(0, 0))' }],
  },
  {
    what: 'what is deleted while a turn works on it is read on in that turn',
    by: 'forgotten-stays-forgotten',
    edits: [{ from: '!gone.length || row.prompt === null', to: 'row.id || row.prompt === null' }],
  },
  {
    what: 'the answer outlives the question that was deleted',
    by: 'forgets-for-good',
    edits: [
      { from: 'for (const turn of of.turns) session.dropAnswer(turn, NOTICES.deleted)', to: '' },
    ],
  },
  {
    what: 'nobody notices that what was only overheard is deleted',
    by: 'forgets-for-good',
    edits: [{ from: '...shownSince(tables, oldest)', to: '' }],
  },
  {
    what: 'a turn that failed keeps its words for ever, with nothing after it',
    by: 'forgotten-stays-forgotten',
    edits: [{ from: 'isEmpty ? tables.now() : before', to: 'before' }],
  },
  {
    what: 'an answer that lay for a while is posted to what is not asked any more',
    by: 'answers-what-stands',
    edits: [{ from: '!secondLook.isDue || row.doubt', to: 'secondLook.isDue || row.doubt' }],
  },
  {
    what: 'a yes counts before its request stands',
    by: 'consent-has-a-referent',
    edits: [
      {
        from: 'return id !== null && number !== null && id > number',
        to: 'return number !== null',
      },
    ],
  },
  {
    what: 'a yes counts where nobody knows where its request stands',
    by: 'consent-has-a-referent',
    edits: [
      {
        from: 'return known.length === parts.length ? known : []',
        to: 'return known.length === parts.length ? known : [1]',
      },
    ],
  },
  {
    what: 'a message that has grown becomes a request',
    by: 'consent-has-a-referent',
    edits: [{ from: 'isLate || turn.approval.isAsking()', to: 'isLate' }],
  },
  {
    what: 'a yes counts though something else was said since',
    by: 'consent-has-a-referent',
    edits: [{ from: 'return !wasSaid(sql, since)', to: 'return sql === null || since !== null' }],
  },
  {
    what: 'a yes counts though its author was told something else',
    by: 'consent-has-a-referent',
    edits: [{ from: 'askers: [asker, author], turns', to: 'askers: [asker], turns' }],
  },
  {
    what: 'a yes to the newer of two counts for the older as well',
    by: 'consent-has-a-referent',
    edits: [
      {
        from: 'return asked.filter((one) => one.approvers?.includes(approver))',
        to: 'return asked.filter((one) => one.approvers?.includes(-approver))',
      },
      { from: 'const newest = theirs.find(', to: 'const newest = theirs.findLast(' },
    ],
  },
  {
    what: 'a yes counts for a request that its quote does not mean',
    by: 'consent-has-a-referent',
    edits: [{ from: 'return quoted ?? null', to: 'if (quoted) return quoted' }],
  },
  {
    what: 'a yes that quotes counts only while nothing else was said',
    by: 'consent-has-a-referent',
    edits: [
      {
        from: 'return quoted ?? null',
        to: 'return quoted && isNewestSaid(tables, quoted, message) ? quoted : null',
      },
    ],
  },
  {
    what: 'a yes counts for whoever says it',
    by: 'consent-has-a-referent',
    edits: [
      {
        from: 'return asker === author || isNamed',
        to: 'return asker === author || isNamed || true',
      },
    ],
  },
  {
    what: 'a yes without a number counts',
    by: 'consent-has-a-referent',
    edits: [
      {
        from: 'mayAnswer(message) ? requestMeant(tables, bot, message) : null',
        to: 'requestMeant(tables, bot, { ...message, id: message.id ?? 1e9 })',
      },
    ],
  },
  {
    what: 'what its asker says later does not withdraw a request',
    by: 'consent-has-a-referent',
    edits: [
      {
        from: 'number === null || messages.some(({ id }) => id === null || id > number)',
        to: 'number === null || messages.length === 0',
      },
    ],
  },
  {
    what: 'a yes that counts for nothing withdraws',
    by: 'consent-has-a-referent',
    edits: [
      { from: "const isVain = answer?.answer === 'yes' && !isCounted", to: 'const isVain = false' },
    ],
  },
  {
    what: 'a stop does not withdraw what was asked before',
    by: 'consent-has-a-referent',
    edits: [
      {
        from: '({ asker, turn }) => asker === author.id || turn === open.id',
        to: '({ turn }) => turn === open.id',
      },
    ],
  },
  {
    what: 'a reset does not withdraw',
    by: 'says-what-became',
    edits: [
      {
        from: "endSession(tables, 'reset')",
        to: "tables.session.end('reset', tables.now())",
      },
    ],
  },
  {
    what: '`forget` does not withdraw',
    by: 'consent-has-a-referent',
    edits: [
      {
        from: `case 'forget':
      return openRequests(tables)`,
        to: `case 'forget':
      return []`,
      },
      {
        from: "endSession(tables, 'forgotten')",
        to: "tables.session.end('forgotten', tables.now())",
      },
    ],
  },
  {
    what: 'the end of a session does not withdraw',
    by: 'consent-has-a-referent',
    edits: [{ from: "endSession(tables, 'expired')", to: "tables.session.end('expired', now)" }],
  },
  {
    what: 'a request that was deleted can be approved',
    by: 'consent-has-a-referent',
    edits: [{ from: 'if (view) withdrawDeleted(tables, view.gone)', to: '' }],
  },
  {
    what: 'a request of before a restored backup counts',
    by: 'says-what-became',
    edits: [
      {
        from: 'if (!isOver || (epoch > 0 && turn <= restored)) return []',
        to: 'if (!isOver || restored < 0) return []',
      },
      { from: 'if (epoch > 0 && id <= turn) return null', to: 'if (epoch < 0) return null' },
    ],
  },
  {
    what: 'the model is not told that a yes counts for nothing',
    by: 'consent-has-a-referent',
    edits: [
      {
        from: "...(answer?.answer === 'yes' && !answer.request ? [NOTHING_APPROVED] : []),",
        to: '',
      },
    ],
  },
  {
    what: 'what never stood is told as late',
    by: 'says-what-became',
    edits: [
      {
        from: "all.filter(({ turn }) => turns.find(turn)?.state === 'replied')",
        to: "all.filter(({ turn }) => turns.find(turn)?.state !== 'stopped')",
      },
    ],
  },
  {
    what: 'what became of a request is noted as shown before it is',
    edits: [
      {
        from: `    await show(tables, campfire, outcome)
    approvals.showAt(turn, null)`,
        to: `    approvals.showAt(turn, null)
    await show(tables, campfire, outcome)`,
      },
    ],
  },
  {
    what: 'what became of a request is not written down',
    edits: [
      {
        from: `        outcome,
        by,
        now,
`,
        to: `        outcome,
        by,
        by,
`,
      },
    ],
  },
  {
    what: 'what a person made of a request is written over',
    by: 'says-what-became',
    edits: [
      {
        from: "body === '' || isSame(standing, { body, file: null }, campfire.people())",
        to: 'body !== standing.html',
      },
    ],
  },
  {
    what: 'what could not be shown is not tried again',
    by: 'says-what-became',
    edits: [{ from: 'isWorthwhile ? now() + AGAIN : null', to: 'null' }],
  },
]
