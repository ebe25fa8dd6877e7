import type { Mutant } from './mutant.ts'

export const AT_ONCE: Mutant[] = [
  {
    what: 'the alarm begins a second time what a message has begun',
    by: 'begins-at-once',
    edits: [
      {
        from: 'if (!this.handler || !this.#work) return await this.#takeTurnsNow()',
        to: 'return await this.#takeTurnsNow()',
      },
    ],
  },
  {
    what: 'what a message has begun sets no alarm, so a death is noticed by nobody',
    by: 'begins-at-once',
    edits: [
      {
        from: 'const armed = this.ctx.storage.setAlarm(due)',
        to: 'const armed = Promise.resolve()',
      },
    ],
  },
  {
    what: 'work that the platform has given up is waited for without end',
    by: 'begins-at-once',
    edits: [{ from: 'vitals.areGone() && resolve(false)', to: 'void vitals' }],
  },
  {
    what: 'each of those who write in the same instant begins work of their own',
    by: 'begins-at-once',
    edits: [{ from: 'if (handler && !this.handler) await', to: 'if (handler) await' }],
  },
  {
    what: 'a message is written down before its asker is looked up, and its turn in a second commit',
    by: 'begins-at-once',
    edits: [
      {
        from: 'if (handler && asker && !hasAsked) await inTime(asker, SOON)',
        to: 'void [asker, inTime, SOON]',
      },
    ],
  },
  {
    what: 'a message waits without end for what its asker wants remembered',
    by: 'begins-at-once',
    edits: [{ from: 'await inTime(asker, SOON)', to: 'await asker' }],
  },
  {
    what: 'a room that is new is listed only when its first message is kept',
    by: 'begins-at-once',
    edits: [
      { from: 'const isFirst = turns.last() === null', to: 'const isFirst = false\n  void turns' },
    ],
  },
  {
    what: 'a room that is new creates its tables before it is listed',
    by: 'begins-at-once',
    edits: [
      {
        from: 'if (isEmpty(storage.sql)) createLater(sql, create)\n  else create()',
        to: 'void [isEmpty, createLater]\n  create()',
      },
    ],
  },
  {
    what: 'whoever was stopped while the room is looked at is asked anew, again and again',
    by: 'stories/asks-before-it-looks',
    edits: [
      { from: 'if (this.#isVoid && !row.verdict)', to: 'if (this.#isVoid)' },
      { from: ' || row.ended !== null || !this.#mayLook())', to: ' || row.ended !== null)' },
    ],
  },
  {
    what: 'a room that is new knows of no limit before it has told of itself',
    by: 'begins-at-once',
    edits: [{ from: 'if (limits) this.learnLimits(limits)', to: 'void limits' }],
  },
  {
    what: 'what the account said of limits long ago is believed',
    by: 'begins-at-once',
    edits: [{ from: 'const isFresh = age >= 0 && age < FRESH', to: 'const isFresh = FRESH > 0' }],
  },
  {
    what: 'a message of any length is begun before it is on disk',
    by: 'begins-at-once',
    edits: [{ from: 'text.length <= MOST_AT_ONCE &&', to: 'text.length >= 0 &&' }],
  },
  {
    what: 'the first words do not wait for the list that was left for later',
    by: 'asks-before-it-looks',
    edits: [{ within: 'take', from: 'await this.#looking', to: 'await null' }],
  },
  {
    what: 'what the list shows of earlier messages is not looked at where it came later',
    by: 'asks-before-it-looks',
    edits: [
      {
        from: 'this.#knowsBefore ? null :',
        to: 'this.#times >= 0 ? null :',
      },
    ],
  },
  {
    what: 'what was said from words that are gone stays',
    by: 'asks-before-it-looks',
    edits: [{ from: 'if (before?.hasLost) this.#unsay()', to: '' }],
  },
  {
    what: 'the room is not listed first though something may have been said in between',
    by: 'asks-before-it-looks',
    edits: [
      {
        from: 'known.size > 0 && Math.max(...known) - since === known.size',
        to: 'known.size > 0',
      },
    ],
  },
  {
    what: 'the room is not listed first though the message has waited',
    by: 'asks-before-it-looks',
    edits: [{ from: 'message.at >= now() - FRESH &&', to: 'message.at >= 0 &&' }],
  },
  {
    what: 'somebody whom nobody has seen before is taken for a person',
    by: 'asks-before-it-looks',
    edits: [{ from: 'people.roleOf(message.author) !== null &&', to: 'people &&' }],
  },
]
