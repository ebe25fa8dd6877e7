import * as z from 'zod'
import { filesTold } from '../tables/room/files/told.ts'
import { WORDS } from './read-result/words.ts'
import { defineTool } from './tool.ts'

/** Characters of one answer. */
const PAGE = 20_000

export const readResult = defineTool({
  name: 'read_result',
  description:
    'Read a tool result again of which you see only the beginning, and the name to read it by ' +
    '(read_result, "12.1.2"). A long one comes in pages.',
  input: z.strictObject({
    name: z
      .string()
      .regex(/^\d+\.\d+\.\d+$/, 'a name as 12.1.2')
      .describe('As the beginning that you see gives it.'),
    page: z.int().min(1).max(1_000).default(1),
  }),
  effect: 'read',
  isSeldom: true,
  status: (_, language) => WORDS[language].status,
  asks: (_, language) => WORDS[language].asks,
  async run({ name, page }, { results }) {
    const [turn = 0, step = 0, number = 0] = name.split('.').map(Number)
    const result = results.read(turn, step, number)
    if (result === null) throw new Error('That result is not kept any more. Run the tool again.')

    const pages = Math.max(1, Math.ceil(result.length / PAGE))
    const text = result.slice((page - 1) * PAGE, page * PAGE).toWellFormed()
    const file = filesTold(result)
    return { page, pages, ...(file.length && { file }), text }
  },
})
