import * as z from 'zod'
import { quiet } from '../campfire.ts'
import { WORDS } from './read-skill-file/words.ts'
import { defineTool } from './tool.ts'

export const readSkillFile = defineTool({
  name: 'read_skill_file',
  description:
    'Read a file that stands beside one of your skills, such as a template or a list of checks. The skill ' +
    'says when, and use_skill lists which files there are.',
  input: z.strictObject({
    skill: z.string().min(1).max(60).describe('The name of the skill.'),
    file: z.string().min(1).max(100).describe('The name of the file, as use_skill gives it.'),
  }),
  effect: 'read',
  isSeldom: true,
  status: ({ file }, language) => WORDS[language].status(quiet(file)),
  asks: ({ file }, language) => WORDS[language].asks(quiet(file)),
  async run({ skill: name, file }, { skills }) {
    const files = skills.find((one) => one.name === name)?.files
    const text = files && Object.hasOwn(files, file) ? files[file] : undefined
    if (text !== undefined) return text
    if (!files) throw new Error(`You have no skill ${name}. Look for its name among your skills.`)
    const names = Object.keys(files).join(', ')
    throw new Error(
      `There is no ${file} beside it. ${names ? `There is: ${names}.` : 'It has no files.'}`,
    )
  },
})
