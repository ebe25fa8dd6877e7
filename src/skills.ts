export { readSkill } from './skills/read.ts'
export type { Skill } from './skills/skill.ts'
