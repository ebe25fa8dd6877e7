import type { Mutant } from './mutant.ts'

/** What is read and what is written: edits, names, parts. */
export const WORDS: Mutant[] = [
  {
    what: 'nobody is told who is named only in what came by edit',
    by: 'tells-whom-it-names',
    edits: [
      { from: 'const more = direct ? [] : tellings(', to: 'const more = !direct ? [] : tellings(' },
    ],
  },
  {
    what: 'somebody is told whose name is only the beginning of what is being written',
    by: 'tells-whom-it-names',
    edits: [{ from: 'if (endsInName(this.#text)) return false', to: '' }],
  },
  {
    what: 'people are told a second time by what tells others',
    by: 'reply/split',
    edits: [{ from: 'namingOnly(words, new Set(sgids), people)', to: 'words' }],
  },
  {
    what: 'whatever a person made of an answer is written over',
    by: 'leaves-what-people-edited',
    edits: [
      {
        from: 'isLate(tables, turn.id, standing) ||',
        to: 'turn.id > 0 || isLate(tables, turn.id, standing) ||',
      },
    ],
  },
  {
    what: 'whoever takes the end of an answer away has it put back',
    by: 'leaves-what-people-edited',
    edits: [
      {
        from: 'isNew || !isFinished || (turn.crashes > 0 && turn.doubt !== 2)',
        to: 'isNew || turn.doubt !== 2',
      },
    ],
  },
  {
    what: 'after a death an answer may never be cut, also when it was seen whole since',
    by: 'leaves-what-people-edited',
    edits: [
      {
        from: 'isNew || !isFinished || (turn.crashes > 0 && turn.doubt !== 2)',
        to: 'isNew || !isFinished || turn.crashes > 0',
      },
    ],
  },
  {
    what: 'what an edit said that was given up is not known when it comes late',
    by: 'leaves-what-people-edited',
    edits: [{ from: 'if (!isKnown) new Facts', to: 'if (isKnown) new Facts' }],
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
    edits: [
      {
        from: 'return withoutHeld(late, (ids) => holdersOf(sql, ids)).map(({ id }) => id)',
        to: 'return late.map(({ id }) => id)',
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
        from: 'file || schedule || dropped ? null : answerOf(delivered)',
        to: 'file || schedule || dropped || delivered === null ? null : answerOf(text)',
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
        from: '[...edited, ...rewordedOf(kept, shown)]',
        to: '[...edited, ...rewordedOf(kept, shown)].slice(0, 0)',
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
    what: 'an answer that lay for a while is posted to what is not asked any more',
    by: 'answers-what-stands',
    edits: [{ from: '!secondLook.isDue || row.doubt', to: 'secondLook.isDue || row.doubt' }],
  },
  {
    what: 'a question that was edited again and again may be deleted, and is answered',
    by: 'hears-what-changes',
    edits: [
      {
        from: '!isOver && (this.#hasFailed || this.#times >= MOST_TIMES)',
        to: 'this.#hasFailed || this.#times >= MOST_TIMES',
      },
    ],
  },
  {
    what: 'who has taken a question back reads that it failed',
    by: 'hears-what-changes',
    edits: [
      {
        from: "return verdict === 'failed' && error !== 'limit'",
        to: 'return !verdict && !!error',
      },
    ],
  },
  {
    what: 'a question that is gone is not missed behind all that was said since',
    by: 'hears-what-changes',
    edits: [
      {
        from: 'oldest !== undefined && oldest.id <= first',
        to: 'oldest !== undefined || first < 0',
      },
    ],
  },
  {
    what: 'signs that will not go keep a second answer standing',
    by: 'faults/tidying',
    edits: [
      {
        from: 'await sweep(tables, campfire, listed, tidying)\n  await takeDownLeft(tables, campfire, tidying)',
        to: 'await takeDownLeft(tables, campfire, tidying)\n  await sweep(tables, campfire, listed, tidying)',
      },
    ],
  },
]
