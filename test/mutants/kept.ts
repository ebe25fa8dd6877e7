import type { Mutant } from './mutant.ts'

const KEPT_TEST = 'operator/kept.test.ts'

/** What an operator changes and deletes of what is kept. */
export const KEPT: Mutant[] = [
  {
    what: 'a deletion by the operator is not noted',
    by: KEPT_TEST,
    edits: [
      {
        from: "await noted(c, { what: 'delete', about, isDone: Boolean }, act)",
        to: 'await act()',
      },
    ],
  },
  {
    what: 'a change by the operator is not noted',
    by: KEPT_TEST,
    edits: [{ from: "await noted(c, { what: 'change', about, isDone }, act)", to: 'await act()' }],
  },
  {
    what: 'the operator deletes every fact of a person where one is meant',
    by: KEPT_TEST,
    edits: [
      {
        from: 'if (!this.#find(number)) return false\n    this.#facts().remove(number)',
        to: 'if (!this.#find(number)) return false\n    this.#facts().removeAll()',
      },
    ],
  },
  {
    what: 'the operator deletes all facts of a room where one is meant',
    by: KEPT_TEST,
    edits: [
      {
        from: 'if (!pins.find(number)) return false\n  pins.remove(number)',
        to: 'if (!pins.find(number)) return false\n  pins.forget(null)',
      },
    ],
  },
  {
    what: 'the operator deletes a whole list where one item is meant',
    by: KEPT_TEST,
    edits: [
      {
        from: '  lists.removeItem(list, item)\n  return true',
        to: '  lists.remove(list)\n  return true',
      },
    ],
  },
  {
    what: 'all rooms are woken by one look at what is kept',
    by: KEPT_TEST,
    edits: [{ from: 'export const AT_ONCE = 15', to: 'export const AT_ONCE = 1_000' }],
  },
  {
    what: 'a change of limits is not noted',
    by: 'operator/costs.test.ts',
    edits: [{ from: "this.#acts.add({ who, what: 'limits'", to: "Object({ who, what: 'limits'" }],
  },
  {
    what: 'the page of costs reads all that was ever spent',
    by: 'operator/costs.test.ts',
    edits: [
      {
        from: 'return { from: from || usual, to: last }',
        to: "return { from: from || usual.replace(/^..../, '2000'), to: last }",
      },
    ],
  },
]
