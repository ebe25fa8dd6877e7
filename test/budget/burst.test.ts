import { describe, expect, it } from 'vitest'
import { Ledger } from '../../src/budget/ledger.ts'
import { serve, type Take } from '../../src/budget/lending.ts'

/** Millionths of a dollar: what a call comes to, and what it may at the most, with prompts of 5,000 tokens. */
const COST = 12_500
const WORST = 110_000
const LEAST = 36_000
const NOW = Date.parse('2026-11-29T12:00:00Z')

describe('a thousand rooms under one limit that is worth 700 turns', () => {
  it('never spend more, leave less than a hundredth of it, and refuse nobody while anything is only reserved', () => {
    const limit = 700 * COST
    const ledger = new Ledger({ leases: [], buckets: [], refused: [], next: 1 })
    ledger.setLimits([{ for: 'installation', per: 'day', amount: limit }], 'UTC', '1')
    const rooms = Array.from({ length: 1_000 }, (_, n) => n)
    let waiting = rooms.map((n) => ({ take: takeOf(n) }))
    const atWork: { holder: string; number: number }[] = []
    const order: string[] = []
    let refused = 0
    let overshoot = 0

    while (waiting.length || atWork.length) {
      const answers = serve(ledger, waiting, NOW)
      waiting = waiting.filter((one) => !answers.has(one))
      for (const [{ take }, decision] of answers) {
        if (decision.does === 'refuse') refused++
        if (decision.does !== 'grant') continue
        order.push(take.holder)
        atWork.push(...decision.leases.map(({ number }) => ({ holder: take.holder, number })))
      }
      check()
      // Calls end in an order of their own; whoever is done is asked for what it does not use.
      const done = atWork.splice(Math.floor(atWork.length / 2), 3)
      for (const { holder, number } of done) ledger.settle(holder, [{ number, used: COST }])
      check()
    }
    const [{ spent = 0, reserved = 0 } = {}] = ledger.state(NOW)

    expect({ overshoot, reserved }).toEqual({ overshoot: 0, reserved: 0 })
    expect((limit - spent) / limit).toBeLessThanOrEqual(0.01)
    expect(order.length + refused).toBe(1_000)
    expect(order).toEqual(rooms.slice(0, order.length).map(nameOf))

    function check() {
      const [{ spent = 0, reserved = 0 } = {}] = ledger.state(NOW)
      overshoot = Math.max(overshoot, spent + reserved - limit)
    }
  })
})

function takeOf(n: number): Take {
  return {
    holder: nameOf(n),
    payers: [{ payer: 'here', scopes: ['installation'], seen: 0, open: [] }],
    need: WORST,
    least: LEAST,
    since: n,
    isLast: false,
    asker: n,
    turn: `${n}`,
    settled: [],
  }
}

function nameOf(n: number) {
  return `rooms/${n}`
}
