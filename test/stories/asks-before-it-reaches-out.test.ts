import { describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import type { Bot } from '../../src/bots/bot.ts'
import { defineTool, type Effect } from '../../src/tools/tool.ts'
import { useBotChanges } from '../support/bots.ts'
import { useWorld } from '../support/world.ts'

const world = useWorld()
const change = useBotChanges()

/** David asks three times, says yes whenever he is asked, and the tool would be used each time. */
async function askedThreeTimes(effect: Effect, approval: Bot['approval'] = {}) {
  const { model, david } = world
  const run = vi.fn(async () => 'sent')
  const input = z.strictObject({})
  const tool = defineTool({ name: 'send', description: 'Sends it.', input, effect, run })
  change({ tools: [tool], approval, reply: 'whole' })
  let requests = 0
  for (let times = 0; times < 3; times++) {
    model.uses('send').says('Sent.')
    await world.asks(david, 'send it')
    if (!world.answers().at(-1)?.includes('May I run send?')) continue
    requests++
    await world.asks(david, 'yes')
  }
  return { requests, runs: run.mock.calls.length }
}

describe('a tool', () => {
  it.each<[Effect, Bot['approval'], number]>([
    ['read', {}, 0],
    ['change', {}, 0],
    ['outside', {}, 1],
    ['outside', { send: 'never' }, 0],
    ['outside', { send: 'always' }, 3],
    ['change', { send: 'once' }, 1],
    ['outside', { boost: 'always' }, 1],
  ])(
    'whose effect is %s, in a bot that says %j, asks %i times',
    async (effect, approval, requests) => {
      expect(await askedThreeTimes(effect, approval)).toEqual({ requests, runs: 3 })
    },
  )
})
