import { evictDurableObject } from 'cloudflare:test'
import { describe, expect, it, vi } from 'vitest'
import { useBotChanges } from '../support/bots.ts'
import { useWorld } from '../support/world.ts'
import { abort, PARKED, toolThat, useLives } from './lives.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND

const world = useWorld()
const assistant = useBotChanges()
const { ring, states } = useLives(world)

describe('a stored row that does not parse', () => {
  it('of the turn in flight parks it, with one sentence', async () => {
    const { model, david } = world
    const kills = async () => {
      await abort()
      return await new Promise(() => {})
    }
    assistant({ tools: [toolThat('kill', kills)], approval: {} })
    model.uses('kill')
    await world.says(david, 'hello?')
    await ring(1)
    await world.rows(`UPDATE steps SET content = '[{"type": "tool_u'`)
    for (let times = 0; times < 8; times++) await later(10 * SECOND)
    model.says('All well.')
    await world.asks(david, 'and now?')

    expect(world.answers()).toEqual([expect.stringMatching(PARKED), 'All well.'])
    expect(await states()).toEqual(['parked', 'replied'])
  })

  it.each([
    'truncated [',
    '"a string"',
    '{"type":"text","text":"no list"}',
    '[{"type":"tool_use","id":"toolu_1"}]',
    '[{"type":"text"}]',
    '[null]',
  ])('of an earlier turn leaves the session with the whole of it: %s', async (garbage) => {
    const { model, david } = world
    model.uses('search_conversation', { words: 'x' }).says('One.').says('Two.').says('Three.')
    await world.asks(david, 'first question')
    await world.asks(david, 'second question')
    await world.rows(`UPDATE steps SET content = '${garbage}' WHERE turn = 1 AND number = 1`)
    await evictDurableObject(world.room())
    await world.asks(david, 'third question')

    const told = JSON.stringify(model.prompts.at(-1)?.messages)
    expect(world.answers()).toEqual(['One.', 'Two.', 'Three.'])
    expect(told).not.toMatch(/first question|tool_result|One\./)
    expect(told).toContain('Two.')
    expect(setAside()).toContainEqual({ table: 'steps', key: '1-1' })
    expect(warnings().join('\n')).not.toContain(garbage)
  })

  it('of a tool use has an unknown outcome, and the pair stays whole', async () => {
    const { model, david } = world
    model.uses('search_conversation', { words: 'x' }).says('One.').says('Two.')
    await world.asks(david, 'first question')
    await world.rows("UPDATE tool_uses SET state = 'garbage', result = NULL")
    await evictDurableObject(world.room())
    await world.asks(david, 'second question')

    expect(world.answers()).toEqual(['One.', 'Two.'])
    expect(JSON.stringify(model.prompts.at(-1)?.messages)).toContain('outcome unknown')
  })
})

describe('a remark in the archive that is garbage', () => {
  it('is not found, and keeps no alarm from being set', async () => {
    const { model, david } = world
    model.says('One.').uses('search_conversation', { words: '' }).says('Two.')
    await world.asks(david, 'first question')
    await world.rows("UPDATE said SET at = 'long ago' WHERE rowid = 1")
    await world.rows('UPDATE said SET name = NULL WHERE rowid = 2')
    await evictDurableObject(world.room())
    await world.asks(david, 'second question')

    expect(world.answers()).toEqual(['One.', 'Two.'])
    expect(await world.wakesIn()).toBe(MINUTE)
    await world.passes(3 * 60 * MINUTE)
    expect(await world.wakesIn()).toBeGreaterThan(MINUTE)
    expect(setAside()).toContainEqual({ table: 'said', key: 2 })
  })
})

async function later(ms: number) {
  vi.setSystemTime(Date.now() + ms)
  await ring(1)
}

function setAside() {
  return warnings()
    .map((line) => JSON.parse(line))
    .filter(({ event }) => event === 'row.set_aside')
    .map(({ table, key }) => ({ table, key }))
}

function warnings() {
  return vi.spyOn(console, 'warn').mock.calls.map(([line]) => String(line))
}
