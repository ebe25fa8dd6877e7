import { evictDurableObject } from 'cloudflare:test'
import { describe, expect, it } from 'vitest'
import { useWorld } from '../support/world.ts'

const SECOND = 1_000
const MINUTE = 60 * SECOND

describe('in a Campfire whose numbers were given again (rails)', () => {
  const world = useWorld()

  it('what was said since is not taken for what was forgotten', async () => {
    world.model.says('Hello.')
    await world.asks(world.david, 'hello')
    await world.asks(world.david, 'forget')
    const through = Number((await world.rows('SELECT through FROM forgotten'))[0]?.through)
    const era = { epoch: 1, from: 1, turn: 2, since: 0 }
    await world.rows(`INSERT INTO facts (name, value) VALUES ('epoch', '${JSON.stringify(era)}')`)
    await evictDurableObject(world.room())
    world.model.says('Heard.')
    await world.room().receive({
      id: through - 1,
      author: { id: 1, name: 'David' },
      text: 'said since',
      room: { name: 'Watercooler', direct: false },
    })
    await world.rings()
    expect(world.answers().at(-1)).toBe('Heard.')
  })
})

describe.each(['rails', 'v1.4.9'] as const)(
  'after a forget, a Campfire that is restored (%s)',
  (dialect) => {
    const world = useWorld(dialect)

    it('loses nobody whose new messages have lower numbers than that had', async () => {
      const backup = await hadForgotten()
      world.campfire.messages.restore(backup)
      world.model.says('Here I am.')
      await world.asks(world.david, 'are you there?')

      expect(world.answers().at(-1)).toBe('Here I am.')
    })

    it('has what is forgotten before we know of it forgotten for good', async () => {
      const { model, david, jason } = world
      const backup = await hadForgotten()
      world.campfire.messages.restore(backup)
      model.says('Noted.').says('Noted, too.')
      await world.asks(david, 'it is forty-two')
      await world.asks(david, 'no, it is forty-four')
      await world.asks(david, 'forget')
      const before = model.prompts.length
      for (const words of ['one', 'two', 'three']) {
        await world.passes(MINUTE)
        model.uses('read_messages', {}).says('Well.')
        await world.asks(jason, words)
      }

      expect(JSON.stringify(model.prompts.slice(before))).not.toMatch(/forty-(two|four)/)
    })

    /** The newest number in the backup. */
    async function hadForgotten() {
      world.model.says('Hello.').says('Hello again.').says('And again.')
      await world.asks(world.david, 'hello')
      const backup = world.campfire.messages.lastIds.lastMessageId
      for (const words of ['again', 'and again']) await world.asks(world.david, words)
      for (let said = 0; said < 6; said++) await world.posts(world.kevin, { text: 'aside' })
      await world.asks(world.david, 'forget')
      for (const minutes of [1, 10, 60]) await world.passes(minutes * MINUTE)
      return backup
    }
  },
)
