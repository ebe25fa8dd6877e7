import { describe, expect, it } from 'vitest'
import { Refusal, RoomView, SettingsSet } from '../../src/operator/schemas.ts'
import { useWorld } from '../support/world.ts'
import { ask, read } from './ask.ts'

const world = useWorld()

describe('settings', () => {
  const path = '/rooms/1/assistant/settings'

  it('change the model of the next call, in this room only, and back', async () => {
    const { model, david } = world
    model.says('One.').says('Two.').says('Three.').says('Four.')
    await world.asks(david, 'one')
    const set = await ask('PATCH', path, { model: 'claude-opus-5-5' })
    await world.asks(david, 'two')
    await world.asks(david, 'three', world.office)
    const reset = await ask('PATCH', path, { model: null })
    await world.asks(david, 'four')

    expect(SettingsSet.parse(await set.json())).toEqual({ model: 'claude-opus-5-5' })
    expect(SettingsSet.parse(await reset.json())).toEqual({ model: null })
    expect(model.prompts.map(({ model }) => model)).toEqual([
      'claude-sonnet-5-5',
      'claude-opus-5-5',
      'claude-sonnet-5-5',
      'claude-sonnet-5-5',
    ])
  })

  it('change how long a session lives, also of one that is under way', async () => {
    const { model, david } = world
    model.says('One.').says('In short: one.').says('Two.')
    await world.asks(david, 'one')
    await ask('PATCH', path, { ttlMinutes: 1 })

    expect(await world.wakesIn()).toBe(60_000)
    const overview = await read(RoomView, '/rooms/1/assistant')
    expect(overview.settings).toMatchObject({ ttlMinutes: 1, set: { ttlMinutes: 1 } })

    await world.passes(60_000)
    await world.asks(david, 'two')
    expect(await world.rows('SELECT tier FROM turns')).toEqual([{ tier: 'cold' }, { tier: 'cold' }])
  })

  it('that are not named stay', async () => {
    await ask('PATCH', path, { ttlMinutes: 5, model: 'claude-opus-5-5' })
    const answer = await ask('PATCH', path, { ttlMinutes: null })
    await ask('PATCH', path, {})

    expect(await answer.json()).toEqual({ ttlMinutes: null, model: 'claude-opus-5-5' })
    const { settings } = await read(RoomView, '/rooms/1/assistant')
    expect(settings).toMatchObject({ ttlMinutes: 1_440, model: 'claude-opus-5-5' })
  })

  it.each<[unknown, RegExp]>([
    [{ colour: 'red' }, /colour/],
    [{ ttlMinutes: 5, colour: 'red' }, /colour/],
    [{ ttlMinutes: 0 }, /^ttlMinutes: /],
    [{ ttlMinutes: 1.5 }, /^ttlMinutes: /],
    [{ ttlMinutes: '5' }, /^ttlMinutes: /],
    [{ ttlMinutes: 525_601 }, /^ttlMinutes: /],
    [{ model: '' }, /^model: /],
    [{ model: '  ' }, /^model: /],
    [{ model: 'x'.repeat(101) }, /^model: /],
    [{ model: 'gpt-9' }, /^model: no price is known of gpt-9/],
    [{ speaks: 'loud' }, /^speaks: /],
    [{ reply: true }, /^reply: /],
    [{ index: {} }, /^index: /],
    [{ maxSteps: 1e9 }, /^maxSteps: /],
    [{ maxMinutes: -1 }, /^maxMinutes: /],
    [{ ttlMinutes: 5, from: 5 }, /^from: /],
    [{ model: 5, ttlMinutes: 'x' }, /ttlMinutes: .*; model: /],
    [[], /^settings: /],
    [null, /^settings: /],
    ['{"ttlMinutes"', /^settings: /],
    ['', /^settings: /],
  ])('are refused by name when they are wrong: %j', async (body, error) => {
    const answer = await ask('PATCH', path, body)

    expect(answer.status).toBe(400)
    expect(Refusal.parse(await answer.json()).error).toMatch(error)
    expect(await read(RoomView, '/rooms/1/assistant')).toMatchObject({ settings: { set: {} } })
  })
})
