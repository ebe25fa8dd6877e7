import { evictDurableObject } from 'cloudflare:test'
import { expect, it } from 'vitest'
import { boost } from '../../src/tools/boost.ts'
import { readMessages } from '../../src/tools/read-messages.ts'
import { useBotChanges } from '../support/bots.ts'
import { useWorld } from '../support/world.ts'

const world = useWorld()
const change = useBotChanges()
const toolsOf = (at: number) =>
  world.model.prompts.at(at)?.tools?.map((tool) => 'name' in tool && tool.name)
const bytes = (at: number) => JSON.stringify(world.model.prompts.at(at)?.messages)

it('a turn within its tools keeps those it began with over a deploy, and what it thought', async () => {
  const { model, david } = world
  change({ tools: [readMessages], instructions: 'You are Robo.', fallbackModel: undefined })
  model.thinks('I shall look.').uses('read_messages').fails(529)
  await world.asks(david, 'what was said?')
  expect(toolsOf(-1)).toEqual(['read_messages'])

  change({ tools: [boost], instructions: 'You are Robo the second.', fallbackModel: undefined })
  await evictDurableObject(world.room())
  model.says('Nothing much.')
  await world.passes(30_000)
  expect(world.answers()).toEqual(['Nothing much.'])
  expect(toolsOf(-1)).toEqual(['read_messages'])
  expect(bytes(-1)).toContain('I shall look.')

  model.says('Ready.')
  await world.asks(david, 'and now?')
  expect(toolsOf(-1)).toEqual(['boost'])
  expect(bytes(-1)).toContain('Nothing much.')
  expect(bytes(-1)).not.toContain('I shall look.')
})

it('what two turns were begun with is kept, however many deploys there were, and a second turn writes none', async () => {
  const kept = async () =>
    (await world.rows('SELECT id, system FROM instructions')).map(({ id }) => id)
  const ids: unknown[] = []
  for (const robo of ['first', 'second', 'third']) {
    change({ instructions: `You are Robo the ${robo}.` })
    for (const turn of ['One.', 'Two.']) {
      world.model.says(turn)
      await world.asks(world.david, 'hello?')
      ids.push(await kept())
    }
  }
  expect(ids).toEqual([[1], [1], [1, 2], [1, 2], [2, 3], [2, 3]])
  const [last] = await world.rows('SELECT system FROM instructions ORDER BY id DESC LIMIT 1')
  expect(last?.system).toContain('Robo the third')
})

it('a tool that a deploy took away gives an error to the turn that still asks for it', async () => {
  const { model, david } = world
  change({ tools: [readMessages], fallbackModel: undefined })
  model.uses('read_messages').fails(529)
  await world.asks(david, 'what was said?')
  change({ tools: [boost], fallbackModel: undefined })
  await evictDurableObject(world.room())
  model.uses('read_messages').says('I cannot look any more.')
  await world.passes(30_000)

  expect(world.answers()).toEqual(['I cannot look any more.'])
  expect(bytes(-1)).toContain('There is no tool named read_messages')
})
