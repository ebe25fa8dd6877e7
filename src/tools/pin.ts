import * as z from 'zod'
import { WORDS } from './pin/words.ts'
import { defineTool } from './tool.ts'

export const pin = defineTool({
  name: 'pin',
  description:
    'Keep facts and open promises of this room for good, also when the conversation that you remember ' +
    'is told in short or starts anew: what people ask you to remember, what was decided, what you ' +
    'promised. Take off what is done or no longer true. The result is all that is pinned now.',
  input: z.strictObject({
    add: z
      .array(z.string().trim().min(1).max(300))
      .max(5)
      .default([])
      .describe('Each one whole by itself: who, what, when.'),
    take_off: z.array(z.int().positive()).max(40).default([]).describe('Their numbers.'),
  }),
  repeatable: true,
  asks({ add, take_off }, language) {
    if (!take_off.length) return WORDS[language].add
    return add.length ? WORDS[language].both : WORDS[language].takeOff
  },
  async run({ add, take_off }, { pins }) {
    for (const number of take_off) pins.remove(number)
    const left = add.filter((fact) => !pins.add(fact))
    if (left.length) {
      throw new Error(
        `There are too many pins: ${left.length} of yours were not added. Take off what is done first.`,
      )
    }
    return pins.all()
  },
})
