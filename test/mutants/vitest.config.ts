import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'
import base from '../vitest.config.ts'
import { MUTANTS } from './mutants.ts'

// Changes the source on its way into the test, so that no copy of the repository is needed. What is
// not found, or found twice, is an error: a mutant that changes nothing proves nothing.
const mutant = MUTANTS[Number(process.env.MUTANT ?? -1)]
const root = (path: string) => resolve(import.meta.dirname, '../..', path)

const changes = (mutant?.edits ?? []).map(({ file, ...edit }) => ({
  ...edit,
  path: root(`src/${file}`),
}))
for (const { path, from } of changes) {
  const times = readFileSync(path, 'utf8').split(from).length - 1
  if (times !== 1) throw new Error(`Found ${times} times in ${path}: ${from}`)
}
const extent = `= '${process.env.EXTENT ?? 'each'}'`
changes.push({ path: root('test/crash/extent.ts'), from: "= 'some' as", to: `${extent} as` })

const plugin = {
  name: 'mutants',
  enforce: 'pre' as const,
  transform(code: string, id: string) {
    const mine = changes.filter(({ path }) => path === id.split('?')[0])
    if (!mine.length) return undefined
    process.stderr.write(`changed: ${id}\n`)
    return {
      code: mine.reduce((all, { from, to }) => all.replace(from, () => to), code),
      map: null,
    }
  },
}

const [worker] = base.test?.projects ?? []
if (typeof worker !== 'object' || !('plugins' in worker))
  throw new Error('The worker project is gone')

export default defineConfig({
  ...base,
  test: {
    ...base.test,
    // One mutant must never meet what is left of another, nor anybody what is left of one.
    fsModuleCache: false,
    projects: [{ ...worker, plugins: [plugin, ...(worker.plugins ?? [])] }],
  },
})
