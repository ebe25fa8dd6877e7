import { describe, expect, it, vi } from 'vitest'
import { until } from '../support/until.ts'
import { useWorld, type World } from '../support/world.ts'
import { callsIn, expectQuiet } from './quiescence.ts'

const SECOND = 1_000
const SILENCE = 90 * SECOND
const WHOLE_CALL = 300 * SECOND

describe('an answer that does not come', () => {
  const world = useWorld()

  it.each<[string, number, (world: World, hears: () => void) => void]>([
    ['says nothing at all', SILENCE, ({ model }, hears) => model.hangs() && hears()],
    ['falls silent half-way', SILENCE, ({ model }, hears) => model.says('A b c d', stalls(hears))],
    ['drips for ever', WHOLE_CALL, ({ model }, hears) => model.sends(() => drips(hears))],
  ])('since the model %s is given up, and asked for again', async (_, patience, script) => {
    const { model, david } = world
    const clock = windsForward(patience)
    let heard = false
    script(world, () => {
      heard = true
    })
    model.says('Here I am.')
    await world.says(david, 'hello?')
    const ringing = world.rings()
    await until(() => heard && model.prompts.length === 1)
    clock.isUp = true
    await ringing
    clock.isUp = false
    expect(model.hungUp).toBe(1)
    expect(world.answers()).toEqual([])
    await world.passes(SECOND)

    expect(world.answers()).toEqual(['Here I am.'])
    expect(await callsIn(world)).toEqual(['timeout: the worst', 'answered: its price'])
    await expectQuiet(world)
  })
})

/** So long a wait is over when the test says so. The clock belongs to the object that waits. */
function windsForward(wait: number) {
  const clock = { isUp: false }
  const start = globalThis.setTimeout
  const repeat = globalThis.setInterval
  const starts = (work: () => void, ms = 0) => {
    if (ms !== wait) return start(work, ms)
    const timer = repeat(() => {
      if (!clock.isUp) return
      clearInterval(timer)
      work()
    }, 1)
    return timer
  }
  const repeats = (work: () => void, ms = 0) => {
    // It is looked several times within the wait whether anything has come.
    const isPart = ms >= 5 * SECOND && wait % ms === 0
    return isPart ? repeat(() => clock.isUp && work(), 1) : repeat(work, ms)
  }
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(starts as typeof setTimeout)
  vi.spyOn(globalThis, 'setInterval').mockImplementation(repeats as typeof setInterval)
  return clock
}

function stalls(hears: () => void) {
  const before = async (piece: number) => {
    if (piece < 2) return
    hears()
    await new Promise(() => {})
  }
  return { before }
}

async function* drips(hears: () => void) {
  for (let drop = 0; ; drop++) {
    yield { type: 'ping' }
    if (drop === 5) hears()
    await new Promise((resolve) => setTimeout(resolve))
  }
}
