import type { Mutant } from './mutant.ts'

/** What is to be done here, and how it is shown beside the answer. */
export const LISTS: Mutant[] = [
  {
    what: 'a list is posted again after a crash',
    by: 'shows-lists',
    edits: [
      {
        from: 'const isOfThisTurn = list.shown?.turn === context.beside.turn',
        to: 'const isOfThisTurn = false',
      },
      { from: 'Math.abs(now - shown.at) < SHOWN_AGAIN', to: 'Math.abs(now - shown.at) < 0' },
    ],
  },
  {
    what: 'a list is posted again after a crash of half an hour',
    by: 'faults/lists.test.ts',
    edits: [
      {
        from: 'const isOfThisTurn = list.shown?.turn === context.beside.turn',
        to: 'const isOfThisTurn = false',
      },
    ],
  },
  {
    what: 'a list that was sent is not looked for',
    edits: [
      {
        from: 'const found = await this.#look(note)',
        to: 'const found = { id: null, sure: true }',
      },
    ],
  },
  {
    what: 'the file of a list is posted again after a crash',
    edits: [{ from: 'isNote(reply) && reply.file && reply.body === use', to: 'reply === null' }],
  },
  {
    what: 'a list that may stand is sent again where nobody can ask',
    by: 'faults/lists.test.ts',
    edits: [
      {
        from: "    if (!found.sure) return { how: 'unsure', id: null }\n    if (found.id !== null) return { how: 'posted', id: found.id }\n",
        to: '',
      },
    ],
  },
  {
    what: 'a list that is shown rings everybody on it',
    by: 'shows-lists.test.ts',
    edits: [{ from: 'this.#turn.campfire.post(quiet)', to: 'this.#turn.campfire.post(body)' }],
  },
  {
    what: 'a list is written over a later answer that has its number',
    by: 'shows-lists.test.ts',
    edits: [{ from: 'holders([id]).length > 1', to: 'holders([id]).length > 9' }],
  },
  {
    what: 'a list whose number is somebody else’s by now is not shown',
    by: 'shows-lists.test.ts',
    edits: [
      {
        within: 'isOfOthers',
        from: "error.kind === 'forbidden'",
        to: "error.kind === 'forbidden' && !error",
      },
    ],
  },
  {
    what: 'a part of a list is shown in place of the whole',
    by: 'shows-lists.test.ts',
    edits: [
      {
        from: "  return isFiltered(input) ? 'answer' : (input.as",
        to: "  return isFiltered(input) && !input.as ? 'answer' : (input.as",
      },
    ],
  },
  {
    what: 'a list is shown without what was added in the same breath',
    by: 'shows-lists.test.ts',
    edits: [
      {
        from: 'for (const use of uses) await run(turn, use)',
        to: 'await Promise.all(uses.map((use) => run(turn, use)))',
      },
    ],
  },
  {
    what: 'what is done of a list without all its numbers is done anyway',
    by: 'keeps-lists.test.ts',
    edits: [
      {
        from: '  return [...new Set(numbers)].map((number) => {',
        to: '  return [...new Set(numbers)].filter((wanted) => items.some(({ number }) => number === wanted)).map((number) => {',
      },
    ],
  },
  {
    what: 'the number of what was removed is given again',
    by: 'tables/room/lists.test.ts',
    edits: [{ from: 'SET next = next + 1 WHERE id = ?', to: 'SET next = next + 0 WHERE id = ?' }],
  },
  {
    what: 'a full list lets go of what is still to be done',
    by: 'tables/room/lists.test.ts',
    edits: [{ from: 'items.filter(({ done_at }) => done_at !== null)\n', to: 'items\n' }],
  },
  {
    what: 'what was finished in other weeks counts for this one',
    by: 'keeps-lists.test.ts',
    edits: [{ from: 'at >= after && at < before', to: 'at < before' }],
  },
  {
    what: 'the lists of a direct are opened to whoever claims to ask there',
    by: 'the-flat-shape-opens-nothing.test.ts',
    edits: [{ from: 'context.isDirect && isClaimed(context.asker.id)', to: 'false' }],
  },
  {
    what: 'somebody is reminded of what is done',
    by: 'reminds-of-what-is-on-a-list.test.ts',
    edits: [
      { from: '...(isDone ? dropReminders(items, context) : missing(items, context)),', to: '' },
    ],
  },
  {
    what: 'whoever an item was given to is not reminded of it',
    by: 'reminds-of-what-is-on-a-list.test.ts',
    edits: [
      {
        from: 'const reminded = redirect(items, assignee, context)',
        to: 'const reminded: string[] = []',
      },
    ],
  },
  {
    what: 'what makes room on a list for what is moved there goes without a word',
    by: 'lists-keep-their-word',
    edits: [
      {
        from: "      'Moved, and numbered anew there.',\n      ...madeRoom(dropped),",
        to: "      'Moved.',\n",
      },
    ],
  },
  {
    what: 'an item that has other words is told of in the old ones',
    by: 'lists-keep-their-word',
    edits: [
      { from: 'text === null ? [] : reword(item, text, context)', to: 'text === null ? [] : []' },
    ],
  },
  {
    what: 'the whole list is put into the room where one item is asked for',
    by: 'lists-keep-their-word',
    edits: [
      { from: '[assignee, from, until, numbers].some(', to: '[assignee, from, until].some(' },
    ],
  },
  {
    what: 'help shows what is seldom asked for in place of lists',
    by: 'sentences.test.ts',
    edits: [
      {
        from: 'Number(a.isSeldom) - Number(b.isSeldom)',
        to: 'Number(b.isSeldom) - Number(a.isSeldom)',
      },
    ],
  },
  {
    what: 'what is written on a list runs as a formula',
    by: 'shows-lists.test.ts',
    edits: [{ from: 'return forSpreadsheet(', to: 'return String(', within: 'csvOf' }],
  },
]
