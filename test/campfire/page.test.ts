import { expect, it } from 'vitest'
import { isMoreBehind } from '../../src/campfire/page.ts'

const NEXT = '<https://chat.example.com/rooms/1/x/messages?before=1>; rel="next"'

it.each<[number, string | null, number | null, boolean]>([
  [40, NEXT, 90, true],
  [3, NEXT, null, true],
  [39, null, 39, false],
  [0, null, 0, false],
  // A full page whose link is missing: only that the room has no more says that it is the last.
  [40, null, 90, true],
  [40, null, null, true],
  [40, null, 40, false],
  // Somebody else's link is none, and whoever has left that one has left ours.
  [40, '<https://chat.example.com/style.css>; rel="preload"', null, true],
])(
  'a page of %i with the link %s, of %s in all, has more behind it: %s',
  (count, link, total, is) => {
    const page = { messages: [], unreadable: count }
    expect(isMoreBehind(page, link, total)).toBe(is)
  },
)
