import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'
import type { VitestPluginContext } from 'vitest/node'
import base from '../vitest.config.ts'
import { placeOf, sourcesIn } from './find.ts'
import { MUTANTS } from './mutants.ts'

// Changes the source on its way into the test, so that no copy of the repository is needed.
const mutant = MUTANTS[Number(process.env.MUTANT ?? -1)]
const sources = sourcesIn(resolve(import.meta.dirname, '../../src'))
const changes = (mutant?.edits ?? []).map((edit) => placeOf(edit, sources))

const plugin = {
  name: 'mutants',
  enforce: 'pre' as const,
  // One mutant must never meet what is left of another, nor anybody what is left of one.
  configureVitest({ defineCacheKeyGenerator }: VitestPluginContext) {
    defineCacheKeyGenerator(({ id }) => (isChanged(id) ? false : undefined))
  },
  transform(code: string, id: string) {
    if (!isChanged(id)) return undefined
    const mine = changes.filter(({ path }) => path === id.split('?')[0])
    process.stderr.write(`changed: ${id.split('?')[0]}\n`)
    return {
      code: mine.reduce((all, { from, to }) => changed(all, from, to), code),
      map: null,
    }
  },
}

function isChanged(id: string) {
  return changes.some(({ path }) => path === id.split('?')[0])
}

/** Two edits of one place must not undo each other. */
function changed(code: string, from: string, to: string) {
  if (!code.includes(from)) throw new Error(`Another edit has changed this already: ${from}`)
  return code.replace(from, () => to)
}

const [worker] = base.test?.projects ?? []
if (typeof worker !== 'object' || !('plugins' in worker))
  throw new Error('The worker project is gone')

export default defineConfig({
  ...base,
  test: {
    ...base.test,
    projects: [{ ...worker, plugins: [plugin, ...(worker.plugins ?? [])] }],
  },
})
