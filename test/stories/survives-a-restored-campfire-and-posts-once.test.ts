import { describe, expect, it, vi } from 'vitest'
import { settles } from '../faults/story.ts'
import { useBackup } from '../support/restored.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

const { world, hadADay, restore } = useBackup()

describe('a Campfire that was restored from a backup', () => {
  it('does not get an answer twice when the answer to its post is lost', async () => {
    restore(await hadADay())
    let lost = 0
    world.fault = async (request, when) => {
      const isCreate = request.method === 'POST' && /rooms.*messages$/.test(request.url)
      return when === 'after' && isCreate && !lost++ ? new Response('', { status: 504 }) : undefined
    }
    world.model.says('Six.')
    await world.asks(world.david, 'six')
    await world.passes(MINUTE)
    for (const minutes of [1, 10, 60]) await world.passes(minutes * MINUTE)

    expect(world.answers()).toEqual(['One.', 'Six.'])
  })

  it('nor a reminder, when its numbers have come past the old ones before we can look for it', async () => {
    const { model, campfire, david } = world
    const due = Math.ceil(Date.now() / HOUR) * HOUR + 6 * HOUR
    const at = new Date(due).toISOString().slice(0, 19)
    model.uses('reminders', { action: 'add', text: 'Tea', at }).says('Gladly.')
    await world.asks(david, 'remind me of tea')
    const backup = await hadADay()
    const { lastMessageId } = campfire.messages.lastIds
    restore(backup)
    model.says('Six.').says('Seven.')
    // That it was restored is sure a minute after it was seen.
    vi.setSystemTime(due - 20_000)
    await world.asks(david, 'six')
    let isLost = false
    world.fault = async (request, when) => {
      if (isLost && when === 'before') return new Response('', { status: 502 })
      isLost ||= when === 'after' && request.method === 'POST' && /messages$/.test(request.url)
      return isLost ? new Response('', { status: 504 }) : undefined
    }
    await world.passesBy(20_000)
    while (campfire.messages.lastIds.lastMessageId <= lastMessageId) await world.talksElsewhere()
    await world.says(world.jason, 'seven')
    world.fault = null
    await world.passesBy(10 * MINUTE)

    expect(isLost).toBe(true)
    expect(world.answers().filter((text) => text.includes('Tea'))).toHaveLength(1)
  })

  it('nor a reminder that comes before anybody could see that its numbers went back', async () => {
    const { model, david } = world
    const due = Math.ceil(Date.now() / HOUR) * HOUR + 6 * HOUR
    const at = new Date(due).toISOString().slice(0, 19)
    model.uses('reminders', { action: 'add', text: 'Tea', at }).says('Gladly.')
    await world.asks(david, 'remind me of tea')
    restore(await hadADay())
    let lost = 0
    world.fault = async (request, when) => {
      if (when === 'before' && request.method === 'GET' && !lost)
        return new Response('', { status: 502 })
      const isCreate = request.method === 'POST' && /messages$/.test(request.url)
      return when === 'after' && isCreate && !lost++ ? new Response('', { status: 504 }) : undefined
    }
    vi.setSystemTime(due)
    await world.passesBy(10 * MINUTE)

    expect(lost).toBe(1)
    expect(world.answers().filter((text) => text.includes('Tea'))).toHaveLength(1)
  })

  it('nor when nobody could see before that its numbers went back', async () => {
    restore(await hadADay())
    let lost = 0
    world.fault = async (request, when) => {
      if (when === 'before' && request.method === 'GET' && !lost)
        return new Response('', { status: 502 })
      const isCreate = request.method === 'POST' && /rooms.*messages$/.test(request.url)
      return when === 'after' && isCreate && !lost++ ? new Response('', { status: 504 }) : undefined
    }
    world.model.says('Six.')
    await world.says(world.david, 'six')
    await settles(world)
    for (const minutes of [1, 10, 60]) await world.passes(minutes * MINUTE)

    expect(lost).toBe(1)
    expect(world.answers()).toEqual(['One.', 'Six.'])
  })

  it.each([0, 3, 45])(
    'nor when no list told of it, and it was sent again with %i lines since',
    async (lines) => {
      restore(await hadADay())
      let [areBroken, lost] = [true, 0]
      world.fault = async (request, when) => {
        const isList = request.method === 'GET' && request.url.includes('/messages')
        if (when === 'before' && isList && areBroken) return new Response('', { status: 500 })
        const isCreate = request.method === 'POST' && /rooms.*messages$/.test(request.url)
        return when === 'after' && isCreate && lost++ < 2
          ? new Response('', { status: 504 })
          : undefined
      }
      world.model.says('Six.')
      await world.says(world.david, 'six')
      await settles(world)
      for (let said = 0; said < lines; said++) await world.posts(world.kevin, { text: `${said}` })
      areBroken = false
      for (const minutes of [1, 9, 50]) await world.passes(minutes * MINUTE)

      const [first, ...others] = world.answers()
      // While nobody could look it was said that nobody knows.
      expect([first, ...others.filter((answer) => !/find out/.test(answer))]).toEqual([
        'One.',
        'Six.',
      ])
    },
  )

  it.each([
    ['half an answer', 'draft'],
    ['one that was to be taken down', 'left'],
  ])('and lets an answer stand that has the number which %s had before', async (_, state) => {
    const backup = await hadADay()
    const number = world.campfire.messages.lastIds.lastMessageId
    const [old] = await world.rows('SELECT max(id) AS turn FROM turns')
    restore(backup)
    for (const answer of ['Six.', 'Seven.', 'Eight.', 'Nine.']) world.model.says(answer)
    for (const words of ['six', 'seven', 'eight']) {
      await world.asks(world.david, words)
      await world.passes(MINUTE)
    }
    await world.rows(`UPDATE replies SET state = '${state}' WHERE turn = ${old?.turn}`)
    await world.rows(`UPDATE turns SET doubt = 3 WHERE id = ${old?.turn}`)
    await world.asks(world.david, 'nine')
    expect(world.campfire.messages.lastIds.lastMessageId).toBe(number)
    for (const minutes of [1, 9, 50]) await world.passes(minutes * MINUTE)

    expect(world.answers()).toEqual(['One.', 'Six.', 'Seven.', 'Eight.', 'Nine.'])
  })
})
