import { expect, it } from 'vitest'
import { eventually } from './support/eventually.ts'
import { useOutside } from './support.ts'

const MINUTE = 60_000
const outside = useOutside()

// The real minute, on the real clock: the only test that waits for one. `npm run proof` has the time for it.
it('starts anew when a minute has passed, and finds the old talk by searching', async () => {
  const world = outside()
  const { model } = world
  await world.isUp()
  await world.operator('PATCH', '/rooms/1/assistant/settings', { ttlMinutes: 1 })
  model.says('Noted: the boat is called Zephyr.')
  await world.asks('the boat is called Zephyr')
  const expires = Date.parse((await world.overview()).session?.expiresAt ?? '')
  expect(expires - Date.now()).toBeGreaterThan(MINUTE - 10_000)
  expect(expires - Date.now()).toBeLessThanOrEqual(MINUTE)

  const over = async () => (await world.overview()).session === null
  await eventually('the session is over', over, MINUTE + 5_000)
  expect(Date.now()).toBeGreaterThanOrEqual(expires)
  expect(model.prompts).toHaveLength(1)

  model
    .says('David named a boat.')
    .uses('search_conversation', { words: 'boat called' })
    .says('Zephyr.')
  await world.asks('what was its name?')

  expect((await world.turns()).map(({ tier }) => tier)).toEqual(['cold', 'cold'])
  const [, summary, question, answer] = model.prompts
  expect(JSON.stringify(summary?.system)).toContain('Summarize')
  expect(JSON.stringify(summary?.messages)).toContain('Zephyr')
  expect(JSON.stringify(question)).toContain('David named a boat.')
  expect(JSON.stringify(question?.messages)).not.toContain('Zephyr')
  expect(JSON.stringify(answer?.messages.at(-1))).toContain('the boat is called Zephyr')
  expect(world.posts).toEqual(['<p>Noted: the boat is called Zephyr.</p>', '<p>Zephyr.</p>'])
})
