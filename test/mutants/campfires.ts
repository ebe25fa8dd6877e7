import type { Mutant } from './mutant.ts'

/** Which Campfire it is, and who else speaks there. */
export const CAMPFIRES: Mutant[] = [
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
    what: 'an answer of ours that a turn has still to find counts as one from elsewhere',
    by: 'answers-once-for-one-campfire',
    edits: [
      {
        from: 'const unplaced = [...doubtful(tables).flatMap(({ known }) => known), ...open]',
        to: 'const unplaced = [...doubtful(tables).flatMap(({ known }) => known), ...open.slice(open.length)]',
      },
    ],
  },
  {
    what: 'our own answers to others count as answers from elsewhere',
    by: 'answers-once-for-one-campfire',
    edits: [{ from: '!held.has(message.id) && !ours', to: '!ours' }],
  },
  {
    what: 'a known number is a repeat, whoever it is from and whatever it says',
    by: 'survives-a-restored-campfire',
    edits: [
      {
        from: '    if (Math.abs(row.author) !== Math.abs(author.id)) return false\n',
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
    what: 'what an answer that stands twice has is looked for behind a number of before a backup was restored',
    by: 'survives-a-restored-campfire',
    edits: [{ from: 'wentBack: isOfBefore || this.wentBack() }', to: 'wentBack: false }' }],
  },
  {
    what: 'the number that an answer had before a backup was restored is its own for ever',
    by: 'survives-a-restored-campfire',
    edits: [
      { from: 'if (!standing || !since.wentBack) return', to: 'if (!standing || since) return' },
      {
        from: '(!isOfBefore(turn) || ownOf.under(message, { turn }))',
        to: '(!isOfBefore(turn) || message > 0)',
      },
    ],
  },
  {
    what: 'an answer whose number was lost is looked for behind the newest number alone',
    by: 'survives-a-restored-campfire',
    edits: [
      {
        from: 'Math.min(cursor, asked ?? cursor)',
        to: 'Math.min(cursor, asked ? cursor : cursor)',
      },
    ],
  },
  {
    what: 'an answer is not known any more once a person has edited it',
    by: 'leaves-what-people-edited',
    edits: [{ from: 'const isMostly = same >=', to: 'const isMostly = same >= 9 * ' }],
  },
  {
    what: 'an answer with another number is taken for the one that was lost',
    by: 'leaves-what-people-edited',
    edits: [{ from: 'isMostly && !added.some(', to: 'isMostly && added.some(' }],
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
    by: 'knows-a-number-that-comes-again',
    edits: [
      {
        from: 'number > low.from && number <= told',
        to: 'number <= told',
      },
    ],
  },
  {
    what: 'the numbers of the flat shape are among those of Campfire',
    by: 'knows-a-number-that-comes-again',
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
    what: 'what was lost before a backup came back is taken for heard',
    by: 'survives-a-restored-campfire',
    edits: [{ from: 'at ?? tables.numbers.era().since', to: 'tables.numbers.era().since' }],
  },
  {
    what: 'after a backup came back no more than the newest page is looked at',
    by: 'survives-a-restored-campfire',
    edits: [{ from: 'isOfLast ? Math.min(before % SPAN, from) : 0', to: 'isOfLast ? 0 : 0' }],
  },
  {
    what: 'what came since numbers went back keeps the numbers of before',
    by: 'survives-a-restored-campfire',
    edits: [
      {
        from: 'WHERE arrival > ? AND id > ? AND id < ?`',
        to: 'WHERE arrival < -? AND id > ? AND id < ?`',
      },
    ],
  },
  {
    what: 'nobody is ever rested from',
    by: 'two-bots-stop',
    edits: [
      {
        from: 'if (rowOf(pace).length >=',
        to: 'if (rowOf(pace).length - 1_000 >=',
      },
    ],
  },
  {
    what: 'two who mention us in turn are never rested from',
    by: 'two-bots-stop',
    edits: [{ from: 'const IN_TURN = [2, 3]', to: 'const IN_TURN: number[] = []' }],
  },
  {
    what: 'of those who speak in turn one alone is rested from',
    by: 'two-bots-stop',
    edits: [{ from: 'end < 0 ? before : before.slice(0, end)', to: 'end < 0 ? before : []' }],
  },
  {
    what: 'two people who talk with us for long are taken for bots',
    by: 'two-bots-stop',
    edits: [
      {
        from: '!before.includes(turn.asker) : before[0] === turn.asker',
        to: '!before.includes(turn.asker) : askers.slice(0, many).includes(turn.asker)',
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
    what: 'one page is believed by whoever has never seen it work',
    by: 'believes-no-single-page',
    edits: [
      {
        from: 'if (this.#now() - since >= APART) this.#believe(ability)',
        to: 'this.#believe(ability)',
      },
    ],
  },
  {
    what: 'what was proven is unlearned by one room',
    by: 'abilities-here',
    edits: [{ from: 'this.all[ability] ??= false', to: 'this.all[ability] = false' }],
  },
  {
    what: 'a later life does not know of a page that was seen before',
    by: 'believes-no-single-page',
    edits: [{ from: '    this.#keepDenied()\n', to: '' }],
  },
  {
    what: 'an answer in doubt is sent again on the word of one page',
    by: 'believes-no-single-page',
    edits: [
      {
        from: "      throw new CampfireError('unreadable', ask, { status: 404 })\n",
        to: '      throw error\n',
      },
    ],
  },
  {
    what: 'where one page denies the list nobody looks again by themselves',
    by: 'believes-no-single-page',
    edits: [
      {
        from: 'report.believed().list === false ? null',
        to: 'report.abilities().list === false ? null',
      },
    ],
  },
  {
    what: 'nobody hears that what was denied works after all',
    by: 'believes-no-single-page',
    edits: [{ from: '!can || name in denied || ', to: '!can || ' }],
  },
  {
    what: "Campfire's own words stay when they would not go at first",
    by: 'faults/tidying',
    edits: [
      {
        from: 'left.length ? Math.min(...left) - 1 : null',
        to: 'left.length > 1_000 ? Math.min(...left) - 1 : null',
      },
    ],
  },
  {
    what: 'what was lost as a backup came back is heard by its number',
    by: 'survives-a-restored-campfire',
    edits: [{ from: ' && message.at <= (at ?? Number.POSITIVE_INFINITY)', to: '' }],
  },
  {
    what: 'an edit makes another message of one that came before a new epoch',
    by: 'survives-a-restored-campfire',
    edits: [{ from: 'const isOlder = at <= row.at', to: 'const isOlder = false' }],
  },
  {
    what: 'a post of ours is not found by whoever has not seen that numbers went back',
    by: 'survives-a-restored-campfire',
    edits: [
      {
        from: 'const wentBack = since.wentBack || isBelow(messages, since)',
        to: 'const wentBack = since.wentBack',
      },
    ],
  },
  {
    what: 'an answer of ours whose number nobody told us is taken for somebody else’s',
    by: 'answers-once-for-one-campfire',
    edits: [
      { from: '  if (message === null && turn.canAsk()) turn.change({ doubt: 1 })\n', to: '' },
    ],
  },
  {
    what: 'where an answer stands is not written down once it is found',
    by: 'answers-once-for-one-campfire',
    edits: [{ from: '(adopted || reply.state', to: '(reply.state' }],
  },
  {
    what: 'a question on an older page is taken for deleted',
    by: 'hears-what-changes',
    edits: [
      {
        from: 'const [, oldest = Number.POSITIVE_INFINITY] = more ? ids : [0, 0]',
        to: 'const [oldest = 0] = more ? ids : [0, 0]',
      },
    ],
  },
  {
    what: 'an old message of the same words is taken for an answer in doubt',
    by: 'found-by-chaos',
    edits: [{ from: 'wentBack ? at > time : id > cursor', to: 'wentBack ? at > 0 : id > cursor' }],
  },
  {
    what: 'what was edited is taken again where the clock of Campfire is an hour ahead',
    by: 'survives-a-restored-campfire',
    edits: [{ from: '(found ? CLOCKS_APART : 0)', to: '(found ? 0 : 0)' }],
  },
  {
    what: 'half an answer whose removal somebody refuses stands for good',
    by: 'faults/edit',
    edits: [{ from: 'if (!isForGood(error)) {', to: 'if (!isForGood(error) && !error) {' }],
  },
  {
    what: 'what somebody refuses to take down is taken for done',
    by: 'faults/edit',
    edits: [{ from: 'return isForGood(error)\n', to: 'return isForGood(error) || true\n' }],
  },
  {
    what: 'the sign on what is met with silence after all stands for good',
    by: 'everyone-who-waits',
    edits: [{ from: 'if (signs.length) turns.change(row, { doubt: 1 })', to: '' }],
  },
  {
    what: 'half an answer that will not go keeps people waiting for as long as that lasts',
    by: 'faults/edit',
    edits: [{ from: 'isPassing(error) && row.failures < MOST_TRIES', to: 'isPassing(error)' }],
  },
]
