import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Edit } from './mutant.ts'

/** Where an edit goes: the file, and what it says before and after. */
export interface Place {
  path: string
  from: string
  to: string
}

/** What is found nowhere, or twice, is an error: a mutant that changes nothing proves nothing. */
export function placeOf({ from, to, within }: Edit, sources: Map<string, string>): Place {
  const found = [...sources].flatMap(([path, code]) =>
    partsOf(code, within).flatMap((part) =>
      Array.from({ length: part.split(from).length - 1 }, () => ({ path, part })),
    ),
  )
  const [place] = found
  if (place && found.length === 1) {
    const { path, part } = place
    return within ? { path, from: part, to: part.replace(from, () => to) } : { path, from, to }
  }

  const where = within ? `within ${within}` : 'in src'
  const files = found.map(({ path }) => `\n  in ${path}`).join('')
  throw new Error(`Found ${found.length} times ${where}, not once: ${from}${files}`)
}

/** All of our code, by its path. */
export function sourcesIn(folder: string) {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
  const ours = names.filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
  return new Map(ours.map((name) => [join(folder, name), readFileSync(join(folder, name), 'utf8')]))
}

/** The functions and methods of that name, from their first line to the brace that stands below it. */
function partsOf(code: string, within: string | undefined) {
  if (within === undefined) return [code]
  const name = within.replace(/[^\w]/g, '\\$&')
  const start = `(?:export |async |default |static |function |get |set |\\*)*${name}`
  const whole = new RegExp(`^( *)${start}[(<][\\s\\S]*?^\\1\\}`, 'gm')
  return code.match(whole) ?? []
}
