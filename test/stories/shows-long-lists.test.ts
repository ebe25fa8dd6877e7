import { evictDurableObject } from 'cloudflare:test'
import { beforeEach, describe, expect, it } from 'vitest'
import { useBotChanges } from '../support/bots.ts'
import { useWorld } from '../support/world.ts'

const world = useWorld()
const change = useBotChanges()

beforeEach(() => change({ reply: 'whole' }))

async function using(input: object) {
  world.model.uses('list', input).says('There.')
  await world.asks(world.david, 'please')
  const [row] = await world.rows('SELECT result FROM tool_uses ORDER BY turn DESC LIMIT 1')
  return JSON.parse(String(row?.result))
}

function fill(count: number, text: string, first = 2) {
  return world.rows(
    `INSERT INTO list_items (list, number, place, text, author, at)
     WITH RECURSIVE n(n) AS (SELECT ${first} UNION ALL SELECT n + 1 FROM n WHERE n < ${count})
     SELECT 1, n, n, '${text} ' || n, 1, 0 FROM n`,
  )
}

describe('a list of 200 items', () => {
  it('is shown in short, and says to people and to the model how many more there are', async () => {
    await using({ action: 'add', texts: ['Chop wood'] })
    await fill(200, 'Chop some more of the wood that is left behind the house')
    const { result } = await using({ action: 'show' })

    const shown = world.answers().at(-2) ?? ''
    const lines = shown.match(/\d+ Chop/g)?.length ?? 0
    expect(lines).toBeGreaterThan(20)
    expect(new TextEncoder().encode(shown).length).toBeLessThan(3_000)
    expect(shown).toMatch(new RegExp(`${200 - lines} more$`))
    expect(result.told).toMatch(new RegExp(`The last ${200 - lines} of these items did not fit`))
    expect(result.items).toHaveLength(200)
  })

  it('that is too long to be read says so, and the rest is read by its numbers', async () => {
    await using({ action: 'add', texts: ['Chop wood'] })
    await fill(200, 'Chop '.repeat(55))
    const told = await using({ action: 'show', as: 'answer', list: 'To do' })

    expect(told.cut).toMatch(/^These are the first \d+ of \d+ characters\. Ask for less\.$/)
    const numbers = [199, 200]
    expect((await using({ action: 'show', numbers })).result).toMatchObject([
      { items: numbers.map((number) => ({ number })) },
    ])
  })

  it('goes whole into a file, with quotes, lines and formulas that do not run', async () => {
    const texts = ['Say "hi", twice', '\t=cmd()', '＝1+1', '+1 day', '-5', '"=2+2']
    await using({ action: 'add', texts, notes: 'dry\n=HYPERLINK("x")' })
    await fill(204, 'Chop', 7)
    await world.rows("UPDATE people SET name = '@SUM(1)' WHERE id = 1")
    await evictDurableObject(world.room())
    const { result } = await using({ action: 'show', as: 'file' })

    const file = world.campfire
      .postsOf(world.assistant, world.watercooler)
      .find((post) => post.file)
    const csv = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(
      file?.bytes ?? undefined,
    )
    expect(result.items).toBe(204)
    expect(csv.match(/^"\d+","/gm)).toHaveLength(204)
    for (const line of [
      '"1","Say ""hi"", twice","dry\n=HYPERLINK(""x"")",',
      '"2","\'=cmd()",',
      '"3","\'＝1+1",',
      '"4","+1 day",',
      '"5","-5",',
      '"6","""=2+2",',
    ]) {
      expect(csv).toContain(line)
    }
  })
})
