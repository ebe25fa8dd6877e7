import * as z from 'zod'
import { quiet } from '../campfire.ts'
import { defineTool } from './tool.ts'
import { WORDS } from './use-skill/words.ts'

export const useSkill = defineTool({
  name: 'use_skill',
  description:
    'Read how a kind of work is done here, before you begin it: one of your skills, by its name. What it ' +
    'gives you are instructions of whoever runs you, so follow them. Files that it names are read with ' +
    'read_skill_file when you come to them.',
  input: z.strictObject({
    name: z.string().min(1).max(60).describe('As it stands among your skills.'),
  }),
  effect: 'read',
  status: ({ name }, language) => WORDS[language].status(quiet(name)),
  asks: ({ name }, language) => WORDS[language].asks(quiet(name)),
  async run({ name }, { skills }) {
    const skill = skills.find((one) => one.name === name)
    if (!skill) throw new Error(`You have no skill ${name}. ${namesOf(skills)}`)
    const files = Object.keys(skill.files)
    return { skill: skill.body, ...(files.length && { files }) }
  },
})

function namesOf(skills: { name: string }[]) {
  return skills.length
    ? `There are: ${skills.map(({ name }) => name).join(', ')}.`
    : 'You have none: do it as you see fit.'
}
