import { expect, it } from 'vitest'
import { Archive } from '../../src/tables/room/archive.ts'
import { searchConversation } from '../../src/tools/search-conversation.ts'
import { runTool } from '../../src/tools.ts'
import { inRoom } from '../support/rows.ts'
import { EMPTY } from '../support/tools.ts'

const talk: [string, string, string][] = [
  ['2026-11-18T09:00:00Z', 'David', 'The deploy failed on Friday'],
  ['2026-11-19T00:00:00Z', 'Émile', 'We deploy again, 明天下午开会'],
  ['2026-11-19T23:59:59Z', 'Jason', 'コーヒーを飲みながら deploying'],
  ['2026-11-20T00:00:00Z', 'Kevin', '회의는 내일입니다'],
]

async function searches(input: object, said = talk) {
  return await inRoom(async ({ sql }) => {
    const archive = new Archive(sql)
    for (const [index, [time, name, text]] of said.entries()) {
      archive.add({ message: index + 1, author: index + 1, name, at: Date.parse(time), text })
    }
    const campfire = { list: nobody, boost: nobody, attach: nobody }
    const context = { campfire, archive, ...EMPTY, now: 0, signal: new AbortController().signal }
    const call = { name: 'search_conversation', input, unreadable: false }
    return JSON.parse((await runTool([searchConversation], call, context)).result)
  })
}

async function nobody(): Promise<never> {
  throw new Error('it has no business there')
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
  [{ limit: 2 }, [4, 3]],
])('%j finds %j', async (input, found) => {
  const { ok, result } = await searches(input)
  expect(ok).toBe(true)
  expect(result.map(({ id }: { id: number }) => id)).toEqual(found)
})

it('says who said what and when', async () => {
  expect((await searches({ words: 'friday' })).result).toEqual([
    {
      id: 1,
      time: '2026-11-18T09:00:00.000Z',
      author: 'David',
      author_id: 1,
      text: 'The deploy failed on Friday',
    },
  ])
})

it.each([
  [{ from: 'yesterday' }, 'from'],
  [{ from: '2026-13-01' }, 'from'],
  [{ until: '20.11.2026' }, 'until'],
  [{ limit: 0 }, 'limit'],
  [{ limit: 41 }, 'limit'],
  [{ words: 'x'.repeat(201) }, 'words'],
  [{ room: 2 }, 'room'],
])('refuses %j, and names it', async (input, named) => {
  expect(await searches(input)).toEqual({ ok: false, error: expect.stringContaining(named) })
})

it('cuts long texts so that all fit', async () => {
  const long = Array.from(
    { length: 40 },
    () => [talk[0]?.[0] ?? '', 'David', 'word '.repeat(1_000)] as (typeof talk)[0],
  )
  const { ok, result } = await searches({ limit: 40 }, long)
  expect(ok).toBe(true)
  expect(result).toHaveLength(40)
  expect(result[0].text).toMatch(/word …$/)
})
