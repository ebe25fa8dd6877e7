import type { Mutant } from './mutant.ts'

/** How long Campfire and the model are waited for, and what is believed of what they say meanwhile. */
export const OUTAGES: Mutant[] = [
  {
    what: 'words that are refused again and again are never taken for the fault',
    by: 'waits-out-refusals',
    edits: [
      {
        from: 'isRefusal(error) && !isDecided && mayBeTheWords(refusals)',
        to: 'isRefusal(error) && isDecided && mayBeTheWords(refusals)',
      },
    ],
  },
  {
    what: 'an answer in doubt that gives way to a sentence leaves no doubt behind',
    by: 'found-by-chaos-in-doubt',
    edits: [
      {
        from: 'if (error instanceof CampfireError && error.uncertain) turn.change',
        to: "if (error instanceof CampfireError && error.uncertain && consequence.does === 'retry') turn.change",
      },
    ],
  },
  {
    what: 'the words of an answer that ended early are never taken for the fault',
    by: 'waits-out-refusals',
    edits: [
      { from: 'isDecided: isDecided(row),\n    left', to: 'isDecided: !!row.verdict,\n    left' },
    ],
  },
  {
    what: 'words of the model end a turn as well as a sentence of ours would',
    by: 'reply/ended-early',
    edits: [
      { from: 'return verdict !== null && !WHYS.some', to: 'return verdict !== null || WHYS.some' },
    ],
  },
  {
    what: 'what was said until it was stopped may bring us down for ever',
    by: 'forgives-deaths',
    edits: [
      { from: 'afterCrash(deaths, isDecided(row))', to: 'afterCrash(deaths, !!row.verdict)' },
    ],
  },
  {
    what: 'three refusals within seconds are enough to give up the words of an answer',
    by: 'failure-policy',
    edits: [
      {
        from: 'refusals.count >= 3 && refusals.for >= 2 * MINUTE',
        to: 'refusals.count >= 3',
      },
    ],
  },
  {
    what: 'one refusal is enough to give up the words of an answer, once it is two minutes old',
    by: 'failure-policy',
    edits: [
      {
        from: 'refusals.count >= 3 && refusals.for >= 2 * MINUTE',
        to: 'refusals.for >= 2 * MINUTE',
      },
    ],
  },
  {
    what: 'a last call that died with the process was the last one',
    by: 'time-limit',
    edits: [{ from: "(kind === 'last' && !isLost)", to: "kind === 'last'" }],
  },
  {
    what: 'half an answer that we have removed counts for the whole',
    by: 'no-answer-is-missing-without-a-word',
    edits: [{ from: "(state === 'gone' && isKnown)", to: "state === 'gone'" }],
  },
  {
    what: 'an answer of which nobody knows anything ends without a word',
    by: 'repeats-once-where-nobody-can-ask',
    edits: [
      {
        from: '  tell(turn)\n  return true',
        to: '  if (turn.ref) return false\n  tell(turn)\n  return true',
      },
    ],
  },
  {
    what: 'what is said of an answer in doubt is repeated at once, into the same trouble',
    by: 'repeats-once-where-nobody-can-ask',
    edits: [{ from: '(isLost && isUnknown(replies.all))', to: '(isLost && !replies)' }],
  },
  {
    what: "the first refusal that looks like Campfire's own is believed",
    by: 'waits-out-refusals',
    edits: [{ from: 'now - own >= BELIEVED_AFTER', to: 'now - own >= 0' }],
  },
  {
    what: "the operator is told of refusals that are not Campfire's own",
    by: 'waits-out-refusals',
    edits: [
      { from: 'own: outage.own ?? (error.own ? now : null)', to: 'own: outage.own ?? now' },
      { from: 'return error.own && isRefusal(error)', to: 'return isRefusal(error)' },
    ],
  },
  {
    what: 'where nobody can ask, a message in doubt is sent again and again',
    by: 'repeats-once',
    edits: [
      {
        from: 'if (!(error instanceof CampfireError) || !error.uncertain || isAway) {\n      replies.doubtAgain',
        to: 'if (error) {\n      replies.doubtAgain',
      },
    ],
  },
  {
    what: 'where nobody can ask, each death after it is sent sends it once more',
    by: 'repeats-once',
    edits: [
      {
        from: "  replies.posted(reply, 'doubtful', null)\n  try {\n    const { id } = await transmit(turn, reply)",
        to: "  try {\n    const sent = transmit(turn, reply)\n    const { id } = await sent.finally(() => replies.posted(reply, 'doubtful', null))",
      },
    ],
  },
  {
    what: 'overload is not waited out',
    by: 'failure-policy',
    edits: [{ from: 'const BUSY_FOR = 3 * MINUTE', to: 'const BUSY_FOR = 0 * MINUTE' }],
  },
  {
    what: 'a call that was paid for is made again as long as one that was not',
    by: 'failure-policy',
    edits: [{ from: '(!PASSES.has(kind) || tries.since', to: '(tries.since' }],
  },
  {
    what: 'while somebody looks at the room, Campfire is tried no more often than later',
    by: 'failure-policy',
    edits: [{ from: 'if (since < 5 * MINUTE) return 10_000', to: 'if (since < 0) return 10_000' }],
  },
  {
    what: 'whoever stands before Campfire for a while ends the search for an answer that may stand',
    by: 'faults/list',
    edits: [
      {
        from: 'return !error.isOfPage || turn.row.failures < 3',
        to: 'return turn.row.failures < 3',
      },
    ],
  },
  {
    what: 'a look at the room that is refused says that the words are at fault',
    by: 'faults/list',
    edits: [
      {
        from: 'const ofWords = error.isWordless\n',
        to: 'const ofWords = error.isWordless && !error\n',
      },
    ],
  },
  {
    what: 'whose words are refused waits for a clock that went back',
    by: 'loses-no-time',
    edits: [{ from: 'at === null ? null : Math.min(at, now)', to: 'at' }],
  },
  {
    what: 'where nobody can ask, what is met by a page of somebody else twice ends without a word',
    by: 'repeats-once',
    edits: [
      {
        from: "error.uncertain && error.kind !== 'unreachable'",
        to: "error.uncertain && error.kind === 'broken'",
      },
    ],
  },
  {
    what: 'whoever answers in its place is taken for a Campfire that is there',
    by: 'repeats-once',
    edits: [
      {
        from: 'if (answer.status === 200 || this.#abilities.list === false) read(answer, ask, Listed)',
        to: '',
      },
    ],
  },
  {
    what: 'a gateway that fails at everything is taken for a Campfire with a broken page',
    by: 'waits-out-refusals',
    edits: [
      {
        from: 'mayGuess && this.#abilities.list !== false) return false\n      if (!isGone(error)) throw error',
        to: 'mayGuess) return false',
      },
    ],
  },
  {
    what: 'what fails while every look fails was the one repetition',
    by: 'waits-out-refusals',
    edits: [
      { from: 'const isAway = !isThere && isLikelyUndone(error)', to: 'const isAway = false' },
    ],
  },
  {
    what: 'while every look fails it is sent again and again',
    by: 'faults/list',
    edits: [{ from: 'return !row.outage?.guessed && now()', to: 'return now()' }],
  },
  {
    what: 'a reminder in doubt is sent while every look fails',
    by: 'reminds-people-everywhere',
    edits: [
      {
        from: 'const mayGuess = tables.now() - post.created >= GUESSES_AFTER',
        to: 'const mayGuess = true',
      },
    ],
  },
  {
    what: 'any page proves what this Campfire can do',
    by: 'repeats-once',
    edits: [
      {
        from: 'const said = reading(answer)\n      if (answer.status !== 204) this.#learn(ability, true)',
        to: 'this.#learn(ability, true)\n      const said = reading(answer)',
      },
    ],
  },
  {
    what: 'what will not be removed says that the words are at fault',
    by: 'failure-policy',
    edits: [
      {
        from: "this.isWordless = ask.method === 'GET' || ask.method === 'DELETE'",
        to: "this.isWordless = ask.method === 'GET'",
      },
    ],
  },
  {
    what: 'where nobody can ask, half an answer is all that is said',
    by: 'repeats-once',
    edits: [
      {
        from: 'if (isDecided(row)) return\n',
        to: 'if (isDecided(row) || reply.part > 1) return\n',
      },
    ],
  },
  {
    what: 'the account hears that it cannot be done before it hears that it can',
    by: 'speaks-again',
    edits: [{ from: 'abilities: this.here.news', to: 'abilities: { ...this.here.learned }' }],
  },
  {
    what: 'an answer that may be missing ends without a word where its pages cannot be read',
    by: 'no-answer-is-missing',
    edits: [
      {
        within: 'tellsDoubt',
        from: '  tell(turn)\n  return true',
        to: '  if (turn.canAsk()) return false\n  tell(turn)\n  return true',
      },
    ],
  },
  {
    what: 'a part is looked for behind those that stand after it',
    by: 'no-answer-is-missing',
    edits: [
      {
        from: 'replies.all.filter(({ part }) => part < reply.part)',
        to: 'replies.all',
      },
      // Where its question came long before.
      { from: 'Math.min(cursor, asked ?? cursor)', to: '(asked ? cursor : cursor)' },
    ],
  },
  {
    what: 'looks that are refused for good are waited for, and so is the sentence',
    by: 'no-answer-is-missing',
    edits: [
      {
        from: 'if (!isRefusal(error) && !hasHeard(row.failing_since)) return false',
        to: 'if (isRefusal(error) || !hasHeard(row.failing_since)) return false',
      },
    ],
  },
  {
    what: 'looks that get no answer are waited for, whatever Campfire brings meanwhile',
    by: 'no-answer-is-missing',
    edits: [
      {
        from: 'if (!isRefusal(error) && !hasHeard(row.failing_since)) return false',
        to: 'if (!isRefusal(error)) return false',
      },
    ],
  },
  {
    what: 'a look that gets no answer keeps others waiting, whatever Campfire brings meanwhile',
    by: 'no-answer-is-missing',
    edits: [
      {
        from: 'return isRefusal(error) || (isLook && hasHeard(since))',
        to: 'return isRefusal(error)',
      },
    ],
  },
  {
    what: 'what is said of an answer in doubt has no row of its own',
    edits: [
      { from: '  replies.add({ body: sentence', to: '  if (!now) replies.add({ body: sentence' },
    ],
  },
  {
    what: 'what is said of an answer that may be missing may be missing, too',
    edits: [
      {
        from: "turn.bot.unsure === 'may be missing' && !isDecided(turn.row)",
        to: "turn.bot.unsure === 'may be missing'",
      },
    ],
  },
  {
    what: 'what is said of an answer in doubt is in doubt itself, and that is said again',
    edits: [
      {
        from: "row.kind === 'told' || isDecided(row) || !isUnknown(replies.all)",
        to: "row.kind === 'told' || !isUnknown(replies.all)",
      },
    ],
  },
  {
    what: 'a handler that fails, or takes no turn, is rung again at once',
    by: 'survives-crash-loops',
    edits: [
      {
        from: 'return troubles ? Math.min(1_000 * 2 ** troubles, 5 * MINUTE) : 0',
        to: 'return troubles && 0',
      },
    ],
  },
  {
    what: 'a handler that takes no turn though one is due is no trouble',
    by: 'survives-crash-loops',
    edits: [
      {
        from: 'this.#troubles = handler.hasBegun || !isDue(this.tables) ? 0 : this.#troubles + 1',
        to: 'this.#troubles = 0',
      },
    ],
  },
  {
    what: 'what is too long is taken in as if that were all',
    by: 'says-that-it-is-too-long',
    edits: [{ from: '...(isTooLong && { tooLong: true })', to: '...{}' }],
  },
  {
    what: 'that it must be mentioned from now on is said again and again',
    by: 'speaks-when-asked',
    edits: [{ from: "facts.set(TOLD_TO_MENTION, 'told')", to: '' }],
  },
  {
    what: 'what turns were begun with is kept for ever',
    by: 'deploys-keep-a-turn-going',
    edits: [
      {
        from: "this.#sql.exec('DELETE FROM instructions WHERE id <= ?', id - KEPT)",
        to: 'Object(id - KEPT)',
      },
    ],
  },
]
