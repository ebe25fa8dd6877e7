import { expect, it } from 'vitest'
import { Lists } from '../../../src/tables/room/lists.ts'
import { inRoom } from '../../support/rows.ts'

const ITEM = {
  text: 'Wood',
  notes: null,
  assignee: null,
  due: null,
  author: 1,
  at: 0,
  message: null,
  done_by: null,
  done_at: null,
  reminder: null,
}

/** A room with one list. */
function withList(work: (lists: Lists, list: NonNullable<ReturnType<Lists['make']>>) => void) {
  return inRoom(({ sql }) => {
    const lists = new Lists(sql)
    const list = lists.make('')
    if (!list) throw new Error('No list was made')
    work(lists, list)
  })
}

it('there is room for twenty lists', () =>
  withList((lists) => {
    for (let n = 2; n <= 20; n++) expect(lists.make(`List ${n}`)?.name).toBe(`List ${n}`)
    expect(lists.make('One more')).toBeNull()
  }))

it('a list is found however it is written', () =>
  withList((lists) => {
    lists.make('Über CAFÉ')
    expect(lists.find('uber cafe')?.name).toBe('Über CAFÉ')
    expect(lists.find('tea')).toBeNull()
  }))

it('a full list lets go of what was done longest ago, and never of what is open', () =>
  withList((lists, list) => {
    for (let n = 1; n <= 200; n++) {
      expect(lists.add(list, { ...ITEM, text: `${n}` })?.number).toBe(n)
    }
    expect(lists.add(list, ITEM)).toBeNull()

    const [first, second] = lists.items(list)
    if (first) lists.change(list, first, { done_at: 200 })
    if (second) lists.change(list, second, { done_at: 100 })
    expect(lists.add(list, ITEM)).toMatchObject({ number: 201, dropped: [{ number: 2 }] })
    expect(lists.items(list)).toHaveLength(200)
  }))

it('a number is never given twice', () =>
  withList((lists, list) => {
    lists.add(list, ITEM)
    for (const item of lists.items(list)) lists.removeItem(list, item)
    expect(lists.add(list, ITEM)?.number).toBe(2)
  }))

it.each([
  [2, 0, [1, 3, 4, 2]],
  [4, 1, [4, 1, 2, 3]],
  [1, 4, [2, 3, 1, 4]],
  [2, 3, [1, 2, 3, 4]],
  [3, 2, [1, 3, 2, 4]],
])('put %i before %i, and the rest stays in its order', (number, before, order) =>
  withList((lists, list) => {
    for (let n = 0; n < 4; n++) lists.add(list, ITEM)
    const at = (wanted: number) => lists.items(list).find((item) => item.number === wanted)
    const [item, other] = [at(number), at(before)]
    if (item) lists.putBefore(list, item, other ?? null)
    expect(lists.items(list).map((one) => one.number)).toEqual(order)
    expect(lists.add(list, ITEM)?.number).toBe(5)
    expect(lists.items(list).at(-1)?.number).toBe(5)
  }),
)
