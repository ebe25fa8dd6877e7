import { describe, expect, it, vi } from 'vitest'
import { useBotChanges } from '../support/bots.ts'
import type { Block, Body } from '../support/model.ts'
import { useWorld, type World } from '../support/world.ts'

const MINUTE = 60_000
const MESSAGES = 600
/** What somebody who was away has to know, and where in the day it is said. */
const FACTS: [number, string][] = [
  [7, 'Decided: we ship on 4 March, not before.'],
  [120, 'Kevin promised the signed contract by Friday noon.'],
  [199, 'Open: who tells the customer in Oslo?'],
  [201, 'Decided: the blue logo it is.'],
  [350, 'The staging password was changed, ask Kevin.'],
  [480, 'Open: do we need a second server?'],
  [598, 'Kevin takes the night shift.'],
]

describe('a day that somebody has missed', () => {
  const world = useWorld()
  const change = useBotChanges()

  it('reaches the model whole in its facts: 600 messages, two pasted logs, in two calls', async () => {
    change({ reply: 'whole' })
    const ids = await aDay(world)
    world.model
      .uses('read_messages', { since: 'my last word here' })
      .answers((body) => older(body, 'my last word here'))
      .says('Here is what you missed.')
    await world.asks(world.david, 'what did I miss?')

    const read = (await results(world)).join('\n')
    for (const [, fact] of FACTS) expect(read).toContain(fact)
    for (const id of ids) expect(read).toContain(`"id":${id},`)
    expect(read).toContain('…')
    // So much of the model's window, and no more.
    for (const result of await results(world)) expect(result.length).toBeLessThan(100_000)
    expect(world.model.left).toBe(0)
  })

  it('begins with the room for whoever never spoke there, and says so', async () => {
    change({ reply: 'whole' })
    const said = await world.posts(world.kevin, { text: FACTS[1]?.[1] ?? '' })
    world.model.uses('read_messages', { since: 'my last word here' }).says('One thing.')
    await world.asks(world.david, 'what did I miss?')

    const [result] = await results(world)
    const { result: read } = JSON.parse(result ?? '')
    expect(read).toMatchObject({ messages: 1, days: [{ said: [{ id: said }] }] })
    expect(read.cut).toMatch(/^They have not spoken here before/)
  })

  it('begins behind the last word of whoever asks, and has the link of each message', async () => {
    change({ reply: 'whole' })
    const last = await world.posts(world.david, { text: 'Back tomorrow.' })
    const said = await world.posts(world.kevin, { text: FACTS[1]?.[1] ?? '' })
    world.model.uses('read_messages', { since: 'my last word here' }).says('One thing.')
    const asked = await world.asks(world.david, 'what did I miss?')

    const [result] = await results(world)
    const { ok, result: read } = JSON.parse(result ?? '')
    expect(ok).toBe(true)
    expect(read).toMatchObject({
      messages: 1,
      after: { id: last },
      link: 'https://chat.example.com/rooms/1/@<id>',
      days: [{ said: [{ id: said, author: 'Kevin' }] }],
    })
    expect(result).not.toContain(`"id":${asked}`)
    expect(result).not.toContain('Back tomorrow')
  })

  it('does not hold what was forgotten, be it pages of it', async () => {
    change({ reply: 'whole' })
    const first = await world.posts(world.kevin, { text: 'Before all that.' })
    for (let n = 0; n < 90; n++) await world.posts(world.jason, { text: `secret ${n}` })
    await world.asks(world.jason, 'forget')
    world.model.uses('read_messages', { since: String(first - 1) }).says('Little.')
    await world.asks(world.david, 'what was said?')

    const [result] = await results(world)
    expect(result).not.toContain('secret')
    expect(result).toContain('Before all that.')
  })
})

/** David leaves, and people go on talking. */
async function aDay(world: World) {
  await world.posts(world.david, { text: 'See you tomorrow.' })
  const ids: number[] = []
  for (let n = 0; n < MESSAGES; n++) {
    vi.setSystemTime(Date.now() + MINUTE)
    const fact = FACTS.find(([at]) => at === n)?.[1]
    const log = n === 60 || n === 400 ? 'line of a log\n'.repeat(3_000) : null
    const text =
      fact ?? log ?? `Number ${n}: I think the third draft reads better than the second one.`
    ids.push(await world.posts(n % 3 ? world.kevin : world.jason, { text }))
  }
  return ids
}

/** What the result before says is to be called for the rest. */
function older({ messages }: Body, since: string): Block[] {
  const before = /before: (\d+)/.exec(JSON.stringify(messages.at(-1)))?.[1]
  const input = { since, before: Number(before) }
  return [{ type: 'tool_use', id: 'toolu_older', name: 'read_messages', input }]
}

async function results(world: World) {
  const rows = await world.rows('SELECT result FROM tool_uses ORDER BY turn, step, number')
  return rows.map(({ result }) => String(result))
}
