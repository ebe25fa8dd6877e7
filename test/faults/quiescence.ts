import { evictDurableObject } from 'cloudflare:test'
import { expect, vi } from 'vitest'
import { bookedAt } from '../support/steps.ts'
import type { World } from '../support/world.ts'

/** However a turn went: nothing is open, no sign is left, and the next message is answered as ever. */
export async function expectQuiet(world: World) {
  expect(await world.rows('SELECT id FROM turns WHERE ended IS NULL')).toEqual([])
  expect(
    await world.rows("SELECT part FROM replies WHERE state NOT IN ('posted', 'gone')"),
  ).toEqual([])
  expect(await world.rows("SELECT number FROM tool_uses WHERE state = 'intended'")).toEqual([])
  expect(await world.rows('SELECT arrival FROM messages WHERE turn IS NULL')).toEqual([])
  expect(signsIn(world)).toEqual([])

  const before = world.answers()
  world.model.says('As ever.').says('From rows, too.')
  await world.asks(world.david, 'and now?')
  await evictDurableObject(world.room())
  await world.asks(world.david, 'and then?')
  expect(world.answers()).toEqual([...before, 'As ever.', 'From rows, too.'])
  expect(signsIn(world)).toEqual([])
}

function signsIn(world: World) {
  const boosts = world.campfire.messagesIn(world.watercooler).flatMap(({ boosts }) => boosts)
  return boosts.filter(({ who }) => who === world.assistant.name).map((one) => one.content)
}

/** What became of every model call: its state, why, and whether it cost nothing, its price or the worst. */
export async function callsIn(world: World) {
  const steps = await world.rows(
    'SELECT state, error, cost, model FROM steps ORDER BY turn, number',
  )
  return steps.map((step) => `${step.error ?? step.state}: ${bookedAt(step)}`)
}

/** What the operator's log says. */
export function logged() {
  const levels = ['log', 'warn', 'error'] as const
  const calls = levels.flatMap((level) => vi.spyOn(console, level).mock.calls)
  return calls.map(([line]) => JSON.parse(String(line)) as Record<string, unknown>)
}

/** Lets the time for every retry pass. */
export async function waits(world: World, minutes = 10) {
  for (let passed = 0; passed < minutes; passed++) await world.passes(60_000)
}
