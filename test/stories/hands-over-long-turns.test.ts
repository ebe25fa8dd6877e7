import { describe, expect, it, vi } from 'vitest'
import { useBotChanges } from '../support/bots.ts'
import { useWorld } from '../support/world.ts'

const MINUTE = 60_000
/** A handler may make so many on the free plan, and last so long. */
const MOST_REQUESTS = 50
const LONGEST = 15 * MINUTE

describe('a turn that is too much for one handler', () => {
  const world = useWorld()
  const change = useBotChanges()

  it('goes on in the next one, in the midst of a step, and nothing is done twice', async () => {
    const { model, david } = world
    const boosts = [1, 2, 3, 4, 5].map((step) =>
      Array.from({ length: 14 }, (_, n) => `${step}.${n}`),
    )
    const message = await world.says(david, 'react to this, again and again')
    for (const contents of boosts) {
      model.uses(contents.map((content) => ['boost', { message_id: message, content }]))
    }
    model.says('Seventy times.')
    const handlers = await worksThrough()

    expect(world.answers()).toEqual(['Seventy times.'])
    expect(boostsOn(message)).toEqual(boosts.flat().toSorted())
    expect(handlers.length).toBeGreaterThan(1)
    expect(Math.max(...handlers.map(({ requests }) => requests))).toBeLessThanOrEqual(MOST_REQUESTS)
    expect(Math.max(...handlers.map(({ usesLeft }) => usesLeft))).toBeGreaterThan(0)
    expect(await untroubled()).toEqual([{ crashes: 0, failures: 0, lost: 0 }])
  })

  it('goes on in the next one when its calls take long', async () => {
    const { model, david } = world
    change({ limits: { steps: 30, minutes: 60, outputTokens: 60_000 } })
    await world.says(david, 'look it up, with care')
    for (let step = 1; step <= 9; step++) {
      model.uses(
        'search_conversation',
        { words: `word ${step}` },
        { before: passes, saying: 'Hm.' },
      )
    }
    model.says('It took its time.', { before: passes })
    const handlers = await worksThrough()

    expect(world.answers()).toEqual(['It took its time.'])
    expect(model.prompts).toHaveLength(10)
    expect(handlers.length).toBeGreaterThan(1)
    expect(Math.max(...handlers.map(({ ms }) => ms))).toBeLessThanOrEqual(LONGEST)
    expect(await untroubled()).toEqual([{ crashes: 0, failures: 0, lost: 0 }])

    async function passes(piece: number) {
      if (piece === 0) vi.setSystemTime(Date.now() + 3 * MINUTE)
    }
  })

  /** Fires the alarm as long as it is due; gives what each handler did, and what it left to the next. */
  async function worksThrough() {
    let requests = 0
    world.fault = async (_, when) => {
      if (when === 'before') requests++
      return undefined
    }
    const handlers: { requests: number; ms: number; usesLeft: number }[] = []
    for (let began = Date.now(); await world.ringsOnce(); began = Date.now()) {
      const left = await world.rows("SELECT id FROM tool_uses WHERE state = 'intended'")
      handlers.push({ requests, ms: Date.now() - began, usesLeft: left.length })
      requests = 0
    }
    return handlers
  }

  function boostsOn(id: number) {
    const message = world.campfire.messagesIn(world.watercooler).find((one) => one.id === id)
    return message?.boosts.map(({ content }) => content).toSorted()
  }

  function untroubled() {
    return world.rows(
      `SELECT crashes, failures, (SELECT count(*) FROM steps WHERE state <> 'answered') AS lost
       FROM turns`,
    )
  }
})
