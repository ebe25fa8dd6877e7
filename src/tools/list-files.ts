import * as z from 'zod'
import { timeOf } from '../clock.ts'
import { WORDS } from './list-files/words.ts'
import { defineTool } from './tool.ts'
import { untrusted } from './untrusted.ts'

export const listFiles = defineTool({
  name: 'list_files',
  description:
    'See which files people gave you in this room, newest first, also in earlier conversations: "the file from ' +
    'this morning" is one of them. Each has the number by which read_file, read_table and delete_file know it. ' +
    'Files that only stand in the room as attachments are not among them.',
  input: z.strictObject({
    name: z.string().trim().max(100).default('').describe('Only those with this in their name.'),
  }),
  effect: 'read',
  isSeldom: true,
  status: (_, language) => WORDS[language].status,
  asks: (_, language) => WORDS[language].asks,
  async run({ name }, { files, nameOf, timeZone }) {
    const all = files.list()
    const wanted = name.toLowerCase()
    const found = all.filter((file) => file.name.toLowerCase().includes(wanted))
    if (name && !found.length)
      throw new Error(
        `None of the ${all.length} files here has that in its name. Leave the name out to see all.`,
      )
    return found.map(({ number, name, kind, what, bytes, author, at, width, height }) => ({
      number,
      name: untrusted(name),
      kind: what ?? kind,
      bytes,
      ...(width && height && { size: `${width} × ${height}` }),
      from: nameOf(author) ?? `user ${author}`,
      time: timeOf(at, timeZone),
    }))
  },
})
