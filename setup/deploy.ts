import { parseArgs } from 'node:util'
import { VarsFile } from './vars-file.ts'
import { deploy } from './wrangler.ts'

// `npm run deploy`: as `wrangler deploy`, with what `npm run setup` has kept in .dev.vars. Without such a file, as in
// the build of a deploy button, the Worker keeps the settings that it has.
const { values, tokens } = parseArgs({
  options: { name: { type: 'string' }, 'dry-run': { type: 'boolean', default: false } },
  strict: false,
  tokens: true,
})
const name = typeof values.name === 'string' ? values.name : undefined
const known = new Set(['name', 'dry-run'])
const more = tokens.flatMap((token) => {
  if (token.kind === 'positional') return [token.value]
  if (token.kind !== 'option' || known.has(token.name)) return []
  return token.value === undefined ? [token.rawName] : [`${token.rawName}=${token.value}`]
})

try {
  const vars = VarsFile.of(name).read()
  await deploy({ vars, name, isDry: values['dry-run'] === true, more })
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
