import type { Mutant } from './mutant.ts'

/** The model, and whatever stands between it and us. */
export const GATEWAYS: Mutant[] = [
  {
    what: 'what one model does not take is asked of no other',
    by: 'faults/behind-a-gateway',
    edits: [{ from: '(known.model ?? model) === model', to: 'true' }],
  },
  {
    what: 'what is not taken is asked for once more, in the same turn',
    by: 'faults/behind-a-gateway',
    edits: [
      {
        from: '    this.#left = [...this.#left, entry]\n    this.#facts.set(NAME, this.#left)\n',
        to: '    this.#facts.set(NAME, [...this.#left, entry])\n',
      },
    ],
  },
  {
    what: 'a firewall that dislikes what was said before is believed for ever',
    by: 'faults/behind-a-gateway',
    edits: [{ from: "isUnsaid ? leaveOut('operator') : operator", to: 'operator' }],
  },
  {
    what: 'whoever calls a refusal a time-out is believed for ever',
    by: 'faults/behind-a-gateway',
    edits: [{ from: "kind === 'timeout' && status !== null", to: 'false' }],
  },
  {
    what: 'what was refused without a word is not left out by the turn after it',
    by: 'faults/behind-a-gateway',
    edits: [
      {
        from: 'if (error instanceof ModelError && turn.remedies.resume(error.kind)) return\n',
        to: '',
      },
    ],
  },
  {
    what: 'what passes is believed at once, where an earlier turn was answered without a part',
    by: 'faults/behind-a-gateway',
    edits: [
      {
        from: 'error instanceof ModelError && mayBeMemory(error)',
        to: 'error instanceof ModelError',
      },
    ],
  },
  {
    what: 'a room whose session is more than its account may read in a minute waits for ever',
    by: 'faults/behind-a-gateway',
    edits: [{ from: 'asked > Number(most.replaceAll', to: 'asked < 0 && Number(most.replaceAll' }],
  },
  {
    what: 'what an account may not read in a minute is asked for anew each time',
    by: 'faults/behind-a-gateway',
    edits: [{ from: 'if (this.resume(kind)) return true', to: '' }],
  },
  {
    what: 'the first word on a key is the last',
    by: 'faults/refused-again',
    edits: [{ from: 'if (isHearsay && ACCOUNT.has(kind)) return soon', to: '' }],
  },
  {
    what: 'thoughts that are never taken back are sent each time',
    by: 'faults/refused-again',
    edits: [{ from: 'isAgain ? NEVER : Math.max', to: 'Math.max' }],
  },
  {
    what: 'thoughts that were refused once are refused again before they are left out',
    by: 'faults/refused-again',
    edits: [{ from: 'if (!isKnown || !this.#hasThinking()) return false', to: 'return false' }],
  },
  {
    what: 'one declined question makes the bot ask without all that was said before',
    by: 'faults/refused-again',
    edits: [{ from: '(isAgain || this.#tried() !== null) &&', to: '' }],
  },
  {
    what: 'a guardrail that dislikes an old turn is asked with it again and again',
    by: 'faults/refused-again',
    edits: [{ from: '(isAgain || this.#tried() !== null) &&', to: 'this.#tried() !== null &&' }],
  },
  {
    what: 'a count that nobody knows takes the place of one that is known',
    by: 'model/stream',
    edits: [{ from: '(countIn(before) && !countIn(count))', to: 'false' }],
  },
  {
    what: 'half an answer that speaks of errors is taken for one',
    by: 'model/stream',
    edits: [{ from: 'HALF.test(text) ? null', to: 'text === null ? null' }],
  },
  {
    what: 'events without a line between them are none',
    by: 'model/stream',
    edits: [
      { from: 'const told = parsed(data) ?? linesIn(data)', to: 'const told = parsed(data)' },
    ],
  },
  {
    what: 'what a tool is asked is lost where it is counted otherwise',
    by: 'model/stream',
    edits: [{ from: 'if (newest?.awaitsInput) {', to: 'if (newest?.strange) {' }],
  },
  {
    what: 'an empty piece of no tool’s makes an answer none',
    by: 'model/stream',
    edits: [{ from: '      if (!delta.partial_json) return NOTHING\n', to: '' }],
  },
  {
    what: 'an answer that begins anew is behind the half of another',
    by: 'model/stream',
    edits: [{ from: '      this.#beginAnew(id)\n', to: '' }],
  },
  {
    what: 'an answer cut off in the words of another API is whole',
    by: 'model/stream',
    edits: [{ from: "length: 'max_tokens',", to: '' }],
  },
  {
    what: 'who never says why an answer ends is asked for ever',
    by: 'faults/strange',
    edits: [
      {
        from: "if (this.#mayLackReason && this.lacksReason) this.#stop = 'unknown'",
        to: '',
      },
    ],
  },
  {
    what: 'the second name of a tool use is longer than the API takes',
    by: 'faults/strange',
    edits: [{ from: 'id.slice(0, 80)', to: 'id' }],
  },
  {
    what: 'a citation is sent back that the API does not take',
    by: 'model/fit',
    edits: [{ from: '([, value]) => value !== undefined', to: '() => true' }],
  },
  {
    what: 'a result of no search is sent back',
    by: 'model/fit',
    edits: [
      {
        from: "!wordIn(tool_use_id) || typeof content !== 'object'",
        to: "typeof content !== 'object'",
      },
    ],
  },
  {
    what: 'a paper is kept that is larger than a row',
    by: 'looks-at-the-web',
    edits: [{ from: 'return sum > MOST_FOUND', to: 'return sum > Number.MAX_SAFE_INTEGER' }],
  },
  {
    what: 'the beginning of an answer is no sign of life',
    by: 'model/call',
    edits: [{ from: '      heard()\n      hearing.begins', to: '      hearing.begins' }],
  },
  {
    what: 'a bot without tools sends back the use of one',
    by: 'faults/tools-gone',
    edits: [{ from: "block.type === 'tool_use' && names.size === 0", to: 'false' }],
  },
  {
    what: 'what was found is sent back although its tool is gone from the list',
    by: 'prompt/tool-search',
    edits: [{ from: 'return isWhole ? block : { ...block', to: 'return block ?? { ...block' }],
  },
  {
    what: 'a session whose model is gone for good grows for ever',
    by: 'compaction-loses-nothing',
    edits: [
      { from: 'if (newest.model && !isOut) return null', to: 'if (newest.model) return null' },
    ],
  },
  {
    what: 'a model that is out for a moment leaves its session to be told by another',
    by: 'compaction-loses-nothing',
    edits: [{ from: 'if (newest.model && !isOut) return null', to: '' }],
  },
  {
    what: 'a request ends in words of the model, as if they were put into its mouth',
    by: 'turn.test',
    edits: [{ from: 'if (!request.endsInWords) return', to: 'if (request) return' }],
  },
  {
    what: 'half a summary stands for all that was said',
    by: 'compaction-loses-nothing',
    edits: [
      { from: "const isHalf = !isSigned && CUT_SHORT.has(stop ?? '')", to: 'const isHalf = false' },
    ],
  },
  {
    what: 'a compaction that breaks off each time is paid for ever',
    by: 'compaction-loses-nothing',
    edits: [{ from: '>= MOST_PASSING', to: '> 1_000' }],
  },
  {
    what: 'the status of whoever refused first counts for nothing behind that of a gateway',
    by: 'model/gateways',
    edits: [{ from: "&& STATUS.test(code ?? ''))", to: '&& code === null)' }],
  },
]
