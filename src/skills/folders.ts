import { readdirSync, readFileSync } from 'node:fs'
import { moduleOf } from './module.ts'
import { readSkill } from './read.ts'

export interface Folder {
  name: string
  /** Those that it speaks of. */
  tools: string[]
  /** Where its module stands. */
  path: string
  /** What should stand there. */
  made: string
  /** What does. Null: nothing. */
  stands: string | null
}

/** The skills that there are, as files. For Node, before a build. */
export function skillFolders(): Folder[] {
  return readdirSync(HERE, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const path = `${HERE}${name}.ts`
      try {
        const skill = readSkill(name, filesIn(name))
        return { name, tools: skill.tools, path, made: moduleOf(skill), stands: textIn(path) }
      } catch (error) {
        throw new Error(`The skill ${name} is broken. ${(error as Error).message}`, {
          cause: error,
        })
      }
    })
}

const HERE = new URL('.', import.meta.url).pathname

function filesIn(name: string) {
  const names = readdirSync(HERE + name).sort()
  return Object.fromEntries(
    names.map((file) => [file, readFileSync(`${HERE}${name}/${file}`, 'utf8')]),
  )
}

function textIn(path: string) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
