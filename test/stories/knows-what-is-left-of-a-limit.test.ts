import { describe, expect, it } from 'vitest'
import { useBotChanges } from '../support/bots.ts'
import { used, useLimits } from '../support/limits.ts'
import { useWorld } from '../support/world.ts'

const LIMIT = /spending limit/

const world = useWorld()
const assistant = useBotChanges()
const { limit, budgets, comesHome, variables } = useLimits(world)

describe('the operator is told of a limit', () => {
  const notes = async () => {
    await world.rings(world.office)
    return world.answers(world.office)
  }

  it('anew once it is raised, and when what is left pays no answer any more', async () => {
    await variables({ OPERATOR_ROOM: '2' })
    await limit({ for: 'room:1', per: 'day', usd: 0.18 })
    world.model.says('One.', used(100, 8_000)).says('Two.', used(100, 8_000))
    for (const n of [1, 2]) {
      await world.asks(world.david, `question ${n}`)
      await comesHome()
    }
    expect(await notes()).toEqual([expect.stringMatching(/^80% of .* is used: \$0\.16 of \$0\.18/)])

    await world.asks(world.david, 'question 3')
    await comesHome()
    await world.asks(world.jason, 'question 4')
    expect(world.answers().slice(2)).toEqual([
      expect.stringMatching(LIMIT),
      expect.stringMatching(LIMIT),
    ])
    expect((await notes()).slice(1)).toEqual([
      expect.stringMatching(/^89% of .* is used: \$0\.16 of \$0\.18/),
    ])

    await limit({ for: 'room:1', per: 'day', usd: 0.4 })
    world.model.says('Three.', used(100, 8_000)).says('Four.', used(100, 8_000))
    for (const n of [5, 6]) {
      await world.asks(world.david, `question ${n}`)
      await comesHome()
    }
    expect((await notes()).slice(2)).toEqual([
      expect.stringMatching(/^80% of .* is used: \$0\.32 of \$0\.40/),
    ])
    await limit({ for: 'room:1', per: 'day', usd: 0.32 })
    await comesHome()
    expect((await notes()).slice(3)).toEqual([
      expect.stringMatching(/^100% of .* is used: \$0\.32 of \$0\.32/),
    ])
  })

  it('as used up when somebody is refused, and not when it is too little to tell a conversation in short', async () => {
    await variables({ OPERATOR_ROOM: '2' })
    const spent = await talksOfMuch(3_000)
    await limit({ for: 'room:1', per: 'day', usd: spent + 0.075 })
    world.model.says('About 8.', used(9_000, 2_000))
    await world.asks(world.david, 'Topic 8')
    await comesHome()
    expect(await world.rows('SELECT * FROM compactions')).toEqual([])
    const nearly = expect.stringMatching(/^80% of /)
    await notes()
    await comesHome()
    expect(await notes()).toEqual([nearly])

    await world.asks(world.david, 'Topic 9')
    await comesHome()
    expect(world.answers().at(-1)).toMatch(LIMIT)
    expect(await notes()).toEqual([nearly, nearly])
  })
})

describe('a conversation that is told in short under a limit', () => {
  const short = () => world.rows('SELECT state, error, cost, reserve FROM compactions')

  it('is reserved by what was counted, settled by what it came to, and not asked for when little is left', async () => {
    const spent = await talksOfMuch(900)
    // Enough for one more answer, and not for telling it all in short after that.
    await limit({ for: 'room:1', per: 'day', usd: spent + 0.075 })
    world.model.says('About 8.', used(9_000, 2_000))
    await world.asks(world.david, 'Topic 8')
    await comesHome()
    expect(world.answers().at(-1)).toBe('About 8.')
    expect(await short()).toEqual([])
    const [before] = await budgets()
    expect(before).toMatchObject({ reservedUsd: 0 })

    await limit({ for: 'room:1', per: 'day', usd: 5 })
    world.model.says('About 9.', used(9_600, 100)).compacts('They went through topics 1 to 6.')
    await world.asks(world.david, 'Topic 9')
    await comesHome()
    const [row] = await short()
    const { amount } = JSON.parse(String(row?.reserve))
    expect(row?.state).toBe('used')
    // Some 28,000 bytes of it are known to be 9,600 tokens.
    expect(amount).toBeLessThan(14_000 * 2.5 * 1.1 + 4_000 * 10 * 1.1)
    expect(amount).toBeGreaterThan(9_600 * 2.5 * 1.1 + 4_000 * 10 * 1.1)
    const [steps] = await world.rows('SELECT sum(cost) AS cost FROM steps')
    expect(await budgets()).toMatchObject([
      { spentUsd: (Number(steps?.cost) + Number(row?.cost)) / 1e6, reservedUsd: 0, excessUsd: 0 },
    ])
    expect(Number(row?.cost)).toBeLessThan(amount)
  })
})

/** So much that the next answer makes it worth telling in short. What it has cost. */
async function talksOfMuch(tokens: number) {
  assistant({ compactAt: 1_000_000, reply: 'whole', fallbackModel: undefined, tools: [] })
  await limit({ for: 'room:1', per: 'day', usd: 5 })
  const long = 'so it is and was. '.repeat(500)
  for (const topic of [3, 5, 7]) {
    world.model.says(`About ${topic}: ${long}`, used(200 + 900 * topic, tokens))
    await world.asks(world.david, `Topic ${topic}`)
  }
  assistant({ compactAt: 5_000, maxTokens: 4_000 })
  await comesHome()
  const [{ spentUsd = 0 } = {}] = await budgets()
  return spentUsd
}
