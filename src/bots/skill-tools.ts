import { readSkillFile } from '../tools/read-skill-file.ts'
import type { Tool } from '../tools/tool.ts'
import { useSkill } from '../tools/use-skill.ts'
import type { Bot } from './bot.ts'

/** Whoever has a skill can read it: its file need not say so. */
export function withSkillTools(bot: Bot): Bot {
  if (!bot.skills.length) return bot
  const hasFiles = bot.skills.some(({ files }) => Object.keys(files).length > 0)
  const needed: Tool[] = [useSkill, ...(hasFiles ? [readSkillFile] : [])]
  const missing = needed.filter(({ name }) => !bot.tools.some((tool) => tool.name === name))
  return { ...bot, tools: [...bot.tools, ...missing] }
}

/** One that follows from its skills, and that nobody has to choose. */
export function isOfSkills({ name }: Pick<Tool, 'name'>) {
  return name === useSkill.name || name === readSkillFile.name
}
