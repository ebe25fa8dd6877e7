import type { Mutant } from './mutant.ts'

/** What is remembered of a room and of people, and how tools change our rows. */
export const REMEMBERING: Mutant[] = [
  {
    what: 'what is changed of a person is changed again after a crash',
    edits: [{ from: '    if (known) return known\n', to: '' }],
  },
  {
    what: 'what is changed of a person is named anew each time',
    edits: [
      {
        from: '{ ...context, signal, use })',
        to: '{ ...context, signal, use: use + crypto.randomUUID() })',
      },
    ],
  },
  {
    what: 'what somebody tells about themselves stays in the session',
    by: 'remembers-people',
    edits: [{ from: '  leaveOutPersonal(steps, turn.bot.tools)\n', to: '' }],
  },
  {
    what: 'a change of our rows is made before its result is written',
    by: 'tools.test.ts',
    edits: [
      {
        from: '    const isPersonal = tool.personal(input.data) !== null\n',
        to: `    const isPersonal = tool.personal(input.data) !== null
    const made = finish(result, { tool, context, isPersonal })
    return () => made\n`,
      },
    ],
  },
  {
    what: 'what was told in a direct is used in rooms',
    by: 'remembers-people.test.ts',
    edits: [
      {
        from: 'fact.everywhere || !fact.private || isAlone',
        to: 'fact.everywhere || !fact.private || isAlone || true',
      },
    ],
  },
  {
    what: 'what is told in a direct in place of a time zone is used in rooms',
    by: 'remembers-what-is-told-again',
    edits: [
      {
        from: "(before?.kind === 'fact' && before.everywhere)",
        to: '(before?.everywhere ?? false)',
      },
    ],
  },
  {
    what: 'a fact that is told again in other letters is kept twice',
    by: 'remembers-what-is-told-again',
    edits: [{ from: 'return plain(one) === plain(other)', to: 'return one === other' }],
  },
  {
    what: 'what is known about somebody is shown in a room',
    by: 'remembers-people.test.ts',
    edits: [{ from: '  if (!memory.isAlone) return { told: IN_A_DIRECT }\n', to: '' }],
  },
  {
    what: 'whoever is claimed to ask has their memory opened',
    by: 'remembers-people.test.ts',
    edits: [{ from: 'return asker > 0 && ', to: 'return asker !== 0 && ' }],
  },
  {
    what: 'a turn waits for what is known about its asker',
    by: 'remembers-people.test.ts',
    edits: [{ from: 'inTime(this.#trip, PATIENCE)', to: 'inTime(this.#trip, PATIENCE * 100)' }],
  },
  {
    what: 'the result about somebody is told to whoever asks for it by name',
    by: 'remembers-people.test.ts',
    edits: [
      {
        from: 'row?.result?.startsWith(PERSONAL) ? null : (row?.result ?? null)',
        to: 'row?.result ?? null',
      },
      { from: 'const STUB = \'{"ok":true,', to: 'const STUB = \'{"ok":true,"personal":true,' },
    ],
  },
  {
    what: 'the cache is not marked before what is told of an asker',
    by: 'keeps-the-prompt-cache.test.ts',
    edits: [{ from: '...(isLeftOut || isFar ? [newest] : [])', to: '...(isFar ? [newest] : [])' }],
  },
  {
    what: 'the cache is not looked for where a long turn was left out of',
    by: 'keeps-the-prompt-cache.test.ts',
    edits: [
      {
        from: '...(isNew && sinceBefore >= LOOK_BACK ? [before] : [])',
        to: '...(isNew ? [] : [])',
      },
    ],
  },
  {
    what: 'what was approved is done for whoever has approved it',
    by: 'remembers-people.test.ts',
    edits: [
      {
        from: '    if (isElsewhere) return this.#askerIn(turnAskedIn(use))\n',
        to: 'void isElsewhere\n',
      },
    ],
  },
  {
    what: 'what was found about somebody stays in the notice of a yes',
    by: 'remembers-people.test.ts',
    edits: [
      {
        from: '    if (told) steps.rewrite({ text: withOutcomes(told, step.uses), result: same })\n',
        to: '',
      },
    ],
  },
  {
    what: 'what reaches outside asks for no yes where the bot’s file says nothing',
    by: 'asks-before-it-reaches-out.test.ts',
    edits: [
      {
        from: "tool?.effect === 'outside' ? 'once' : 'never'",
        to: "tool ? 'never' : 'once'",
      },
    ],
  },
]
