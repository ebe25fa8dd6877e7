import { expect } from 'vitest'
import { drop, linkIn } from '../drop.ts'
import { bytesOf } from '../files.ts'
import { type Here, MARK, type Place } from './here.ts'

/** What is kept beside the messages: files, facts and summaries. */
export const kept = ({ world, assistant, asked, posts }: Here): Place[] => [
  {
    what: 'the name of a file',
    async put(room) {
      const file = { name: `${MARK}.pdf`, type: 'application/pdf', bytes: new Uint8Array([1]) }
      const isHeard = room === world.direct
      if (isHeard) world.model.says('Well.')
      const id = await posts(world.david, { file }, room)
      if (isHeard) return [id]
      world.model.says('Well.')
      await world.asks(world.jason, 'what is this?', room)
      return [id]
    },
  },
  {
    what: 'a file that was dropped, and read',
    // It is David's, and no message of his; and so is what was asked of it, and read.
    stays: {
      deleted: [
        ...['file_chunks', 'file_words', 'file_words_content', 'file_words_data', 'files'],
        ...['steps', 'tool_uses', 'turns'],
      ],
      sent: ['<given>', '"name":"search_conversation"', '"tool_result"', '"tool_result"'],
    },
    async put(room) {
      const file = { name: `${MARK}.txt`, bytes: bytesOf(`It is ${MARK}.`) }
      world.model.uses('ask_for_file').says('Please show me.')
      const id = await world.asks(world.david, 'look at a file', room)
      world.model
        .uses('search_conversation', { words: MARK })
        .uses('read_file', { file: 1 })
        .says('I have read it.')
      expect(await drop(linkIn(world, room), file)).toBe('done')
      await world.rings(room)
      return [id]
    },
  },
  {
    what: 'a file that a tool has posted',
    put: (room) =>
      asked(room, 'a file?', () =>
        world.model
          .uses('attach_file', { name: `${MARK}.txt`, type: 'text', content: MARK })
          .says('Well.'),
      ),
  },
  {
    what: 'a fact of the room',
    stays: { deleted: ['pins'], expired: ['pins'] },
    put: (room) =>
      asked(room, 'remember', () =>
        world.model.uses('memory', { action: 'remember', of: 'room', fact: MARK }).says('Well.'),
      ),
  },
  {
    what: 'a summary of what was said before',
    stays: { deleted: ['compactions'], sent: ['"type":"compaction"'] },
    async put(room) {
      assistant({ compactAt: 1_000_000, reply: 'whole', fallbackModel: undefined })
      const ids: number[] = []
      for (let topic = 1; topic <= 8; topic++) {
        if (topic === 8) assistant({ compactAt: 5_000 })
        if (topic === 8) world.model.says('About 8.').compacts(`They spoke of ${MARK}.`)
        else world.model.says(`About ${topic}: ${'so it is and was. '.repeat(200)}`)
        ids.push(await world.asks(world.david, `Topic ${topic}`, room))
      }
      return ids
    },
  },
  {
    what: 'a summary of the session before',
    stays: { deleted: ['sessions'], sent: ['<summary of='] },
    async put(room) {
      world.model.says('Well.').says(`They spoke of ${MARK}.`).says('Again.')
      const first = await world.asks(world.david, 'first', room)
      await world.passes(25 * 3_600_000, room)
      return [first, await world.asks(world.david, 'again', room)]
    },
  },
]
