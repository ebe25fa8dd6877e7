import { readSkillFile } from '../tools/read-skill-file.ts'
import type { Tool } from '../tools/tool.ts'
import { useSkill } from '../tools/use-skill.ts'
import { type Bot, lackedBy } from './bot.ts'

/**
 * Whoever has a skill can read it: its file need not say so. One that speaks of a tool which the bot has no more, since
 * an operator took it away, goes with it.
 */
export function withSkillTools(bot: Bot): Bot {
  const skills = bot.skills.filter((skill) => !lackedBy(skill, bot).length)
  if (!skills.length) return { ...bot, skills }
  const hasFiles = skills.some(({ files }) => Object.keys(files).length > 0)
  const needed: Tool[] = [useSkill, ...(hasFiles ? [readSkillFile] : [])]
  const missing = needed.filter(({ name }) => !bot.tools.some((tool) => tool.name === name))
  return { ...bot, skills, tools: [...bot.tools, ...missing] }
}

/** One that follows from its skills, and that nobody has to choose. */
export function isOfSkills({ name }: Pick<Tool, 'name'>) {
  return name === useSkill.name || name === readSkillFile.name
}
