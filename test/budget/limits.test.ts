import { describe, expect, it } from 'vitest'
import { readBudgets, readTimeZone } from '../../src/budget/limits.ts'

const bots = [{ name: 'assistant', models: ['claude-sonnet-5-5'] }]
const known = { bots, isPriced: (model: string) => model.startsWith('claude-') }
const day = { for: 'installation', per: 'day', usd: 5 }

describe('the variable BUDGETS', () => {
  it.each([
    [undefined, []],
    ['  ', []],
    ['[]', []],
    [JSON.stringify([day]), [day]],
    [
      JSON.stringify([
        { ...day, usd: 0 },
        { ...day, per: 'week' },
      ]),
      [
        { ...day, usd: 0 },
        { ...day, per: 'week' },
      ],
    ],
    [
      JSON.stringify([{ for: 'bot:assistant', per: 'month', usd: 0.000001 }]),
      [{ for: 'bot:assistant', per: 'month', usd: 0.000001 }],
    ],
  ])('is taken: %s', (text, budgets) => {
    expect(readBudgets(text, known)).toEqual({ ok: true, budgets })
  })

  it.each([
    ['five dollars', 'BUDGETS'],
    ['{}', 'budgets'],
    ['[5]', '0'],
    [JSON.stringify([{ ...day, usd: Number.NaN }]), '0.usd'],
    [JSON.stringify([{ ...day, usd: 1e9 }]), '0.usd'],
    [JSON.stringify([day, { ...day, usd: -0.01 }]), '1.usd'],
    [JSON.stringify([{ ...day, per: 'hour' }]), '0.per'],
    [JSON.stringify([{ ...day, for: 'person:David' }]), '0.for'],
    [JSON.stringify([{ ...day, for: 'room:0' }]), '0.for'],
    [JSON.stringify([{ ...day, for: 'bot:asistant' }]), '0.for: there is no bot asistant'],
    [JSON.stringify([{ ...day, currency: 'EUR' }]), '0.currency'],
    [JSON.stringify([day, day]), '1.per: the same as 0'],
  ])('is refused with the field: %s', (text, field) => {
    const reading = readBudgets(text, known)

    expect(reading.ok ? '' : reading.field.slice(0, field.length)).toBe(field)
  })

  it('is refused where a bot has a model without a price, and only where there is a limit', () => {
    const bots = [{ name: 'analyst', models: ['claude-opus-5-5', 'gpt-nine'] }]

    expect(readBudgets(JSON.stringify([day]), { ...known, bots })).toEqual({
      ok: false,
      field: 'bots.analyst: gpt-nine has no price',
    })
    expect(readBudgets('[]', { ...known, bots })).toEqual({ ok: true, budgets: [] })
  })
})

it.each([
  [undefined, 'UTC'],
  ['', 'UTC'],
  [' Europe/Berlin ', 'Europe/Berlin'],
  ['Europe/Atlantis', null],
])('the zone %s is %s', (name, zone) => {
  expect(readTimeZone(name)).toBe(zone)
})
