/** The engine with one thought left out. Each must be noticed. */
interface Mutant {
  what: string
  edits: { file: string; from: string; to: string }[]
}

export const MUTANTS: Mutant[] = [
  {
    what: 'the intent of a reply is not written before it is sent',
    edits: [
      {
        file: 'room/replies.ts',
        from: 'else this.#insert({ ...NEW, part, file, body, cursor })',
        to: 'else this.all.push({ ...NEW, part, file, body, cursor })',
      },
      {
        file: 'room/replies.ts',
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
        file: 'room/steps.ts',
        from: '    this.#sql.exec(\n      `INSERT INTO steps',
        to: '    if (asking.kind === "approved") this.#sql.exec(\n      `INSERT INTO steps',
      },
      {
        file: 'room/steps.ts',
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
        file: 'room/steps.ts',
        from: 'for (const use of step.uses) {\n      this.#sql',
        to: 'for (const use of [] as typeof step.uses) {\n      this.#sql',
      },
    ],
  },
  {
    what: 'the intent of a draft is written after it is sent',
    edits: [
      {
        file: 'turn/draft.ts',
        from: `      const row = replies.begin(shown, cursor(), now())
      const { id } = await campfire.post(shown)`,
        to: `      const { id } = await campfire.post(shown)
      const row = replies.begin(shown, cursor(), now())`,
      },
    ],
  },
  {
    what: 'a reply counts as posted before it is sent',
    edits: [
      {
        file: 'turn/reply.ts',
        from: '  const id = known.id ?? (await send(',
        to: "  turn.replies.posted(reply, 'posted', null)\n  const id = known.id ?? (await send(",
      },
    ],
  },
  {
    what: 'the last edit of a reply is cut short',
    edits: [
      {
        file: 'turn/reply.ts',
        from: 'await campfire.edit(id, reply.body)',
        to: 'await campfire.edit(id, reply.body.slice(0, -9))',
      },
    ],
  },
  {
    what: 'a turn is sealed before its reply is posted',
    edits: [
      {
        file: 'turn.ts',
        from: '      return intendReply(turn)\n',
        to: "      intendReply(turn)\n      turn.seal(row.verdict ?? 'replied')\n      return await post(turn)\n",
      },
    ],
  },
  {
    what: 'what may stand is not looked for',
    edits: [
      {
        file: 'turn/reply.ts',
        from: 'const known = mayBeThere ? await findPosted(turn, reply) : NEVER_SENT',
        to: 'const known = NEVER_SENT',
      },
    ],
  },
  {
    what: 'a draft that may stand is not looked for',
    edits: [
      {
        file: 'turn/reply.ts',
        from: '  const { id } = await findPosted(turn, draft)\n',
        to: '  const { id } = NEVER_SENT\n',
      },
    ],
  },
  {
    what: 'any message of ours is taken for the reply',
    edits: [
      { file: 'turn/reconcile.ts', from: 'isSame(message, reply, campfire.people())', to: 'true' },
    ],
  },
  {
    what: 'a turn that may have brought us down goes on before its count is on disk',
    edits: [
      {
        file: 'room/work.ts',
        from: "if (how !== 'new' || attempts.before(row)) await storage.sync()",
        to: 'await null',
      },
    ],
  },
  {
    what: 'what is unknown after a crash is not made known',
    edits: [
      {
        file: 'room/open-turn.ts',
        from: "if (how === 'crashed' || row.failures) makeKnown(turn)",
        to: '',
      },
    ],
  },
  {
    what: 'a call that was lost costs nothing',
    edits: [
      {
        file: 'turn/verdict.ts',
        from: "{ state: 'lost', error: 'lost', content: [] }",
        to: "{ state: 'lost', error: 'lost', content: [], cost: 0 }",
      },
    ],
  },
  {
    what: 'a tool that may not be repeated is repeated',
    edits: [{ file: 'turn/verdict.ts', from: '&& !repeatable', to: '&& repeatable === null' }],
  },
  {
    what: 'the room is not swept',
    edits: [{ file: 'room/look.ts', from: 'await sweep(parts, campfire, listed)', to: '' }],
  },
  {
    what: 'the sweep does not compare what stands with the final text',
    edits: [
      {
        file: 'room/sweep.ts',
        from: 'reply.file === null && !isSame(standing, reply)',
        to: 'reply.file === null && standing === null',
      },
    ],
  },
  {
    what: 'a sign that would not go is not taken down later',
    edits: [
      {
        file: 'room/sweep.ts',
        from: 'for (const { turn } of doubtful(parts)) await takeDown(parts, campfire, turn)',
        to: '',
      },
    ],
  },
  {
    what: 'the id of a sign is not kept',
    edits: [
      {
        file: 'turn/signs.ts',
        from: 'boost: taken?.id ?? null }',
        to: 'boost: taken?.id ? null : null }',
      },
    ],
  },
  {
    what: 'signs are taken down after the turn is sealed',
    edits: [
      {
        file: 'turn.ts',
        from: "      await turn.signs.clear()\n      if (isAnswered(row, replies.all)) turn.change(NO_TROUBLE)\n      return turn.seal(row.verdict ?? (stands(replies.all) ? 'replied' : 'failed'))",
        to: "      turn.seal(row.verdict ?? 'replied')\n      return await turn.signs.clear()",
      },
    ],
  },
  {
    what: 'what was missed is not looked for',
    edits: [
      {
        file: 'room/look.ts',
        from: 'const missed = messages.filter(',
        to: 'const missed = messages.slice(0, 0).filter(',
      },
    ],
  },
  {
    what: 'a crash is not counted',
    edits: [
      {
        file: 'room/crash.ts',
        from: 'return turns.change(row, { crashes, doubt: 1 })',
        to: 'return turns.change(row, { doubt: 1 })',
      },
    ],
  },
  {
    what: 'no alarm is set at the end of a handler',
    edits: [
      {
        file: 'room.ts',
        from: '    const due = this.#nextDue()\n    if (due !== null) await this.ctx.storage.setAlarm(due)',
        to: '    this.#nextDue()',
      },
    ],
  },
  {
    what: 'the alarm at the end of a handler is two days late',
    edits: [
      {
        file: 'room.ts',
        from: '    const due = this.#nextDue()\n    if (due !== null) await this.ctx.storage.setAlarm(due)',
        to: '    const due = this.#nextDue()\n    if (due !== null) await this.ctx.storage.setAlarm(due + 172_800_000)',
      },
    ],
  },
  {
    what: 'an object that starts does not look for open work',
    edits: [
      {
        file: 'room.ts',
        from: 'if (turns.open() || inbox.nextDue() !== null) await this.#takeTurnsLater()',
        to: '',
      },
    ],
  },
  {
    what: 'a message that a turn took is not marked',
    edits: [{ file: 'room/begin.ts', from: '  inbox.mark(next.messages, row.id)', to: '' }],
  },
  {
    what: 'what the asker said meanwhile is not marked',
    edits: [{ file: 'room/open-turn.ts', from: '      parts.inbox.mark(more, row.id)\n', to: '' }],
  },
  {
    what: 'the intent of a compaction is not written before it is asked for',
    edits: [
      {
        file: 'room/compact.ts',
        from: '  const id = compactions.ask(asking, now())\n',
        to: '  const id = 0\n  void asking\n',
      },
    ],
  },
  {
    what: 'progress between deaths is not seen',
    edits: [
      {
        file: 'recovery/crash.ts',
        from: 'deaths: done > row.done ? 1 :',
        to: 'deaths: done < 0 ? 1 :',
      },
    ],
  },
  {
    what: 'a turn is given up after three deaths',
    edits: [
      {
        file: 'tables/room/attempts.ts',
        from: 'export const MOST_DEATHS = 5',
        to: 'export const MOST_DEATHS = 3',
      },
    ],
  },
  {
    what: 'a death that is counted is counted again after the rest',
    edits: [
      {
        file: 'room/handler.ts',
        from: "if (how === 'crashed' && row.due === null) recordCrash(tables, row)",
        to: "if (how === 'crashed') recordCrash(tables, row)",
      },
    ],
  },
  {
    what: 'the intent of a sentence in place of refused words is written after it is sent',
    edits: [
      {
        file: 'reply/apologize.ts',
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
        file: 'reply/apologize.ts',
        from: '  const { id } = await findPosted(turn, apology)\n  if',
        to: '  void findPosted\n  const id = null\n  if',
      },
    ],
  },
  {
    what: 'a turn that was set aside is not taken up again',
    edits: [
      {
        file: 'room.ts',
        from: 'earliest(begins, open ? null : turns.nextAside())',
        to: 'earliest(begins, null)',
      },
    ],
  },
]
