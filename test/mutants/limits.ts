import type { Mutant } from './mutant.ts'

/** What may be spent: reserved before, settled after, lent and given back. */
export const LIMITS: Mutant[] = [
  {
    what: 'a room that has told nothing yet asks nobody for its limits',
    by: 'keeps-its-limits.test.ts',
    edits: [{ from: 'await (this.#telling ?? this.#ask())', to: 'await this.#telling' }],
  },
  {
    what: 'a call is made that nothing is reserved for',
    by: 'keeps-its-limits.test.ts',
    edits: [
      {
        from: '  const reserve = paid?.reserve ?? null\n  const { model }',
        to: '  const reserve = null\n  const { model }',
      },
    ],
  },
  {
    what: 'a call under a limit is reserved at a guess of its tokens',
    by: 'worst-case.test.ts',
    edits: [{ from: 'written = bytesOf(rest) -', to: 'written = bytesOf(rest) / 4 -' }],
  },
  {
    what: 'what was counted of another request is taken for this one',
    by: 'worst-case.test.ts',
    edits: [
      { from: 'hashOf(text.slice(0, size)) === hash', to: 'size <= text.length && hash !== 0' },
    ],
  },
  {
    what: 'a lease comes home while a call is still under way on it',
    by: 'ledger.test.ts',
    edits: [{ from: "state === 'closing' && !uses.get(number)?.open", to: "state === 'closing'" }],
  },
  {
    what: 'an answer that comes twice brings a lease back that is over',
    by: 'ledger.test.ts',
    edits: [
      {
        from: 'granted.filter(({ number, payer }) => number > standing(held, payer).seen)',
        to: 'granted',
      },
    ],
  },
  {
    what: 'a lease that the account asks for may still arrive',
    by: 'ledger.test.ts',
    edits: [
      { from: '  return tidied([...held, { ...NEVER, number, payer }])', to: '  return held' },
    ],
  },
  {
    what: 'what was told is counted again when it is settled',
    by: 'ledger.test.ts',
    edits: [{ from: 'Math.max(0, used - lease.used)\n    if (!more)', to: 'used\n    if (!more)' }],
  },
  {
    what: 'what is lent is forgotten when the account starts again',
    by: 'ledger.test.ts',
    edits: [{ from: '    for (const lease of leases) this.#lend(lease, restOf(lease))\n', to: '' }],
  },
  {
    what: 'a lease that is given back stays reserved',
    by: 'ledger.test.ts',
    edits: [{ from: '      this.#lend(lease, -restOf(lease))\n', to: '' }],
  },
  {
    what: 'the number of a lease is given again',
    by: 'ledger.test.ts',
    edits: [{ from: 'this.#next === this.#lentUntil ? null : this.#next', to: 'null' }],
  },
  {
    what: 'a burst is refused because of what is only reserved',
    by: 'burst.test.ts',
    edits: [{ from: "    if (isReserved && !take.isLast) return { does: 'wait' }\n", to: '' }],
  },
  {
    what: 'whoever needs little goes before whoever came first',
    by: 'burst.test.ts',
    edits: [{ from: 'a.take.since - b.take.since', to: 'b.take.since - a.take.since' }],
  },
  {
    what: 'what is left admits a whole call that it does not pay',
    by: 'ledger.test.ts',
    edits: [{ from: 'const need = Math.min(take.need, most)', to: 'const need = take.need' }],
  },
  {
    what: 'a week begins on Sunday',
    by: 'period.test.ts',
    edits: [{ from: 'getUTCDay() + 6) % 7', to: 'getUTCDay() + 7) % 7' }],
  },
  {
    what: 'everybody is told of a limit each time',
    by: 'keeps-its-limits.test.ts',
    edits: [{ from: 'known.some((one) => one.turn === turn)', to: 'true' }],
  },
  {
    what: 'what an answer begins with is taken for all that was written',
    by: 'model/stream-with-odd-counts',
    edits: [
      {
        from: 'inputIn(this.#counts) !== null && this.isCountedToEnd',
        to: 'inputIn(this.#counts) !== null',
      },
    ],
  },
  {
    what: 'a count that is none makes the cost of a call none',
    by: 'model/stream-with-odd-counts',
    edits: [
      {
        from: 'server_tool_use: countsIn(known.server_tool_use)',
        to: "server_tool_use: (known.server_tool_use ?? null) as Usage['server_tool_use']",
      },
    ],
  },
  {
    what: 'a bot that is renamed has no limit any more',
    by: 'keeps-limits-whatever-changes.test.ts',
    edits: [{ from: '    return [...known, ...former]\n', to: '    return known\n' }],
  },
  {
    what: 'half a millionth of a dollar is a limit',
    by: 'refuses-broken-limits',
    edits: [{ from: '(usd) => usd === 0 || usd >= LEAST', to: '() => true' }],
  },
  {
    what: 'what is no list lifts every limit',
    by: 'refuses-broken-limits',
    edits: [{ from: 'return isForm && Object.keys(budgets).length ?', to: 'return isForm ?' }],
  },
  {
    what: 'whoever waits for a limit for long is told nothing',
    by: 'waits-for-its-limit.test.ts',
    edits: [{ from: 'if (!isPaid && turn.budget.waitsForLong)', to: 'if (!turn.row)' }],
  },
  {
    what: 'a lease that nobody uses stays out',
    by: 'waits-for-its-limit.test.ts',
    edits: [{ from: 'askFor(ledger.stale(before))', to: 'askFor([])' }],
  },
  {
    what: 'whoever has heard of a limit hears of it again where a turn has died',
    by: 'keeps-limits-whatever-changes',
    edits: [
      {
        from: 'if (isFirst || hasActed || turn.replies.all.length) {',
        to: 'if (isFirst || hasActed || turn.replies.all.length || turn.row.doubt) {',
      },
    ],
  },
  {
    what: 'of a limit that was raised the operator hears nothing more',
    by: 'knows-what-is-left',
    edits: [{ from: '    for (const limit of limits) this.#untell(limit)\n', to: '' }],
  },
  {
    what: 'the operator hears nothing where what is left pays no answer',
    by: 'knows-what-is-left',
    edits: [
      {
        from: 'one.spent >= one.amount || (isNear && ledger.hasRefused(one))',
        to: 'one.spent >= one.amount',
      },
    ],
  },
  {
    what: 'people hear of a limit again because it was lowered',
    by: 'a-yes-waits-until-it-can-be-paid',
    edits: [{ from: 'amountIn(one) >= limit.amount', to: 'amountIn(one) === limit.amount' }],
  },
  {
    what: 'whoever has said yes is left alone with what was done, where a limit is used up',
    by: 'a-yes-waits-until-it-can-be-paid',
    edits: [
      {
        from: 'hasActed = turn.steps.all.some(',
        to: 'hasActed = !turn.row && turn.steps.all.some(',
      },
    ],
  },
  {
    what: 'what was approved is done where nothing is left to tell of it',
    by: 'a-yes-waits-until-it-can-be-paid',
    edits: [
      { from: 'if (isBegun || (await mayAsk(', to: 'if (isBegun || turn.row || (await mayAsk(' },
    ],
  },
  {
    what: 'what waits for a limit counts as begun when the bot dies',
    by: 'a-yes-waits-until-it-can-be-paid',
    edits: [{ from: '    if (isUnbegun(step)) continue\n', to: '' }],
  },
  {
    what: 'what was approved is begun without a word to the rows',
    edits: [{ from: '    turn.steps.begin(turn.now())\n', to: '' }],
  },
  {
    what: 'a yes counts for all of the conversation, though a stop came before anything was done',
    by: 'a-yes-waits-until-it-can-be-paid',
    edits: [{ from: '  withdrawUnbegun(tables, turn, verdict)\n', to: '' }],
  },
  {
    what: 'a request that had its yes is let go as one that nobody answered',
    by: 'a-yes-waits-until-it-can-be-paid',
    edits: [{ from: 'hadYes: approvals.hadYes(one.turn)', to: 'hadYes: false' }],
  },
  {
    what: 'a yes for which nothing could be done is used up',
    by: 'a-yes-waits-until-it-can-be-paid',
    edits: [{ from: '  if (isPutBack) turn.approval.putBack(approved)\n', to: '' }],
  },
  {
    what: 'a yes counts for nothing behind the word that it has to wait for a limit',
    by: 'a-yes-waits-until-it-can-be-paid',
    edits: [{ from: "turns.error IS 'limit' AND EXISTS", to: "turns.error IS 'none' AND EXISTS" }],
  },
  {
    what: 'a request says that it was approved, and is put back',
    by: 'a-yes-waits-until-it-can-be-paid',
    edits: [{ from: '.filter((one) => !mayBePutBack(tables, runtime, one))', to: '' }],
  },
  {
    what: 'a tool that the search of the API finds later is read for nothing',
    by: 'worst-case.test.ts',
    edits: [{ from: 'hidden.found ? [hidden.found] : []', to: 'hidden.found ? [0] : []' }],
  },
  {
    what: 'what was said before a search is read again for nothing',
    by: 'worst-case.test.ts',
    edits: [{ from: 'price.output + (passes - 1) * dearest', to: 'price.output' }],
  },
  {
    what: 'telling a conversation in short is reserved byte by byte, though it was counted',
    by: 'knows-what-is-left',
    edits: [{ from: 'counted: countedIn(bot.model, past.at(-1)?.steps ?? [])', to: 'counted: []' }],
  },
  {
    what: 'the operator is told that a limit is used up where it is too little to tell a conversation in short',
    by: 'knows-what-is-left',
    edits: [{ from: 'const isFirst = asker === NOBODY ||', to: 'const isFirst =' }],
  },
  {
    what: 'whoever finds a limit reserved to the end is told that it is used up',
    by: 'waits-for-its-limit.test.ts',
    edits: [
      {
        from: 'return refusal(least, { isFirst: true, isReserved: true })',
        to: 'return this.#refuse(take, least)',
      },
    ],
  },
  {
    what: 'what was lent on one day pays for the next',
    by: 'keeps-limits-whatever-changes',
    edits: [
      { from: 'lease.version === version && now < lease.ends', to: 'lease.version === version' },
    ],
  },
  {
    what: 'what the tokenizer of another model counted is taken for the count of this one',
    by: 'turn-budget.test.ts',
    edits: [{ from: 'step.model === model && step.usage !== null', to: 'step.usage !== null' }],
  },
  {
    what: 'the first room is lent all that is left near a limit',
    by: 'budget/lending.test.ts',
    edits: [{ from: 'const SHARE = 1 / 8', to: 'const SHARE = 1' }],
  },
  {
    what: 'what is left near a limit stays out with whoever has it',
    by: 'budget/lending.test.ts',
    edits: [
      { from: 'lease.isBrief && !uses.get(lease.number)?.open', to: 'lease.isBrief && !lease' },
    ],
  },
  {
    what: 'a call is made that leaves no room for an answer, where another was faster',
    by: 'room-budget.test.ts',
    edits: [{ from: 'if (maxTokens < leastTokensOf(prompt)) return null\n', to: '' }],
  },
  {
    what: 'a model that always thinks is asked where nothing is left to answer with',
    by: 'keeps-its-limits.test.ts',
    edits: [{ from: 'Math.min(maxTokens, thinks ? 2_000 : 500)', to: 'Math.min(maxTokens, 500)' }],
  },
  {
    what: 'a nonsense zone is another one, and days begin when they do not',
    by: 'keeps-its-limits.test.ts',
    edits: [
      { from: 'if (!reading.ok || (reading.budgets.length && !timeZone))', to: 'if (!reading.ok)' },
    ],
  },
]
