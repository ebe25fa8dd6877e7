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
        from: 'else this.#insert({ ...NEW, part, file, body, cursor })',
        to: 'else this.all.push({ ...NEW, part, file, body, cursor })',
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
    what: 'the last edit of a reply is cut short',
    edits: [
      {
        from: 'await campfire.edit(id, reply.body)',
        to: 'await campfire.edit(id, reply.body.slice(0, -9))',
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
    edits: [{ from: 'isSame(message, reply, campfire.people())', to: 'true' }],
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
        from: '    if (row.author !== author.id) return false\n',
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
    edits: [{ from: 'return turn.due > now +', to: 'return turn.due < 0 *' }],
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
        from: "runtime.report.abilities().list === false || (await secondLook.take()) === 'as asked'",
        to: 'runtime.report.abilities().list === false || secondLook !== null',
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
        from: "if (how === 'crashed' && row.due === null) recordCrash(tables, row)",
        to: "if (how === 'crashed') recordCrash(tables, row)",
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
        from: "endSession(this.#tables, 'reset')",
        to: "this.#tables.session.end('reset', this.#tables.now())",
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
