import * as z from 'zod'
import { WORDS } from './delete-file/words.ts'
import { FileNumber, storedFile } from './stored-file.ts'
import { Change, defineTool } from './tool.ts'

export const deleteFile = defineTool({
  name: 'delete_file',
  description:
    'Delete a file that somebody gave you, for good: use it when people ask for that, as "delete that file". ' +
    'It is gone from what you keep and can be read by nobody any more. Messages in the room stay as they are.',
  input: z.strictObject({ file: FileNumber }),
  effect: 'change',
  isSeldom: true,
  status: (_, language) => WORDS[language].status,
  asks: ({ file }, language) => WORDS[language].asks(file),
  goes: ({ file }, { files }) => {
    const found = files.find(file)
    return found && [found.name]
  },
  async run({ file: number }, context) {
    const { file } = storedFile(number, context)
    return new Change(() => {
      if (!context.files.remove(number))
        throw new Error(`There is no file ${number} here any more.`)
      return { deleted: number, name: file.name, told: 'It is gone for good.' }
    })
  },
})
