import { vi } from 'vitest'
import { type Here, MARK, type Place, SECOND } from './here.ts'

/** What people said, and what the bot did about it. */
export const said = ({ world, assistant, asked, posts, steered, wanted }: Here): Place[] => [
  {
    what: 'a question',
    put: (room) => asked(room, MARK, () => world.model.says('Well.')),
  },
  {
    what: 'what is quoted',
    inRooms: true,
    async put(room) {
      const said = await world.posts(world.david, { text: MARK }, room)
      world.model.says('Well.')
      await posts(world.jason, { text: 'this?', mentions: [3], replyTo: said }, room)
      return [said]
    },
  },
  {
    what: 'what is said while it works',
    put: (room) => steered(room, () => world.model.says('Well.')),
  },
  {
    what: 'what is said while it works, before a call that fails',
    put: (room) =>
      steered(room, () => {
        for (let n = 0; n < 12; n++) world.model.fails(400)
      }),
  },
  {
    what: 'what is said while it works, before a call that a crash has lost',
    async put(room) {
      const ids = await steered(room, () => world.model.says('Well.'))
      await world.rows(
        "UPDATE steps SET content = NULL, state = 'lost' WHERE notice IS NOT NULL",
        room,
      )
      return ids
    },
  },
  {
    what: 'what is overheard',
    inRooms: true,
    async put(room) {
      world.model.says('Hello.').says('Well.')
      await world.asks(world.jason, 'hello', room)
      const said = await world.posts(world.david, { text: MARK }, room)
      await world.asks(world.jason, 'and?', room)
      return [said]
    },
  },
  {
    what: 'the input of a tool',
    put: (room) =>
      asked(room, 'look', () =>
        world.model.uses('search_conversation', { words: MARK }).says('Well.'),
      ),
  },
  {
    what: 'the result of a tool',
    inRooms: true,
    async put(room) {
      const said = await world.posts(world.david, { text: MARK }, room)
      world.model.uses('read_messages', {}).says('Well.')
      await world.asks(world.jason, 'read', room)
      return [said]
    },
  },
  {
    what: 'the input of a request for a yes',
    put: (room) => wanted(room),
  },
  {
    what: 'the input of what was granted',
    async put(room) {
      const ids = await wanted(room)
      world.model.says('Done.')
      return [...ids, await world.asks(world.david, 'yes', room)]
    },
  },
  {
    what: 'a question that was reworded while the model thought',
    async put(room) {
      const { campfire, model, david } = world
      let id = 0
      model.answers(() => {
        campfire.editAsPerson(id, { text: 'coffee, please', mentions: [3] })
        vi.setSystemTime(Date.now() + 3 * SECOND)
        return 'Tea it is.'
      })
      model.says('Coffee it is.')
      id = await world.says(david, MARK, room)
      await world.rings(room)
      model.forget()
      return [id]
    },
  },
  {
    what: 'a question that the model would not take',
    async put(room) {
      assistant({ fallbackModel: undefined })
      const ids = await asked(room, MARK, () => {
        for (let n = 0; n < 12; n++) world.model.fails(400)
      })
      world.model.forget()
      return ids
    },
  },
  {
    what: 'a question that no delivery brought',
    inRooms: true,
    async put(room) {
      world.model.says('Hello.').says('Well.')
      await world.asks(world.jason, 'hello', room)
      world.assistant.active = false
      const id = await world.says(world.david, MARK, room)
      world.assistant.active = true
      await world.passes(61 * SECOND, room)
      return [id]
    },
  },
]
