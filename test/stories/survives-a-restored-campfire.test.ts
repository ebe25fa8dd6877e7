import { describe, expect, it } from 'vitest'
import { useBackup } from '../support/restored.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

const { world, hadADay, listsNothing, restore } = useBackup()

describe('a Campfire that was restored from a backup', () => {
  it('gives old numbers to new messages, and each is answered once', async () => {
    const backup = await hadADay()
    restore(backup)
    for (const answer of ['Six.', 'Seven.', 'Eight.', 'Nine.']) world.model.says(answer)
    await world.asks(world.david, 'six')
    await world.passes(MINUTE)
    await world.asks(world.jason, 'seven')
    await world.passes(10 * MINUTE)
    await world.asks(world.david, 'eight')
    await world.unheard(() => world.says(world.kevin, 'nine'))
    for (const minutes of [1, 9, 50]) await world.passes(minutes * MINUTE)

    expect(world.answers()).toEqual(['One.', 'Six.', 'Seven.', 'Eight.', 'Nine.'])
  })

  it('has nobody answered twice who edits what they said before we saw that it was restored', async () => {
    const backup = await hadADay()
    restore(backup)
    world.model.says('Six.').says('Seven.')
    const six = await world.asks(world.david, 'six')
    world.campfire.editAsPerson(six, { text: 'six, or so', mentions: [world.assistant] })
    await world.passes(MINUTE)
    await world.asks(world.jason, 'seven')
    for (const minutes of [1, 10, 60]) await world.passes(minutes * MINUTE)

    expect(world.answers()).toEqual(['One.', 'Six.', 'Seven.'])
  })

  it.each([
    ['nearly an hour', HOUR - 1_000],
    ['a little more than an hour', HOUR + 1_000],
  ])(
    'nor when its clock is %s ahead of ours, and we had seen that its numbers went back',
    async (_, ahead) => {
      restore(await hadADay())
      world.model.says('Six.').says('Seven.')
      await world.asks(world.david, 'six')
      await world.posts(world.kevin, { text: 'Good morning' })
      const seven = await world.asks(world.jason, 'seven')
      world.campfire.messages.get(seven).at += ahead
      world.campfire.editAsPerson(seven, { text: 'seven, or so', mentions: [world.assistant] })
      for (const minutes of [1, 9, 50]) await world.passes(minutes * MINUTE)

      expect(await world.rows("SELECT * FROM facts WHERE name = 'epoch'")).toHaveLength(1)
      expect(world.answers()).toEqual(['One.', 'Six.', 'Seven.'])
    },
  )

  it('nor who says something while we look, and edits it then', async () => {
    restore(await hadADay())
    let seven = 0
    world.fault = async ({ method }, when) => {
      if (method === 'GET' && when === 'after') seven ||= await world.says(world.jason, 'seven')
      return undefined
    }
    world.model.says('Six.').says('Seven.')
    await world.asks(world.david, 'six')
    world.campfire.editAsPerson(seven, { text: 'seven, or so', mentions: [world.assistant] })
    for (const minutes of [1, 9, 50]) await world.passes(minutes * MINUTE)

    expect(seven).toBeGreaterThan(0)
    expect(world.answers()).toEqual(['One.', 'Six.', 'Seven.'])
  })

  it('has what was lost with it found as well, though its number was heard before', async () => {
    restore(await hadADay())
    await world.unheard(() => world.says(world.kevin, 'lost as it came back'))
    for (const answer of ['Six.', 'Found.', 'Seven.']) world.model.says(answer)
    await world.asks(world.david, 'six')
    await world.passes(MINUTE)
    await world.asks(world.david, 'seven')
    for (const minutes of [1, 10, 60]) await world.passes(minutes * MINUTE)

    expect(world.answers().toSorted()).toEqual(['Found.', 'One.', 'Seven.', 'Six.'])
  })

  it('has what was lost with it found, also where its numbers have come past the old ones since', async () => {
    const backup = await hadADay()
    const { lastMessageId } = world.campfire.messages.lastIds
    restore(backup)
    await world.unheard(() => world.says(world.kevin, 'lost as it came back'))
    while (world.campfire.messages.lastIds.lastMessageId <= lastMessageId)
      await world.talksElsewhere()
    world.model.says('Six.').says('Found.')
    await world.asks(world.david, 'six')
    for (const minutes of [1, 10, 60]) await world.passes(minutes * MINUTE)

    expect(world.answers()).toEqual(['One.', 'Six.', 'Found.'])
  })

  it('has what was lost before the backup found as well, however much was said since', async () => {
    await hadADay()
    await world.unheard(() => world.says(world.kevin, 'lost before that'))
    for (let said = 0; said < 45; said++) await world.posts(world.kevin, { text: `aside ${said}` })
    listsNothing()
    world.model.says('Six.')
    await world.asks(world.david, 'six')
    const backup = world.campfire.messages.lastIds.lastMessageId
    for (const words of ['seven', 'seven and a half', 'nearly eight']) {
      world.model.says('Well.')
      await world.asks(world.david, words)
    }
    restore(backup)
    await world.passes(61 * MINUTE)
    for (const answer of ['Eight.', 'Nine.', 'Ten.', 'Found.']) world.model.says(answer)
    await world.asks(world.david, 'eight')
    await world.passes(MINUTE)
    await world.asks(world.jason, 'nine')
    await world.asks(world.david, 'ten')
    world.fault = null
    expect(await world.rows("SELECT * FROM facts WHERE name = 'epoch'")).toHaveLength(1)
    for (const minutes of [1, 9, 50]) await world.passes(minutes * MINUTE)

    expect(world.answers().slice(5)).toEqual(['Six.', 'Eight.', 'Nine.', 'Ten.', 'Found.'])
  })

  it('shows the model what was said since, and not what it has read before', async () => {
    restore(await hadADay())
    world.model.says('Six.').says('Seven.').says('Eight.')
    await world.asks(world.david, 'six')
    await world.passes(MINUTE)
    await world.asks(world.david, 'seven')
    await world.posts(world.kevin, { text: 'By the way' })
    await world.passes(MINUTE)
    await world.asks(world.david, 'eight')

    const last = JSON.stringify(world.model.prompts.at(-1)?.messages.at(-1))
    expect(last).toContain('By the way')
    expect(last).not.toContain('six')
  })

  it('never has the same numbers meet: what is known of a room goes on', async () => {
    restore(await hadADay())
    world.model.says('Six.').says('Seven.').says('Eight.')
    for (const words of ['six', 'seven', 'eight']) {
      await world.asks(world.jason, words)
      await world.passes(2 * MINUTE)
    }
    const rows = await world.rows('SELECT id, turn FROM messages ORDER BY arrival')
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length)
    expect(rows.filter(({ id }) => Number(id) >= 2 ** 43)).not.toEqual([])
  })

  it.each([
    ['a question', 0],
    ['an answer of ours', 1],
  ])('and why goes by what stands there now, where %s had that number before', async (_, more) => {
    restore(await hadADay())
    for (let n = 0; n < more; n++) await world.posts(world.kevin, { text: 'Good morning' })
    world.model.says('Six.').says('Seven.').says('Eight.')
    const asked: number[] = []
    for (const words of ['six', 'seven', 'eight']) {
      asked.push(await world.asks(world.jason, words))
      await world.passes(2 * MINUTE)
    }
    const turns = await world.rows("SELECT id FROM turns WHERE kind = 'talk' ORDER BY id")
    const newest = turns.slice(-asked.length).map(({ id }) => `(3-1-${id})`)
    const told: string[] = []
    for (const replyTo of asked) {
      await world.posts(world.jason, { text: 'why', mentions: [world.assistant], replyTo })
      await world.rings()
      told.push(
        world
          .answers()
          .at(-1)
          ?.match(/\(3-1-\d+\)/)?.[0] ?? '',
      )
    }
    // Before anybody knows that it was restored a number may say nothing; it never tells of another turn.
    expect(told.slice(1)).toEqual(newest.slice(1))
    expect([newest[0], '']).toContain(told[0])
  })
})
