import { evictDurableObject, runInDurableObject } from 'cloudflare:test'
import { describe, expect, it } from 'vitest'
import type { World } from '../support/world.ts'
import { useWorld } from '../support/world.ts'
import { answer, callOf, hurry, meets, silent } from './faults.ts'

const MINUTE = 60_000

describe('what is to be tidied', () => {
  const world = useWorld()

  it('and is gone with its message does not keep a lost delivery from being found', async () => {
    const { model, campfire, david, jason, watercooler } = world
    model.says('One.').says('Two, late.')
    world.fault = meets('unboost', { when: 'before', answers: answer(500) }, { times: 100 })
    const asked = await world.asks(david, 'one')
    world.fault = null
    campfire.deleteMessage(asked)
    for (let lines = 0; lines < 430; lines++) {
      const draft = { room: watercooler.id, creator: jason.id, file: null, via: 'person' as const }
      campfire.post({ ...draft, html: `<p>line ${lines}</p>` })
    }
    await world.unheard(() => world.says(jason, 'two'))
    for (const minutes of [1, 9]) await world.passes(minutes * MINUTE)

    expect(world.answers()).toEqual(['One.', 'Two, late.'])
  })

  it('and will not go keeps nobody waiting, and is tried a few times in a look', async () => {
    const { model, david } = world
    model.says('One.').says('Two.')
    await world.asks(david, 'one')
    await leaveSigns(world, 40)
    let removals = 0
    world.fault = async (request, when) => {
      if (when === 'after' || callOf(request) !== 'unboost') return undefined
      removals++
      return new Response('', { status: 500 })
    }
    await world.says(david, 'two')
    expect(await world.ringsOnce()).toBe(true)

    expect(world.answers()).toEqual(['One.', 'Two.'])
    const before = removals
    await world.passes(MINUTE)
    expect(await world.wakesIn()).toBe(9 * MINUTE)
    expect(removals - before).toBe(12)
  })

  it('and will not go keeps no second answer standing, nor what was said in our name', async () => {
    const { model, campfire, david, assistant, watercooler } = world
    model.says('One.')
    world.fault = meets('create', { when: 'before', answers: answer(504) })
    await world.asks(david, 'one')
    await world.passes(5_000)
    await leaveSigns(world, 40)
    const draft = { room: watercooler.id, creator: assistant.id, file: null, via: 'api' as const }
    for (const html of ['<p>One.</p>', 'Failed to respond within 7 seconds'])
      campfire.post({ ...draft, html })
    world.fault = meets('unboost', { when: 'before', answers: answer(500) }, { times: 1_000 })
    await world.passes(MINUTE)

    expect(world.answers()).toEqual(['One.'])
  })

  it('that fails leaves the rest to be done', async () => {
    const { model, david } = world
    model.says('One.')
    await world.asks(david, 'one')
    await leaveSigns(world, 4)
    world.fault = meets('unboost', { when: 'before', answers: answer(500) }, { times: 1 })
    await world.passes(MINUTE)
    const [left] = await world.rows("SELECT value FROM facts WHERE name = 'signs left'")

    expect(JSON.parse(String(left?.value))).toHaveLength(1)
  })

  it('goes, however many answers were in doubt since: no sign is left for good', async () => {
    const { model, david } = world
    for (let asked = 1; asked <= 14; asked++) {
      let lost = 0
      world.fault = async (request, when) => {
        const call = callOf(request)
        if (call === 'unboost' && asked <= 3) return new Response('', { status: 502 })
        const isLost = call === 'create' && when === 'after' && !lost++
        return isLost ? new Response('', { status: 504 }) : undefined
      }
      model.says(`Answer ${asked}.`)
      await world.asks(david, `question ${asked}`)
      await world.passes(5_000)
    }
    world.fault = null
    expect(signs()).toHaveLength(3)
    for (const minutes of [1, 9, 50]) await world.passes(minutes * MINUTE)

    expect(signs()).toEqual([])
    expect(world.answers()).toHaveLength(14)

    function signs() {
      const messages = world.campfire.messagesIn(world.watercooler)
      return messages.flatMap(({ boosts }) => boosts)
    }
  })

  it('goes at last, although Campfire deletes nothing for two hours', async () => {
    const { model, campfire, david, assistant, watercooler } = world
    model.says('One.').says('Two.')
    world.fault = meets('create', { when: 'before', answers: answer(504) })
    await world.asks(david, 'one')
    await world.passes(5_000)
    expect(world.answers()).toEqual(['One.'])
    const draft = { room: watercooler.id, creator: assistant.id, file: null, via: 'api' as const }
    campfire.post({ ...draft, html: '<p>One.</p>' })
    world.fault = meets('delete', { when: 'before', answers: answer(500) }, { times: 100 })
    for (const minutes of [1, 9, 50, 60]) await world.passes(minutes * MINUTE)
    expect(world.answers()).toEqual(['One.', 'One.'])

    world.fault = null
    await world.asks(david, 'two')
    await world.passes(MINUTE)
    expect(world.answers()).toEqual(['One.', 'Two.'])
  })

  it('that Campfire has said in our name goes, although it would not go at first', async () => {
    const { model, campfire, david, assistant, watercooler } = world
    model.says('One.')
    await world.asks(david, 'one')
    const draft = { room: watercooler.id, creator: assistant.id, file: null, via: 'api' as const }
    campfire.post({ ...draft, html: 'Failed to respond within 7 seconds' })
    world.fault = meets('delete', { when: 'before', answers: answer(502) })
    await world.passes(MINUTE)
    expect(world.answers()).toHaveLength(2)

    await world.passes(9 * MINUTE)
    expect(world.answers()).toEqual(['One.'])
  })
})

describe('a look at the room', () => {
  const world = useWorld()

  it('that hangs costs an answer no more than one short wait', async () => {
    const { model, david } = world
    model.says('One.').says('Two.')
    await world.asks(david, 'one')
    await world.passes(90 * MINUTE)
    hurry(3_000, 30_000)
    let [lists, listsBefore] = [0, -1]
    world.fault = async (request, when) => {
      if (when === 'before' && callOf(request) === 'create') listsBefore = lists
      if (when === 'after' || callOf(request) !== 'list') return undefined
      lists++
      return await silent(request)
    }
    await world.asks(david, 'two')

    expect(world.answers()).toEqual(['One.', 'Two.'])
    expect(listsBefore).toBe(1)
  })
})

/** As of people whom we told that they wait, when Campfire would not take that back. */
async function leaveSigns(world: World, count: number) {
  await runInDurableObject(world.room(), (_, { storage }) => {
    const signs = Array.from({ length: count }, (_, n) => ({ message: 1, boost: 1_000 + n }))
    storage.sql.exec(
      "INSERT OR REPLACE INTO facts (name, value) VALUES ('signs left', ?)",
      JSON.stringify(signs),
    )
  })
  // What it knows of its rows is not so any more.
  await evictDurableObject(world.room())
}
