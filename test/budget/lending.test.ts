import { describe, expect, it } from 'vitest'
import { Ledger } from '../../src/budget/ledger.ts'
import { serve, type Take } from '../../src/budget/lending.ts'
import { shutBrief } from '../../src/budget/purse.ts'

/** What a call may come to at its worst. */
const NEED = 10
const NOW = Date.parse('2026-11-29T12:00:00Z')

describe('a lease', () => {
  it.each([
    { left: 10_000, lent: 80 },
    { left: 640, lent: 80 },
    { left: 400, lent: 50 },
    { left: 100, lent: 12 },
    { left: 50, lent: 10 },
    { left: 7, lent: 7 },
  ])(
    'is of eight calls, and of an eighth of what is left near the limit: $lent of $left',
    ({ left, lent }) => {
      expect(lentOf(left).amount).toBe(lent)
    },
  )

  it('is brief where less than that is left for others', () => {
    expect(lentOf(10_000).isBrief).toBe(false)
    expect(lentOf(20).isBrief).toBe(false)
    expect(lentOf(19).isBrief).toBe(true)
  })

  it('that is brief goes home as soon as its call is settled, and any other stays', () => {
    const brief = { ...lentOf(19), state: 'open' as const }
    const long = { ...lentOf(10_000), state: 'open' as const, number: 2 }
    const underWay = new Map([[brief.number, { settled: 0, open: NEED }]])
    const settled = new Map([[brief.number, { settled: NEED, open: 0 }]])
    const statesOf = (uses: typeof settled) =>
      shutBrief([brief, long], uses).map(({ state }) => state)

    expect(statesOf(underWay)).toEqual(['open', 'open'])
    expect(statesOf(settled)).toEqual(['closing', 'open'])
  })
})

/** What a room is lent that asks where so much is left. */
function lentOf(left: number) {
  const ledger = new Ledger({ leases: [], buckets: [], refused: [], next: 1 })
  ledger.setLimits([{ for: 'installation', per: 'day', amount: left }], 'UTC', '1')
  const take: Take = {
    holder: 'rooms/1',
    payers: [{ payer: 'here', scopes: ['installation'], seen: 0, open: [] }],
    need: NEED,
    least: 5,
    since: NOW,
    isLast: false,
    asker: 1,
    turn: '1',
    settled: [],
  }
  const [decision] = serve(ledger, [{ take }], NOW).values()
  const [lease] = decision?.does === 'grant' ? decision.leases : []
  if (!lease) throw new Error('Nothing was lent')
  return lease
}
