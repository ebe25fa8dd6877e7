import * as z from 'zod'
import { quiet } from '../campfire.ts'
import { WORDS } from './boost/words.ts'
import { defineTool } from './tool.ts'

// Never repeated: Campfire keeps two boosts when it is sent two.
export const boost = defineTool({
  name: 'boost',
  description:
    'React to a message in this room with an emoji or a very short word, seen by everyone. ' +
    'Use it when asked to, or where a reaction says it all.',
  input: z.strictObject({
    message_id: z.int().positive().describe('The id of the message.'),
    content: z.string().trim().min(1).max(16).describe('An emoji, or at most 16 characters.'),
  }),
  effect: 'outside',
  timeoutMs: 45_000,
  status: (_, language) => WORDS[language].status,
  asks: ({ content }, language) => WORDS[language].asks(quiet(content)),
  async run({ message_id, content }, { campfire }) {
    await campfire.boost(message_id, content)
    return `Message ${message_id} now has your boost ${content}.`
  },
})
