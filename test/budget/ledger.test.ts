import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BudgetWorld } from './budget-world.ts'
import { type Deed, LIMITS } from './world/deeds.ts'

/** What may happen, in any order, as often as it comes. */
const Deeds: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant('ask'),
      room: fc.nat(49),
      person: fc.nat(3),
      need: fc.integer({ min: 1, max: 400 }),
    }),
  },
  {
    weight: 10,
    arbitrary: fc.record({
      does: fc.constant('deliver'),
      which: fc.nat(99),
      fate: fc.constantFrom(
        'arrives',
        'arrives',
        'arrives',
        'twice',
        'lost',
        'account dies before',
        'account dies after',
      ),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant('settle'),
      room: fc.nat(49),
      // A call that the API runs tools in may come to more than was reserved.
      share: fc.oneof(
        { weight: 9, arbitrary: fc.integer({ min: 0, max: 100 }) },
        { weight: 1, arbitrary: fc.integer({ min: 101, max: 150 }) },
      ),
    }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('report'), room: fc.nat(49) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('room dies'), room: fc.nat(49) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('account dies') }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('recall'), which: fc.nat(99) }) },
  {
    weight: 2,
    arbitrary: fc.record({ does: fc.constant('clock'), hours: fc.integer({ min: -30, max: 60 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant('limits'),
      which: fc.nat(LIMITS - 1),
      amount: fc.integer({ min: 0, max: 3_000 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('give up waiting'), room: fc.nat(49) }) },
) as fc.Arbitrary<Deed>

const Setting = fc.record({
  rooms: fc.oneof(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 2, max: 50 })),
  bots: fc.integer({ min: 1, max: 5 }),
  zone: fc.constantFrom('UTC', 'Europe/Berlin', 'Australia/Lord_Howe'),
  // Among them a day before clocks change in one of these.
  start: fc.constantFrom('2026-11-27T10:00Z', '2026-10-24T20:30Z', '2027-04-02T20:30Z'),
  limits: fc.array(
    fc.record({ which: fc.nat(LIMITS - 1), amount: fc.integer({ min: 0, max: 3_000 }) }),
    {
      maxLength: 7,
    },
  ),
})

describe('whatever dies, is late, comes twice, or changes meanwhile', () => {
  it('what is spent and what is lent never pass the limit, and at rest all is counted to the millionth', () => {
    fc.assert(
      fc.property(Setting, fc.array(Deeds, { maxLength: 200, size: 'max' }), (setting, deeds) => {
        const world = new BudgetWorld(setting)
        for (const deed of deeds) world.does(deed)
        world.comesToRest()
        expect(world.wrong).toEqual([])
      }),
    )
  }, 60_000)
})
