import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PER, periodAt } from '../../src/budget/period.ts'

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/Sao_Paulo',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'Africa/Cairo',
  'America/St_Johns',
]

describe('a period', () => {
  it.each([
    // A day begins with its midnight there, whatever the clock did in between.
    [
      'day',
      '2026-11-28T22:59:59Z',
      'Europe/Berlin',
      '2026-11-27T23:00:00Z',
      '2026-11-28T23:00:00Z',
    ],
    [
      'day',
      '2026-11-28T23:00:00Z',
      'Europe/Berlin',
      '2026-11-28T23:00:00Z',
      '2026-11-29T23:00:00Z',
    ],
    [
      'day',
      '2026-10-25T12:00:00Z',
      'Europe/Berlin',
      '2026-10-24T22:00:00Z',
      '2026-10-25T23:00:00Z',
    ],
    [
      'day',
      '2026-03-29T12:00:00Z',
      'Europe/Berlin',
      '2026-03-28T23:00:00Z',
      '2026-03-29T22:00:00Z',
    ],
    [
      'day',
      '2026-11-28T18:20:00Z',
      'Asia/Kathmandu',
      '2026-11-28T18:15:00Z',
      '2026-11-29T18:15:00Z',
    ],
    // Cairo skips its midnight in April: the day begins at one.
    ['day', '2026-04-24T12:00:00Z', 'Africa/Cairo', '2026-04-23T22:00:00Z', '2026-04-24T21:00:00Z'],
    // A week begins on Monday.
    ['week', '2026-11-29T12:00:00Z', 'UTC', '2026-11-23T00:00:00Z', '2026-11-30T00:00:00Z'],
    ['week', '2026-11-30T00:00:00Z', 'UTC', '2026-11-30T00:00:00Z', '2026-12-07T00:00:00Z'],
    [
      'week',
      '2026-11-29T23:30:00Z',
      'Europe/Berlin',
      '2026-11-29T23:00:00Z',
      '2026-12-06T23:00:00Z',
    ],
    ['week', '2027-01-01T12:00:00Z', 'UTC', '2026-12-28T00:00:00Z', '2027-01-04T00:00:00Z'],
    [
      'month',
      '2026-12-31T23:30:00Z',
      'Europe/Berlin',
      '2026-12-31T23:00:00Z',
      '2027-01-31T23:00:00Z',
    ],
    ['month', '2028-02-29T12:00:00Z', 'UTC', '2028-02-01T00:00:00Z', '2028-03-01T00:00:00Z'],
    [
      'month',
      '2026-10-31T12:00:00Z',
      'Europe/Berlin',
      '2026-09-30T22:00:00Z',
      '2026-10-31T23:00:00Z',
    ],
  ] as const)('%s of %s in %s', (per, at, zone, begins, ends) => {
    const period = periodAt(per, Date.parse(at), zone)

    expect(new Date(period.begins)).toEqual(new Date(begins))
    expect(new Date(period.ends)).toEqual(new Date(ends))
  })

  it('holds each instant in just one, and the next begins where it ends', () => {
    const from = Date.parse('2020-01-01')
    const instant = fc.integer({ min: from, max: Date.parse('2030-01-01') })
    fc.assert(
      fc.property(fc.constantFrom(...PER), instant, fc.constantFrom(...ZONES), (per, at, zone) => {
        const { begins, ends, from } = periodAt(per, at, zone)

        expect(begins).toBeLessThanOrEqual(at)
        expect(at).toBeLessThan(ends)
        expect(periodAt(per, begins, zone).from).toBe(from)
        expect(periodAt(per, ends - 1, zone).from).toBe(from)
        expect(periodAt(per, ends, zone).begins).toBe(ends)
      }),
      { numRuns: 300 },
    )
  })
})
