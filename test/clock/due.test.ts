import { describe, expect, it } from 'vitest'
import {
  DAY,
  HOUR,
  instantOf,
  isCloserThan,
  isLocalTime,
  MINUTE,
  nextTimes,
  startOfDay,
  whatIsWrongWith,
  zoneNamed,
} from '../../src/clock.ts'

describe('a local time', () => {
  it.each([
    // Berlin: an hour is leapt over, and one comes twice.
    ['2026-12-01T14:00:00', 'Europe/Berlin', '2026-12-01T13:00:00.000Z'],
    ['2026-07-01T14:00', 'Europe/Berlin', '2026-07-01T12:00:00.000Z'],
    ['2027-03-28T01:59:59', 'Europe/Berlin', '2027-03-28T00:59:59.000Z'],
    ['2027-03-28T02:00:00', 'Europe/Berlin', '2027-03-28T01:00:00.000Z'],
    ['2027-03-28T02:30:00', 'Europe/Berlin', '2027-03-28T01:00:00.000Z'],
    ['2027-03-28T03:00:00', 'Europe/Berlin', '2027-03-28T01:00:00.000Z'],
    ['2027-10-31T02:30:00', 'Europe/Berlin', '2027-10-31T00:30:00.000Z'],
    ['2027-10-31T03:00:00', 'Europe/Berlin', '2027-10-31T02:00:00.000Z'],
    // New York
    ['2027-03-14T02:30:00', 'America/New_York', '2027-03-14T07:00:00.000Z'],
    ['2027-11-07T01:30:00', 'America/New_York', '2027-11-07T05:30:00.000Z'],
    ['2027-11-07T02:00:00', 'America/New_York', '2027-11-07T07:00:00.000Z'],
    // Lord Howe: half an hour, in the other half of the year
    ['2027-10-03T02:15:00', 'Australia/Lord_Howe', '2027-10-02T15:30:00.000Z'],
    ['2027-04-04T01:45:00', 'Australia/Lord_Howe', '2027-04-03T14:45:00.000Z'],
    ['2027-04-04T02:00:00', 'Australia/Lord_Howe', '2027-04-03T15:30:00.000Z'],
    ['2027-04-04T09:00:00', 'UTC', '2027-04-04T09:00:00.000Z'],
    // Chatham and Saint John's: quarters and halves of an hour. A day that Samoa leapt over
    ['2027-09-26T03:00:00', 'Pacific/Chatham', '2027-09-25T14:00:00.000Z'],
    ['2027-04-04T03:00:00', 'Pacific/Chatham', '2027-04-03T13:15:00.000Z'],
    ['2027-03-14T02:30:00', 'America/St_Johns', '2027-03-14T05:30:00.000Z'],
    ['2011-12-30T09:00:00', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
    ['2026-11-20T09:00:00', 'Asia/Kathmandu', '2026-11-20T03:15:00.000Z'],
  ])('%s in %s is %s', (local, zone, instant) => {
    expect(new Date(instantOf(local, zone)).toISOString()).toBe(instant)
  })

  it.each([
    ['2027-03-28', 2, 60, 'Europe/Berlin', '2027-03-28T01:00:00.000Z'],
    ['2027-03-14', 2, 60, 'America/New_York', '2027-03-14T07:00:00.000Z'],
    ['2027-10-03', 2, 30, 'Australia/Lord_Howe', '2027-10-02T15:30:00.000Z'],
  ])(
    'that a clock leaps over is the moment of the leap: any minute of %s from %i o’clock on, %i in all',
    (day, hour, minutes, zone, leap) => {
      const all = Array.from({ length: minutes }, (_, minute) =>
        instantOf(`${day}T0${hour}:${String(minute).padStart(2, '0')}:07`, zone),
      )
      expect(new Set(all.map((ms) => new Date(ms).toISOString()))).toEqual(new Set([leap]))
    },
  )

  it.each([
    ['2026-12-01T14:00:00', true],
    ['2026-12-01T14:00', true],
    ['2026-02-30T14:00:00', false],
    ['2026-12-01', false],
    ['2026-12-01T24:00:00', false],
    ['2026-12-01T14:00:00Z', false],
    ['2026-12-01T14:00:00+01:00', false],
    ['tomorrow', false],
  ])('%s is one: %s', (local, is) => {
    expect(isLocalTime(local)).toBe(is)
  })
})

describe('a cron line', () => {
  it.each([
    // Both changes of the clocks, in three zones: what is leapt over comes at the leap, what comes twice comes once.
    ['30 2 * * *', 'Europe/Berlin', '2027-03-26T12:00Z', '27T01:30 28T01:00 29T00:30'],
    ['30 2 * * *', 'Europe/Berlin', '2027-10-29T12:00Z', '30T00:30 31T00:30 01T01:30'],
    ['0 9 * * *', 'Europe/Berlin', '2027-03-26T12:00Z', '27T08:00 28T07:00 29T07:00'],
    ['0 9 * * *', 'Europe/Berlin', '2027-10-29T12:00Z', '30T07:00 31T08:00 01T08:00'],
    ['30 2 * * *', 'America/New_York', '2027-03-12T12:00Z', '13T07:30 14T07:00 15T06:30'],
    ['30 1 * * *', 'America/New_York', '2027-11-05T12:00Z', '06T05:30 07T05:30 08T06:30'],
    ['15 2 * * *', 'Australia/Lord_Howe', '2027-10-01T12:00Z', '01T15:45 02T15:30 03T15:15'],
    ['45 1 * * *', 'Australia/Lord_Howe', '2027-04-02T12:00Z', '02T14:45 03T14:45 04T15:15'],
    // What is listed is as fixed as a single time; what runs through the night runs through it.
    ['30 1,2,3 * * *', 'Europe/Berlin', '2027-10-30T23:00Z', '30T23:30 31T00:30 31T02:30'],
    ['*/30 * * * *', 'Europe/Berlin', '2027-10-31T00:10Z', '31T00:30 31T01:00 31T01:30'],
    ['*/30 * * * *', 'Europe/Berlin', '2027-03-28T00:10Z', '28T00:30 28T01:00 28T01:30'],
    // The last working day of the month
    ['0 9 LW * *', 'Europe/Berlin', '2027-01-01T12:00Z', '29T08:00 26T08:00 31T07:00'],
    ['0 9 * * MON-FRI', 'UTC', '2027-01-01T12:00Z', '04T09:00 05T09:00 06T09:00'],
    // The end of the month, in months of any length, and the day that comes every fourth year
    ['0 9 31 * *', 'UTC', '2027-01-31T12:00Z', '31T09:00 31T09:00 31T09:00'],
    ['0 9 L * *', 'UTC', '2028-01-31T12:00Z', '29T09:00 31T09:00 30T09:00'],
    ['0 9 29 2 *', 'UTC', '2026-11-29T12:00Z', '29T09:00 29T09:00 29T09:00'],
    ['0 9 * * FRI#L', 'UTC', '2027-01-01T12:00Z', '29T09:00 26T09:00 26T09:00'],
  ])('%s in %s after %s', (cron, zone, after, times) => {
    const found = nextTimes(cron, zone, Date.parse(after), 3)

    expect(found.map((ms) => new Date(ms).toISOString().slice(8, 16)).join(' ')).toBe(times)
  })

  it('never gives the moment that it is asked from, nor skips the next', () => {
    const nine = Date.parse('2027-01-04T09:00:00Z')

    expect(nextTimes('0 9 * * *', 'UTC', nine, 1)).toEqual([nine + 24 * HOUR])
    expect(nextTimes('0 9 * * *', 'UTC', nine - 1, 1)).toEqual([nine])
    expect(nextTimes('0 9 * * *', 'UTC', nine + 500, 1)).toEqual([nine + 24 * HOUR])
  })

  it('has no times where its day never comes', () => {
    expect(nextTimes('0 9 30 2 *', 'UTC', 0)).toEqual([])
  })

  it.each([
    ['0 9 * * 1', null],
    ['0 9 LW * *', null],
    ['0 9 * * MON#1', null],
    ['0  9 * *  1', null],
    ['@daily', 'five fields'],
    ['0 0 9 * * 1', 'five fields'],
    ['9 * *', 'five fields'],
    ['? 9 * * *', 'field of a cron line'],
    ['a b c d e', 'no cron line'],
    // In the count of whoever wrote the line, in which months and days begin with 1.
    ['61 9 * * *', '61 is no minute, which go from 0 to 59.'],
    ['0 24 * * *', '24 is no hour, which go from 0 to 23.'],
    ['0 9 32 * *', '32 is no day of the month, which go from 1 to 31.'],
    ['0 9 0 * *', '0 is no day of the month'],
    ['0 9 32W * *', '32 is no day of the month'],
    ['0 9 * 13 *', '13 is no month, which go from 1 to 12.'],
    ['0 9 * 0-3 *', '0 is no month'],
    ['0 9 * JAN,13 *', '13 is no month'],
    ['0 9 * * 8', '8 is no day of the week, which go from 0 to 7.'],
    ['0 9 * * MON#6', 'should be 1-5'],
    ['0 9 1/2 * *', "stepping with numeric prefix ('1/2') is not allowed"],
  ])('%s: %s', (cron, wrong) => {
    if (wrong === null) expect(whatIsWrongWith(cron)).toBeNull()
    else expect(whatIsWrongWith(cron)).toContain(wrong)
  })

  it.each([
    ['*/5 * * * *', 5 * MINUTE, false],
    ['*/4 * * * *', 5 * MINUTE, true],
    ['* * * * *', 5 * MINUTE, true],
    ['2,58 * * * *', 5 * MINUTE, true],
    ['0,3 9 1 1 *', 5 * MINUTE, true],
    ['0 * * * *', HOUR, false],
    ['0,30 9 * * 1', HOUR, true],
    ['0 9 * * *', HOUR, false],
    ['0 9 30 2 *', HOUR, false],
  ])('%s closer than %i ms: %s', (cron, gap, is) => {
    expect(isCloserThan(gap, cron, Date.parse('2027-01-01T00:00Z'))).toBe(is)
  })
})

it.each([
  ['Europe/Berlin', 'Europe/Berlin'],
  ['europe/berlin', 'Europe/Berlin'],
  ['UTC', 'UTC'],
  ['+02:00', null],
  ['Asia/Kolkata', 'Asia/Kolkata'],
  ['Europe/Kyiv', 'Europe/Kyiv'],
  ['Europe/Atlantis', null],
  ['asia/kolkata', 'Asia/Kolkata'],
  ['america/port_of_spain', 'America/Port_of_Spain'],
  ['us/pacific', 'US/Pacific'],
  ['US/Eastern', 'US/Eastern'],
  ['Asia/Calcutta', 'Asia/Calcutta'],
  ['Japan', 'Japan'],
  ['America/argentina/buenos_aires', 'America/Argentina/Buenos_Aires'],
  ['US/pacific', 'US/Pacific'],
  ['ASIA/KOLKATA', 'Asia/Kolkata'],
  ['US/PACIFIC', 'US/Pacific'],
  ['Antarctica/McMurdo', 'Antarctica/McMurdo'],
  ['America/Knox_IN', 'America/Knox_IN'],
  ['Europe/Isle_of_Man', 'Europe/Isle_of_Man'],
  ['America/Port-au-Prince', 'America/Port-au-Prince'],
  ['NZ-CHAT', 'NZ-CHAT'],
  ['Factory', null],
  ['nz', 'NZ'],
  ['utc', 'UTC'],
  ['GMT', 'GMT'],
  // No summer, another country, another sign: none of them is what whoever says it means.
  ['EST', null],
  ['BST', null],
  ['cet', null],
  ['PST8PDT', null],
  ['Etc/GMT+2', null],
  ['GMT+2', null],
  ['', null],
])('the zone %s is %s', (name, zone) => {
  expect(zoneNamed(name)).toBe(zone)
})

it.each(['UTC', 'Europe/Berlin', 'America/New_York'])(
  'the first and the last day of the calendar begin in %s',
  (zone) => {
    const days = ['0001-01-01', '0099-12-31', '9999-12-31'].map((day) => startOfDay(day, zone, 1))
    const near = ['0001-01-02', '0100-01-01', '9999-12-31'].map((day, at) =>
      Math.abs(Number(days[at]) - Date.parse(`${day}T00:00Z`) - (at === 2 ? DAY : 0)),
    )
    expect(Math.max(...near)).toBeLessThan(DAY)
  },
)
