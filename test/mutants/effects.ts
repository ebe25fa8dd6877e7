import type { Mutant } from './mutant.ts'

/** What the crash points notice: an intent, an effect, a row, and their order. */
export const EFFECTS: Mutant[] = [
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
        to: '    if (step.kind === "approved") this.#sql.exec(\n      `INSERT INTO steps',
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
    edits: [{ from: '[body, began, ...earlier].some', to: '[body, ...earlier].some' }],
  },
  {
    what: 'what tells somebody is intended a second time after a crash',
    edits: [{ from: 'if (this.#open()) this.drop()', to: '' }],
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
        from: '(await turn.isStillAsked())) return intendReply(turn, offer)\n',
        to: `(await turn.isStillAsked())) {
          intendReply(turn, offer)
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
    by: 'poison',
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
    edits: [{ from: '&& !isRepeatable(tool)', to: '&& tool === null', within: 'markInterrupted' }],
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
        from: "  await turn.signs.clear()\n  if (isAnswered(row, replies.all)) turn.change(NO_TROUBLE)\n  turn.seal(row.verdict ?? (stands(replies.all) ? 'replied' : 'failed'))",
        to: "  turn.seal(row.verdict ?? 'replied')\n  await turn.signs.clear()",
      },
    ],
  },
  {
    what: 'what was missed is not looked for',
    by: 'finds-missed-deliveries',
    edits: [
      {
        from: 'const missed = messages.filter(',
        to: 'const missed = messages.slice(0, 0).filter(',
      },
    ],
  },
  {
    what: 'a crash is not counted',
    by: 'survives-crash-loops',
    edits: [
      {
        from: 'return turns.change(row, { crashes, deaths, done, doubt: 1, due, ...goesLast })',
        to: 'return turns.change(row, { doubt: 1, due, ...goesLast })',
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
        from: 'if (isOpen || inbox.nextDue() !== null) await this.takeTurnsLater()',
        to: '',
      },
    ],
  },
  {
    what: 'a message that a turn took is not marked',
    by: 'answers-in-the-room',
    edits: [{ from: '  inbox.mark(next.messages, row.id)', to: '' }],
  },
  {
    what: 'what the asker said meanwhile is not marked',
    edits: [{ from: '  inbox.mark(more, row.id)\n', to: '' }],
  },
  {
    what: 'the intent of a compaction is not written before it is asked for',
    by: 'compaction-loses-nothing',
    edits: [
      {
        from: '  const id = compactions.ask(asking, now())\n',
        to: '  const id = 0\n  void asking\n',
      },
    ],
  },
  {
    what: 'a boost that is gone counts as a room that is gone',
    by: 'faults/tidying',
    edits: [{ from: "isBoost(ask) ? 'gone' : 'gone_room'", to: "'gone_room'" }],
  },
  {
    what: 'what is to be tidied is not bounded',
    by: 'faults/tidying',
    edits: [{ from: 'this.#left <= 0 || ', to: '' }],
  },
  {
    what: 'what could not be tidied is forgotten',
    by: 'faults/tidying',
    edits: [{ from: 'if (!done) isRight.delete(turn)', to: '' }],
  },
  {
    what: 'one page unlearns an ability for all rooms',
    by: 'account/abilities',
    edits: [{ from: 'before.room !== room && ', to: '' }],
  },
  {
    what: 'a turn that was given up is not put right later',
    by: 'comes-back',
    edits: [{ from: '{ error, doubt: 3 }', to: '{ error }' }],
  },
  {
    what: 'whoever waits when a turn begins is not told',
    by: 'everyone-who-waits',
    edits: [{ from: "how === 'new' ? this.#signWaiting(runtime, row) : null", to: 'null' }],
  },
  {
    what: 'nobody looks again before somebody is asked for a yes',
    by: 'hears-what-changes',
    edits: [
      {
        from: 'if (isBegun || (await turn.isStillAsked()))\n        return turn.change({ sentence',
        to: 'if (turn)\n        return turn.change({ sentence',
      },
    ],
  },
  {
    what: 'what nobody was asked for is asked for with what is wanted now',
    by: 'hears-what-changes',
    edits: [{ from: '  approval.takeBack()\n', to: '' }],
  },
  {
    what: 'nobody looks again before the first words are posted',
    by: 'hears-what-changes',
    edits: [
      {
        from: "!replying.canAsk() || (await secondLook.take()) === 'as asked'",
        to: '!replying.canAsk() || secondLook !== null',
      },
    ],
  },
  {
    what: 'the newest turns are deleted, by which we judge whether to speak',
    by: 'session/expiry',
    edits: [{ from: '    (turns.last()?.id ?? 0) - NEWEST_KEPT,\n', to: '' }],
  },
  {
    what: 'progress between deaths is not seen',
    by: 'forgives-deaths',
    edits: [
      {
        from: 'deaths: done > row.done ? 1 :',
        to: 'deaths: done < 0 ? 1 :',
      },
    ],
  },
  {
    what: 'a turn is given up after three deaths',
    by: 'survives-crash-loops',
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
        from: '  const { id, sure } = await findPosted(turn, apology)\n',
        to: '  void findPosted\n  const [id, sure] = [null, true]\n',
      },
    ],
  },
  {
    what: 'a sentence in place of refused words is sent again and again where nobody can ask for it',
    by: 'repeats-once-where-nobody-can-ask',
    edits: [
      {
        from: 'if (id !== null || !sure) return takesItsPlace',
        to: 'if (id !== null) return takesItsPlace',
      },
    ],
  },
  {
    what: 'half an answer stays beside the sentence that took its place',
    by: 'gives-way-half-said',
    edits: [{ from: 'if (reply.message !== null) this.outlive(reply)\n      else if', to: 'if' }],
  },
  {
    what: 'a turn that was set aside is not taken up again',
    by: 'waits-out-refusals',
    edits: [
      {
        from: 'earliest(begins, open ? null : turns.nextAside())',
        to: 'earliest(begins, null)',
      },
    ],
  },
  {
    what: 'what was asked a yes for stays when its turn is erased',
    by: 'forgets-for-good',
    edits: [{ from: "SET input = '{}', goes = NULL, state", to: 'SET goes = NULL, state' }],
  },
  {
    what: 'a question that was taken back leaves its words behind',
    edits: [{ from: 'row.reason === TAKEN_BACK ||', to: 'false ||' }],
  },
  {
    what: 'what became of a request is noted as shown before it is',
    by: 'says-what-became',
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
    by: 'says-what-became',
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
    what: 'deaths after progress follow one another until the platform rings no more',
    by: 'forgives-deaths',
    edits: [{ from: 'rest(deaths) || (crashes % MOST_RUNNING ? 0 : BREATH)', to: 'rest(deaths)' }],
  },
  {
    what: 'whoever speaks while a turn rests after deaths waits for it',
    by: 'forgives-deaths',
    edits: [{ from: 'wait >= MINUTE && { aside', to: 'wait < 0 && { aside' }],
  },
]
