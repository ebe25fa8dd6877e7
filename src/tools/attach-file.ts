import * as z from 'zod'
import { quiet } from '../campfire.ts'
import { LONGEST_NAME, safeFileName } from './attach-file/file-name.ts'
import { forSpreadsheet } from './attach-file/spreadsheet.ts'
import { EXAMPLES, WORDS } from './attach-file/words.ts'
import { defineTool } from './tool.ts'

export { type FileToPost, madeByCode } from './attach-file/made-by-code.ts'
export { forSpreadsheet } from './attach-file/spreadsheet.ts'

/** In bytes. Campfire has no limit, but everybody in the room gets what is posted here. */
const MOST = 200 * 1024

const TYPES = {
  text: { ending: 'txt', others: [], mime: 'text/plain' },
  markdown: { ending: 'md', others: ['markdown'], mime: 'text/markdown' },
  csv: { ending: 'csv', others: [], mime: 'text/csv' },
  json: { ending: 'json', others: [], mime: 'application/json' },
  html: { ending: 'html', others: ['htm'], mime: 'text/html' },
  svg: { ending: 'svg', others: [], mime: 'image/svg+xml' },
}
type Type = keyof typeof TYPES
const NAMES = Object.keys(TYPES) as Type[]

// Never repeated: each time the room gets another file.
export const attachFile = defineTool({
  name: 'attach_file',
  description:
    'Post a text file into this room, as a message of its own above your answer. Use it when asked ' +
    'for a file, or for what is long or meant to be kept, as a table for a spreadsheet. At most 200 KB.',
  input: z.strictObject({
    name: z.string().trim().min(1).max(200).describe('File name, as report.csv. No folders.'),
    type: z.enum(NAMES),
    content: z.string().min(1).describe('All that stands in the file.'),
  }),
  effect: 'outside',
  // Longer than Campfire is waited for: its answer says more than the clock.
  timeoutMs: 45_000,
  isSeldom: true,
  examples: EXAMPLES,
  status: ({ name, type }, language) =>
    WORDS[language].status(quiet(fileName(name, type), LONGEST_NAME)),
  asks: ({ name, type }, language) =>
    WORDS[language].asks(quiet(fileName(name, type), LONGEST_NAME)),
  async run({ name, type, content }, { campfire }) {
    const body = type === 'csv' ? forSpreadsheet(content.toWellFormed()) : content.toWellFormed()
    check(type, body)

    const file = fileName(name, type)
    const { id } = await campfire.attach({ name: file, type: TYPES[type].mime, body })
    return { file, ...(id !== null && { message_id: id }), told: 'It is in the room now.' }
  },
})

function check(type: Type, body: string) {
  const bytes = new TextEncoder().encode(body).length
  if (!body.trim()) throw new Error('The file would be empty. Nothing was posted.')
  if (bytes > MOST) {
    const [has, may] = [Math.ceil(bytes / 1024), MOST / 1024]
    throw new Error(
      `The file is too big: ${has} KB, but only ${may} KB can be posted. Nothing was posted. ` +
        'Leave something out, or post it in parts.',
    )
  }
  if (type === 'json') checkJson(body)
}

function checkJson(body: string) {
  try {
    JSON.parse(body)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new Error(`The content is not valid JSON: ${why}. Nothing was posted.`)
  }
}

export function fileName(name: string, type: Type) {
  return safeFileName(name, TYPES[type])
}
