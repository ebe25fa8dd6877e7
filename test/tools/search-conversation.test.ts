import { describe, expect, it } from 'vitest'
import type { ListedMessage } from '../../src/campfire.ts'
import { Archive } from '../../src/tables/room/archive.ts'
import { searchConversation } from '../../src/tools/search-conversation.ts'
import { runTool } from '../../src/tools.ts'
import { inRoom } from '../support/rows.ts'
import { callOf, EMPTY, EMPTY_HANDS, listing } from '../support/tools.ts'

const talk: [string, string, string][] = [
  ['2026-11-18T09:00:00Z', 'David', 'The deploy failed on Friday'],
  ['2026-11-19T00:00:00Z', 'Émile', 'We deploy again, 明天下午开会'],
  ['2026-11-19T23:59:59Z', 'Jason', 'コーヒーを飲みながら deploying'],
  ['2026-11-20T00:00:00Z', 'Kevin', '회의는 내일입니다'],
]

async function searches(input: object, said = talk, timeZone = 'UTC') {
  return await inRoom(async ({ sql }) => {
    const archive = new Archive(sql)
    const room: ListedMessage[] = said.map(([time, name, text], index) => {
      const [id, at] = [index + 1, Date.parse(time)]
      archive.add({ message: id, author: id, name, at, text })
      const author = { id, name, role: 'member' as const }
      return { id, at, author, html: '', plain: text, file: null }
    })
    const campfire = { ...EMPTY_HANDS, list: listing(room) }
    const signal = new AbortController().signal
    const index = { ...EMPTY.index, above: (...from: [number, number]) => archive.above(...from) }
    const context = { ...EMPTY, campfire, archive, index, timeZone, now: 0, signal }
    const call = callOf('search_conversation', input)
    return JSON.parse((await runTool([searchConversation], call, context))().result)
  })
}

it.each<[object, number[]]>([
  [{}, [4, 3, 2, 1]],
  [{ words: 'deploy' }, [3, 2, 1]],
  [{ words: 'friday DEPLOYED' }, [1]],
  [{ words: '开会' }, [2]],
  [{ words: 'コーヒー' }, [3]],
  [{ words: '내일 회의' }, [4]],
  [{ words: 'deploy', person: 'emile' }, [2]],
  [{ from: '2026-11-19' }, [4, 3, 2]],
  [{ until: '2026-11-19' }, [3, 2, 1]],
  [{ from: '2026-11-19', until: '2026-11-19' }, [3, 2]],
  [{ words: 'deploy', until: '2026-11-18' }, [1]],
  [{ from: '2026-11-20', until: '2026-11-19' }, []],
  [{ words: '"NEAR( AND *' }, []],
  [{ words: '???' }, []],
  // What nobody can see narrows nothing down.
  [{ words: '\u200b\u2060 \u{e0041}' }, [4, 3, 2, 1]],
  [{ words: 'friday', person: '\ufeff\u200b' }, [1]],
  [{ limit: 2 }, [4, 3]],
])('%j finds %j', async (input, found) => {
  const { ok, result } = await searches(input)
  expect(ok).toBe(true)
  expect(result.found.map(({ id }: { id: number }) => id)).toEqual(found)
})

it.each([
  ['Αθηνά', 'ΑΘΗΝΑ'],
  ['Сергей', 'сергеи\u0306'],
  ['Ещё', 'еще'],
  ['İpek', 'IPEK'],
  ['Weiß', 'WEISS'],
  ['Łukasz', 'lukasz'],
  ['Đặng', 'dang'],
  ['Søren', 'soren'],
  ['مُحَمَّد', 'محمد'],
  ['שָׂרָה', 'שרה'],
  ['김한', '\u1100\u1175\u11b7'],
  ['Room ４２', '42'],
  ['A\u200bnn', 'ann'],
])('finds what %s said by %s', async (name, person) => {
  const said: typeof talk = [['2026-11-18T09:00:00Z', name, 'hello']]
  expect((await searches({ person }, said)).result.found).toHaveLength(1)
})

it('says who said what and when', async () => {
  expect((await searches({ words: 'friday' })).result.found).toEqual([
    {
      id: 1,
      link: 'https://chat.example.com/rooms/1/@1',
      time: '2026-11-18 09:00 UTC',
      author: 'David',
      author_id: 1,
      text: 'The deploy failed on Friday',
    },
  ])
})

describe('where clocks change at midnight, or a day is left out', () => {
  it.each<[string, string, string, string, number]>([
    // The first hour of the day is not there: clocks go from midnight to one.
    ['2026-09-06', 'America/Santiago', '2026-09-06T04:00:00Z', '2026-09-07T03:00:00Z', 23],
    // The last hour of the day comes twice.
    ['2026-04-04', 'America/Santiago', '2026-04-04T03:00:00Z', '2026-04-05T04:00:00Z', 25],
    ['2026-10-25', 'Europe/Berlin', '2026-10-24T22:00:00Z', '2026-10-25T23:00:00Z', 25],
    // By half an hour.
    ['2026-04-05', 'Australia/Lord_Howe', '2026-04-04T13:00:00Z', '2026-04-05T13:30:00Z', 24.5],
    ['2026-11-20', 'Asia/Kathmandu', '2026-11-19T18:15:00Z', '2026-11-20T18:15:00Z', 24],
    ['2026-11-20', 'Pacific/Kiritimati', '2026-11-19T10:00:00Z', '2026-11-20T10:00:00Z', 24],
  ])('%s is a day of %s', async (day, timeZone, begins, ends, hours) => {
    const [from, to] = [Date.parse(begins), Date.parse(ends)]
    const said = [from - 1, from, to - 1, to].map((at): (typeof talk)[0] => [
      new Date(at).toISOString(),
      'David',
      'said',
    ])
    const { result } = await searches({ from: day, until: day }, said, timeZone)
    expect(result.found.map(({ id }: { id: number }) => id)).toEqual([3, 2])
    expect((to - from) / 3_600_000).toBe(hours)
  })
})

describe('where the clock of the bot is', () => {
  const night: typeof talk = [
    ['2026-11-18T22:30:00Z', 'David', 'late on the 18th'],
    ['2026-11-19T23:30:00Z', 'David', 'half past midnight on the 20th'],
    ['2026-11-20T22:59:59Z', 'David', 'last second of the 20th'],
    ['2026-11-20T23:00:00Z', 'David', 'midnight of the 21st'],
  ]
  const clocks: typeof talk = [
    ['2026-03-28T22:59:59Z', 'David', 'the day before the clocks change'],
    ['2026-03-28T23:00:00Z', 'David', 'first of the day of 23 hours'],
    ['2026-03-29T21:59:59Z', 'David', 'last of it'],
    ['2026-03-29T22:00:00Z', 'David', 'the day after'],
  ]

  it.each([
    [night, '2026-11-20', [3, 2]],
    [clocks, '2026-03-29', [3, 2]],
    [clocks, '2026-03-30', [4]],
  ])('a day is a day of there: %#', async (said, day, found) => {
    const { result } = await searches({ from: day, until: day }, said, 'Europe/Berlin')
    expect(result.found.map(({ id }: { id: number }) => id)).toEqual(found)
  })

  it('times are told as the prompt tells them', async () => {
    const { result } = await searches({}, night, 'Europe/Berlin')
    expect(result.found[1].time).toBe('2026-11-20 23:59 GMT+1')
  })
})

it.each([
  [{ from: 'yesterday' }, 'from'],
  [{ from: '2026-13-01' }, 'from'],
  [{ from: '2026-02-30' }, 'from'],
  [{ from: '2026-11-20T09:00' }, 'from'],
  [{ from: '2025-02-29' }, 'from'],
  [{ from: '2026-1-5' }, 'from'],
  [{ from: '+002026-11-20' }, 'from'],
  [{ from: '２０２６-11-20' }, 'from'],
  [{ from: '' }, 'from'],
  [{ from: 20261120 }, 'from'],
  [{ until: 'today' }, 'until'],
  [{ until: '2026-11-31' }, 'until'],
  [{ until: '20.11.2026' }, 'until'],
  [{ limit: 0 }, 'limit'],
  [{ limit: 11 }, 'limit'],
  [{ order: 'oldest' }, 'order'],
  [{ limit: 0.5 }, 'limit'],
  [{ words: 'x'.repeat(201) }, 'words'],
  [{ room: 2 }, 'room'],
])('refuses %j, and names it', async (input, named) => {
  expect(await searches(input)).toEqual({ ok: false, error: expect.stringContaining(named) })
})

it('cuts long texts so that all fit', async () => {
  const long = Array.from(
    { length: 10 },
    () => [talk[0]?.[0] ?? '', 'David', 'word '.repeat(4_000)] as (typeof talk)[0],
  )
  const { ok, result } = await searches({}, long)
  expect(ok).toBe(true)
  expect(result.found).toHaveLength(10)
  expect(result.found[0].text).toMatch(/word …$/)
})

it('looks into all the days that there are, and says that none lies between two that are turned round', async () => {
  const { result } = await searches({ words: 'friday', from: '0001-01-01', until: '9999-12-31' })
  expect(result.found).toHaveLength(1)
  const turned = await searches({ from: '2026-12-05', until: '2026-12-01' })
  expect(turned.result.notes[0]).toMatch(/from is after until/)
})
