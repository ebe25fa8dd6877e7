import { describe, expect, it } from 'vitest'
import { AbilitiesHere } from '../../src/runtime/abilities-here.ts'

const MINUTE = 60_000

type Seen = [minutes: number, can: boolean]
interface Here {
  believed?: boolean
  counted?: boolean
  told?: boolean
}

describe('what a room makes of pages that say an ability is not there', () => {
  it.each<[string, Seen[], at: number, Here]>([
    ['of one it tells nobody, and counts on nothing for now', [[0, false]], 1, { counted: false }],
    ['and two minutes later it is as if nothing had been said', [[0, false]], 2, {}],
    [
      'more of the same minute are no more than one',
      [
        [0, false],
        [1, false],
      ],
      1,
      { counted: false },
    ],
    [
      'denied again minutes later it is believed, and told',
      [
        [0, false],
        [2, false],
      ],
      2,
      { believed: false, counted: false, told: false },
    ],
    [
      'but not when it was seen meanwhile',
      [
        [0, false],
        [1, true],
        [2, false],
      ],
      2,
      { believed: true, counted: true },
    ],
    [
      'what was seen stays here, and is told when it was denied again',
      [
        [0, true],
        [1, false],
        [3, false],
      ],
      3,
      { believed: true, counted: true, told: false },
    ],
    [
      'where the clock was put back nobody knows how long ago the first one came',
      [
        [60, false],
        [0, false],
        [1, false],
      ],
      1,
      { counted: false },
    ],
  ])('%s', (_, seen, at, { believed, counted, told }) => {
    let minutes = 0
    const here = new AbilitiesHere(() => minutes * MINUTE)
    for (const [when, can] of seen) {
      minutes = when
      here.learn('list', can)
    }
    minutes = at

    expect(here.all.list).toBe(believed)
    expect(here.now().list).toBe(counted)
    expect(here.learned.list).toBe(told)
  })

  it('and what the account has heard from all rooms is not told again', () => {
    const here = new AbilitiesHere(() => 0)
    here.begin({ abilities: { list: true }, denied: { list: -2 * MINUTE } })
    here.learn('list', false)
    expect(here.learned).toEqual({ list: false })

    here.hear({ list: true })
    expect(here.learned).toEqual({})
    expect(here.all).toEqual({ list: true })
  })
})
