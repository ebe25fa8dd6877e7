import { describe, expect, it } from 'vitest'
import { useBotChanges } from '../support/bots.ts'
import { finds, indexed, kept, MINUTE, progress, talk } from '../support/finding.ts'
import { useWorld } from '../support/world.ts'

describe('a hit', () => {
  const world = useWorld()
  const change = useBotChanges()

  it('is never the question that asks for it', async () => {
    world.model.says('Noted.')
    await world.asks(world.kevin, 'the otter budget is ten')
    const { found } = await finds(world, 'otter', 'what was that about the otter?')
    expect(found.map(({ text }) => text)).toEqual([expect.stringContaining('budget is ten')])
  })

  it('that was edited reads as it does now, and one that was deleted is not there any more', async () => {
    change({ reply: 'whole' })
    const [edited] = await talk(world, 3, 'the otter budget is ten')
    const deleted = await world.posts(world.jason, { text: 'the otter password' })
    await talk(world, 60, 'nothing')
    await indexed(world)
    world.campfire.editAsPerson({ id: Number(edited) }, { text: 'the otter budget is twelve' })
    world.campfire.deleteMessage({ id: deleted })

    const { found, notes } = await finds(world, 'otter')
    expect(found.map(({ text }) => text)).toEqual(['the otter budget is twelve'])
    expect(notes).toEqual([expect.stringContaining('1 more were deleted')])
    expect(JSON.stringify(await kept(world))).not.toContain('password')
    expect((await finds(world, 'twelve')).found).toHaveLength(1)
  })

  it('that could not be read again is counted and not shown', async () => {
    change({ reply: 'whole' })
    await talk(world, 3, 'the otter budget')
    await talk(world, 60, 'nothing')
    await indexed(world)
    world.fault = async ({ url }, when) =>
      when === 'before' && url.includes('before=')
        ? new Response('{"status":500,"error":"Internal Server Error"}', { status: 500 })
        : undefined
    const { found, notes } = await finds(world, 'otter')
    expect(found).toEqual([])
    expect(notes).toEqual([expect.stringContaining('1 more could not be read again')])
    world.fault = null
    expect((await finds(world, 'otter')).found).toHaveLength(1)
  })

  it('of somebody who said forget is found no more, nor listed again', async () => {
    change({ reply: 'whole' })
    const [said] = await talk(world, 3, 'the otter budget')
    await indexed(world)
    await world.asks(world.kevin, 'forget')
    expect(JSON.stringify(await kept(world))).not.toContain('otter')
    expect((await finds(world, 'otter')).found).toEqual([])
    // And where the room is listed anew.
    await world.room().changeSettings({ index: 'off' })
    await world.ringsOnce()
    await world.room().changeSettings({ index: 'on' })
    await indexed(world)
    expect(JSON.stringify(await kept(world))).not.toContain('otter')
    expect(world.campfire.messages.get(Number(said)).id).toBe(said)
  })
})

describe('somebody who says forget while the room is being read', () => {
  const world = useWorld()
  const change = useBotChanges()

  it('is in none of its pages, not even in the one that is on its way', async () => {
    change({ reply: 'whole' })
    const [said] = await talk(world, 90, 'the otter budget')
    await finds(world, 'otter')
    await world.passesBy(MINUTE)
    world.fault = async ({ url }, when) => {
      if (when !== 'after' || !url.includes('before=')) return undefined
      world.fault = null
      await world.says(world.kevin, 'forget')
      return undefined
    }
    await world.passesBy(3 * MINUTE)
    const all = JSON.stringify(await world.rows('SELECT text FROM said'))
    expect(all).not.toContain('otter')
    // Every second word was Jason's, and stays.
    expect(all).toContain('aside 89')
    expect(all).not.toContain('aside 88')
    expect((await progress(world)).index).toMatchObject({ state: 'complete', toTheFirst: true })
    expect(world.campfire.messages.get(Number(said)).id).toBe(said)
  })
})

describe('a Campfire that lists nothing', () => {
  const world = useWorld('v1.4.9')
  const change = useBotChanges()

  it('has only what was said to the bot, and the bot says so', async () => {
    await world.isKnownToBeOld()
    change({ reply: 'whole' })
    world.model.says('Noted.')
    await world.asks(world.kevin, 'the otter budget is ten')
    await talk(world, 3, 'the otter budget')
    const { found, notes } = await finds(world, 'otter')
    expect(found.map(({ text }) => text)).toEqual(['the otter budget is ten'])
    expect(notes).toEqual([expect.stringContaining('does not let bots read a room')])
    await world.passesBy(MINUTE)
    expect(await kept(world)).toEqual([])
  })
})

describe('a Campfire of the Express port', () => {
  const world = useWorld('port')
  const change = useBotChanges()

  it('is indexed as well', async () => {
    change({ reply: 'whole' })
    await talk(world, 50, 'the otter budget')
    await indexed(world)
    expect((await finds(world, 'otter')).found).toHaveLength(1)
  })
})
