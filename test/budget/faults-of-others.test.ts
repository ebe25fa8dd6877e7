import { expect, it } from 'vitest'

const tests = import.meta.glob<string>('../{budget,stories,model}/*.test.ts', {
  query: '?raw',
  import: 'default',
  eager: true,
})

const FIRST = 'stories/keeps-its-limits'
const SECOND = 'stories/keeps-limits-whatever-changes'
const LEFT = 'stories/knows-what-is-left-of-a-limit'
const WAITS = 'stories/waits-for-its-limit'

/** What other people's budgets have got wrong in public, and the story or table that would notice it here. */
it.each<[fault: string, by: string, story: string]>([
  ['two calls check, and both add', WAITS, 'never spends more than theirs: the second answer'],
  ['what cannot be estimated is not reserved', FIRST, 'by a model that has no price'],
  [
    'nor is a file that bytes say nothing of',
    'budget/worst-case',
    'what an image or a PDF may come',
  ],
  ['a reservation is left behind by a stop', FIRST, 'by a stop: what the call may have cost is'],
  [
    'more is counted than was spent',
    FIRST,
    'is what was spent to the millionth, and nothing stays',
  ],
  [
    'there is a way round it: a bot asks',
    WAITS,
    'counts for a bot that asks as it counts for people',
  ],
  [
    'there is a way round it: a task, a summary',
    SECOND,
    'for telling an old conversation in short, and',
  ],
  [
    'a burst fills it with worst cases',
    'budget/burst',
    'refuse nobody while anything is only reserved',
  ],
  [
    'a step of the price is not reserved',
    'budget/worst-case',
    'where the price goes by its length',
  ],
  [
    'nor is what is written into the cache',
    'budget/worst-case',
    'is never less than what it comes to',
  ],
  [
    'nor is what one country costs more',
    'budget/worst-case',
    'has room for a workspace that is served in one country',
  ],
  [
    'nor is what the API does by itself',
    'budget/worst-case',
    'is never less than what the API’s own tools make of it',
  ],
  ['what is lowered lets a person go on', SECOND, 'of a person that is lowered while their call'],
  [
    'a second route loses the reservation',
    FIRST,
    'by another model: each call of each is reserved',
  ],
  [
    'a window turns late, by the zone',
    FIRST,
    'begins anew with its day, where the installation is',
  ],
  [
    'a day of a change of clocks has 24 hours',
    SECOND,
    'for all twenty-five hours of a day on which',
  ],
  ['the wrong day begins a week', 'budget/period', 'holds each instant in just one'],
  [
    'a typo in a price blocks everybody',
    'model/prices',
    'that are no JSON leave the list as it is',
  ],
  [
    'people are blocked without a limit',
    FIRST,
    'nobody is asked for anything, and nothing is refused',
  ],
  ['what was cached counts twice', FIRST, 'by the cache: what was read from it, and written'],
  ['a part that is left admits a whole call', FIRST, 'that leaves little makes the answer shorter'],
  ['what runs is not stopped', FIRST, 'by a turn that is under way: lowered meanwhile'],
  ['a compaction is not counted', LEFT, 'is reserved by what was counted, settled by what it came'],
  ['what is tried again is not counted', FIRST, 'holds for what is asked again, for another model'],
  [
    'a crash between answer and settling',
    'budget/ledger',
    'what is spent and what is lent never pass',
  ],
])('%s: not here', (_, by, story) => {
  const path = by.startsWith('budget/') ? by.replace('budget/', './') : `../${by}`
  expect(tests[`${path}.test.ts`]).toContain(story)
})
