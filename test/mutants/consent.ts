import type { Mutant } from './mutant.ts'

/** Whose yes counts for what, and what its message says in the end. */
export const CONSENT: Mutant[] = [
  {
    what: 'whom the flat shape names is that very person',
    by: 'flat-shape-opens-nothing',
    edits: [{ from: 'return -Math.abs(author)', to: 'return author' }],
  },
  {
    what: 'every control word counts in the flat shape',
    by: 'flat-shape-opens-nothing',
    edits: [{ from: "return word === 'help' ? word : null", to: 'return word' }],
  },
  {
    what: 'whoever claims to be the same person says yes to themselves',
    by: 'flat-shape-opens-nothing',
    edits: [
      {
        from: 'return id !== null && !isClaimed(author)',
        to: 'return author !== 0 || id !== null',
      },
    ],
  },
  {
    what: 'a request that nobody may grant is asked all the same',
    by: 'flat-shape-opens-nothing',
    edits: [
      { from: 'isClaimed(this.#row.asker) && !this.#asking.bot.approvers.length', to: 'false' },
    ],
  },
  {
    what: 'what was granted once holds for whoever claims to be the same person',
    by: 'flat-shape-opens-nothing',
    edits: [{ from: "need === 'once' && !isClaimed(this.#row.asker)", to: "need === 'once'" }],
  },
  {
    what: 'a yes counts before its request stands',
    by: 'consent-has-a-referent',
    edits: [
      {
        from: 'return id !== null && number !== null && id > number',
        to: 'return number !== null',
      },
    ],
  },
  {
    what: 'a yes counts where nobody knows where its request stands',
    by: 'consent-has-a-referent',
    edits: [
      {
        from: 'return known.length === parts.length ? known : []',
        to: 'return known.length === parts.length ? known : [1]',
      },
    ],
  },
  {
    what: 'a message that has grown becomes a request',
    by: 'consent-has-a-referent',
    edits: [
      {
        from: 'isApart ? [...parts, ...more, ...asked] : asked',
        to: 'isApart ? splitReply(whole, turn, true) : asked',
      },
    ],
  },
  {
    what: 'a yes counts though something else was said since',
    by: 'consent-has-a-referent',
    edits: [{ from: 'return !wasSaid(sql, since)', to: 'return sql === null || since !== null' }],
  },
  {
    what: 'a yes counts though its author was told something else',
    by: 'consent-has-a-referent',
    edits: [{ from: 'askers: [asker, author], turns', to: 'askers: [asker], turns' }],
  },
  {
    what: 'a yes to the newer of two counts for the older as well',
    by: 'consent-has-a-referent',
    edits: [
      {
        from: 'return asked.filter((one) => one.approvers?.includes(approver))',
        to: 'return asked.filter((one) => one.approvers?.includes(-approver))',
      },
      { from: 'const newest = theirs.find(', to: 'const newest = theirs.findLast(' },
    ],
  },
  {
    what: 'a yes counts for a request that its quote does not mean',
    by: 'consent-has-a-referent',
    edits: [{ from: 'return quoted ?? null', to: 'if (quoted) return quoted' }],
  },
  {
    what: 'a yes that quotes counts only while nothing else was said',
    by: 'consent-has-a-referent',
    edits: [
      {
        from: 'return quoted ?? null',
        to: 'return quoted && isNewestSaid(tables, quoted, message) ? quoted : null',
      },
    ],
  },
  {
    what: 'a yes counts for whoever says it',
    by: 'consent-has-a-referent',
    edits: [
      {
        from: 'return asker === author || isNamed',
        to: 'return asker === author || isNamed || true',
      },
    ],
  },
  {
    what: 'a yes without a number counts',
    by: 'flat-shape-opens-nothing',
    edits: [
      {
        from: 'mayAnswer(message) ? requestMeant(tables, bot, message) : null',
        to: 'requestMeant(tables, bot, { ...message, id: message.id ?? 1e9 })',
      },
    ],
  },
  {
    what: 'what its asker says later does not withdraw a request',
    by: 'consent-has-a-referent',
    edits: [
      {
        from: 'number === null || messages.some(({ id }) => id === null || id > number)',
        to: 'number === null || messages.length === 0',
      },
    ],
  },
  {
    what: 'a yes that counts for nothing withdraws',
    by: 'consent-has-a-referent',
    edits: [
      { from: "const isVain = answer?.answer === 'yes' && !isCounted", to: 'const isVain = false' },
    ],
  },
  {
    what: 'a stop does not withdraw what was asked before',
    by: 'consent-has-a-referent',
    edits: [
      {
        from: '({ asker, turn }) => asker === author.id || turn === open.id',
        to: '({ turn }) => turn === open.id',
      },
    ],
  },
  {
    what: 'a reset does not withdraw',
    by: 'says-what-became',
    edits: [
      {
        from: "endSession(tables, 'reset')",
        to: "tables.session.end('reset', tables.now())",
      },
    ],
  },
  {
    what: '`forget` does not withdraw',
    by: 'consent-has-a-referent',
    edits: [
      {
        from: `case 'forget':
      return openRequests(tables)`,
        to: `case 'forget':
      return []`,
      },
      {
        from: "endSession(tables, 'forgotten')",
        to: "tables.session.end('forgotten', tables.now())",
      },
    ],
  },
  {
    what: 'the end of a session does not withdraw',
    by: 'consent-has-a-referent',
    edits: [{ from: "endSession(tables, 'expired')", to: "tables.session.end('expired', now)" }],
  },
  {
    what: 'a request that was deleted can be approved',
    by: 'consent-has-a-referent',
    edits: [{ from: "state = iif(state = 'waiting', 'withdrawn', state)", to: 'state = state' }],
  },
  {
    what: 'a request of before a restored backup counts',
    by: 'says-what-became',
    edits: [
      {
        from: 'if (!isOver || (epoch > 0 && turn <= restored)) return []',
        to: 'if (!isOver || restored < 0) return []',
      },
      { from: 'if (epoch > 0 && id <= turn) return null', to: 'if (epoch < 0) return null' },
    ],
  },
  {
    what: 'the model is not told that a yes counts for nothing',
    by: 'consent-has-a-referent',
    edits: [
      {
        from: "...(answer?.answer === 'yes' && !answer.request ? [NOTHING_APPROVED] : []),",
        to: '',
      },
    ],
  },
  {
    what: 'what never stood is told as late',
    by: 'says-what-became',
    edits: [
      {
        from: "all.filter(({ turn }) => turns.find(turn)?.state === 'replied')",
        to: "all.filter(({ turn }) => turns.find(turn)?.state !== 'stopped')",
      },
    ],
  },
  {
    what: 'what a person made of a request is written over',
    by: 'says-what-became',
    edits: [
      {
        from: "body === '' || isSame(standing, { body, file: null }, campfire.people())",
        to: 'body !== standing.html',
      },
    ],
  },
  {
    what: 'what could not be shown is not tried again',
    by: 'says-what-became',
    edits: [{ from: 'isForGood(error) ? null : now() + AGAIN', to: 'null' }],
  },
]
