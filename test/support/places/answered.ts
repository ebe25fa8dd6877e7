import { vi } from 'vitest'
import { until } from '../until.ts'
import { type Here, MARK, type Place, SECOND } from './here.ts'

/** What the bot said. */
export const answered = ({
  world,
  assistant,
  asked,
  meeting,
  refusing,
  growing,
}: Here): Place[] => [
  {
    what: 'the answer',
    put: (room) => asked(room, 'a word?', () => world.model.says(`It is ${MARK}.`)),
  },
  {
    what: 'an answer that grows',
    put: (room) => asked(room, 'a story?', growing),
  },
  {
    what: 'an answer that was stopped',
    async put(room) {
      world.model.hangs('text', `Once ${MARK} ${'upon a time '.repeat(9)}`)
      const before = world.model.prompts.length
      const ringing = asked(room, 'a story?', () => {})
      await until(() => world.model.prompts.length > before)
      await world.says(world.david, 'stop', room)
      return await ringing
    },
  },
  {
    what: 'an answer of which an edit was lost',
    // In doubt it is known by its words until the room was looked at.
    stays: { deleted: ['replies'] },
    put: (room) => meeting('PATCH', 1, () => asked(room, 'a story?', growing)),
  },
  {
    what: 'an answer whose post was lost',
    // In doubt it is known by its words until the room was looked at.
    stays: { deleted: ['replies'] },
    put: (room) =>
      meeting('POST', 1, () => asked(room, 'a word?', () => world.model.says(`It is ${MARK}.`))),
  },
  {
    what: 'an answer that Campfire does not take, and a sentence in its place',
    async put(room) {
      assistant({ reply: 'whole' })
      const ids = await refusing(async () => {
        const ids = await asked(room, 'a word?', () => world.model.says(`It is ${MARK}.`))
        for (let tries = 0; tries < 30; tries++) {
          vi.setSystemTime(Date.now() + 10 * SECOND)
          await world.rings(room)
        }
        return ids
      })
      return ids
    },
  },
  {
    what: 'an answer in parts',
    put: (room) =>
      asked(room, 'much?', () => world.model.says(`${MARK}. ${'word '.repeat(200)}\n\n`.repeat(9))),
  },
]
