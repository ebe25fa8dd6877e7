import type { Mutant } from './mutant.ts'

/** What is posted: its intent, what may stand already, and what is swept away. */
export const REPLIES: Mutant[] = [
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
    what: 'the same words of an earlier answer are taken for those that are looked for',
    by: 'found-by-chaos-in-doubt',
    edits: [{ from: 'leftBy(replies.standBefore(), free)', to: 'leftBy([], free)' }],
  },
  {
    what: 'a later answer is swept before an earlier one has its place',
    by: 'found-by-chaos-in-doubt',
    edits: [
      {
        from: '      places.set(reply, standing)\n      ownOf.placed(standing)\n',
        to: '      places.set(reply, standing)\n',
      },
    ],
  },
  {
    what: 'an answer whose words are forgotten is anybody’s',
    by: 'found-by-chaos-in-doubt',
    edits: [
      {
        from: 'if (isForgotten) return ended === null || listed.at <= ended + CLOCKS_APART',
        to: 'if (isForgotten) return ended === null',
      },
    ],
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
    what: 'what became of a request is noted as shown before it is',
    by: 'says-what-became',
    edits: [
      {
        from: `    await show(tables, campfire, outcome)
    approvals.outcomes.showAt(turn, null)`,
        to: `    approvals.outcomes.showAt(turn, null)
    await show(tables, campfire, outcome)`,
      },
    ],
  },
  {
    what: 'what became of a request is not written down',
    by: 'says-what-became',
    edits: [
      {
        from: `      outcome,
      by,
      now,
`,
        to: `      outcome,
      by,
      by,
`,
      },
    ],
  },
]
