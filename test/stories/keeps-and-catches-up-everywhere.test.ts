import { describe, expect, it } from 'vitest'
import { useBotChanges } from '../support/bots.ts'
import { useWorld } from '../support/world.ts'

describe.each(['port', 'v1.4.9'] as const)('on %s', (dialect) => {
  const world = useWorld(dialect)
  const change = useBotChanges()

  const using = async (tool: string, input: object, asker = world.david) => {
    change({ reply: 'whole' })
    world.model.uses(tool, input).says('Done.')
    await world.asks(asker, 'please')
    const [row] = await world.rows('SELECT result FROM tool_uses ORDER BY turn DESC LIMIT 1')
    return JSON.parse(String(row?.result))
  }

  it('a fact of the room is kept, known to others, and gone once it is forgotten', async () => {
    await using('memory', { action: 'remember', of: 'room', fact: 'The launch is on 4 March.' })
    const { result } = await using('memory', { action: 'recall', of: 'room' }, world.jason)
    expect(result).toMatchObject([
      { number: 1, fact: 'The launch is on 4 March.', said_by: 'David' },
    ])

    await using('memory', { action: 'forget', of: 'room', number: 1 })
    const left = await using('memory', { action: 'recall', of: 'room' }, world.jason)
    expect(JSON.stringify(left)).not.toContain('4 March')
  })

  it('what somebody tells about themselves goes with them into other rooms', async () => {
    await using('memory', { action: 'remember', of: 'me', fact: 'Likes tea.' })
    world.model.says('Yes.')
    await world.asks(world.david, 'and here?', world.office)
    expect(world.model.bodies.at(-1)).toContain('Likes tea.')
  })

  it('whoever was away is told what was said, or that nobody can read it there', async () => {
    await world.posts(world.david, { text: 'Back tomorrow.' })
    await world.posts(world.kevin, { text: 'We ship on 4 March.' })
    const told = await using('read_messages', { since: 'my last word here' })

    if (dialect === 'port') expect(JSON.stringify(told)).toContain('We ship on 4 March.')
    else expect(told).toMatchObject({ ok: false, error: expect.stringContaining('too old') })
  })
})
