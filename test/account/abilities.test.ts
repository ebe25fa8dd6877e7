import { describe, expect, it } from 'vitest'
import { type Learned, learn } from '../../src/account/abilities.ts'

const MINUTE = 60_000
const NEW: Learned = { found: { list: true }, denied: {} }

describe('what a Campfire can do', () => {
  it.each<[string, [room: string, list: boolean, minutes: number][], boolean]>([
    ['is not unlearned by one page', [['a', false, 0]], true],
    [
      'nor by the same room again',
      [
        ['a', false, 0],
        ['a', false, 9],
      ],
      true,
    ],
    [
      'nor by two rooms within a minute',
      [
        ['a', false, 0],
        ['b', false, 1],
      ],
      true,
    ],
    [
      'but by two rooms, minutes apart',
      [
        ['a', false, 0],
        ['b', false, 2],
      ],
      false,
    ],
    [
      'unless it was seen meanwhile',
      [
        ['a', false, 0],
        ['c', true, 1],
        ['b', false, 2],
      ],
      true,
    ],
  ])('%s', (_, told, list) => {
    const learned = told.reduce(
      (known, [room, can, minutes]) =>
        learn(known, { list: can }, { room, now: minutes * MINUTE }) ?? known,
      NEW,
    )
    expect(learned.found).toEqual({ list })
  })

  it('that was never seen is believed at once, and the contrary too', () => {
    const none = learn({ found: {}, denied: {} }, { edit: false }, { room: 'a', now: 0 })
    expect(none?.found).toEqual({ edit: false })
    expect(learn(none ?? NEW, { edit: true }, { room: 'b', now: 0 })?.found).toEqual({ edit: true })
  })

  it('is written only when it is news', () => {
    expect(learn(NEW, { list: true }, { room: 'a', now: 0 })).toBe(null)
  })
})
