import type { Mutant } from './mutant.ts'

/** What a session may do of itself that has read what strangers wrote. */
export const WARY: Mutant[] = [
  {
    what: 'what people keep is gone since a page has ordered it',
    by: 'wary-of-what-goes',
    edits: [{ from: 'if (isWary && goes) return true', to: '' }],
  },
  {
    what: 'one yes to a removal is a yes to all that follow',
    by: 'wary-of-what-goes',
    edits: [
      {
        from: 'if (isWary && goes) return true',
        to: 'if (isWary && goes) return !approvals.wasGranted(this.#row.asker, tool, 0)',
      },
    ],
  },
  {
    what: 'a yes removes what was not there when it was asked for',
    by: 'wary-of-what-goes',
    edits: [{ from: 'return asked != null && !isEqual(asked, goes)', to: 'return false' }],
  },
  {
    what: 'a request does not say what goes',
    by: 'wary-of-what-goes',
    edits: [
      {
        from: 'return goes?.length ?',
        to: 'return false ?',
      },
    ],
  },
  {
    what: 'a task that was set up by what was read is done as if a person had wanted it',
    by: 'wary-of-what-goes',
    edits: [
      {
        from: 'if (schedule) return reminders.find(schedule)?.isTainted',
        to: 'if (schedule) return false ',
      },
    ],
  },
  {
    what: 'a page changes in which zone somebody is reminded',
    by: 'wary-of-what-goes',
    edits: [{ from: '|| (isRemembered && isOneOfAKind(fact))', to: '' }],
  },
  {
    what: 'a task whose words came from what was read is done as if a person had written them',
    by: 'wary-of-what-goes',
    edits: [
      {
        from: '...(text !== undefined && { text, isTainted: context.isWary() })',
        to: '...(text !== undefined && { text })',
      },
    ],
  },
  {
    what: 'what is tried again is done as if nothing had been read',
    by: 'wary-of-what-goes',
    edits: [
      { from: 'return before !== null && session.wasTainted(before.session)', to: 'return false' },
    ],
  },
  {
    what: 'a page has something said at the start of every conversation',
    by: 'wary-of-what-goes',
    edits: [{ from: "return action === 'remember' && always ? [] : null", to: 'return null' }],
  },
]
