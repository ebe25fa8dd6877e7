import { evictDurableObject } from 'cloudflare:test'
import { expect, it } from 'vitest'
import { useWorld } from './support/world.ts'

const world = useWorld()

it('answers whoever mentions it', async () => {
  world.model.says('Hello, David.')
  await world.asks(world.david, 'hi there')

  expect(world.answers()).toEqual(['Hello, David.'])
})

it('remembers what was said before, also after it was evicted', async () => {
  const { david, model } = world
  for (const answer of ['One.', 'Two.', 'Three.', 'Four.', 'Five.']) model.says(answer)
  await world.asks(david, 'question one')
  await world.asks(david, 'question two')
  await world.asks(david, 'question three')
  await evictDurableObject(world.room())
  await world.asks(david, 'question four')
  await world.asks(david, 'question five')

  expect(await world.rows('SELECT tier FROM turns')).toEqual(
    ['cold', 'hot', 'hot', 'warm', 'hot'].map((tier) => ({ tier })),
  )
  expect(JSON.stringify(model.prompts[3]?.messages)).toContain('question one')
})
