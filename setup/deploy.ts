import { parseArgs } from 'node:util'
import { misused } from './command-line.ts'
import { checkName } from './flags.ts'
import { VarsFile } from './vars-file.ts'
import { deploy } from './wrangler.ts'

// Without a file of settings, as in the build of a deploy button, the Worker keeps those that it has.
const HELP = `npm run deploy: as wrangler deploy, with what npm run setup has kept in .dev.vars.

  --name NAME    the Worker with the settings in .dev.vars.NAME
  --dry-run      deploy nothing, only try

Whatever else is given goes to wrangler deploy: npx wrangler deploy --help shows what that knows.`
const { values, tokens } = parseArgs({
  options: { name: { type: 'string' }, 'dry-run': { type: 'boolean', default: false } },
  strict: false,
  tokens: true,
})
checkName(HELP, values.name === true ? '' : values.name)
const name = typeof values.name === 'string' ? values.name : undefined
// Whoever says it in another way means it all the same, and is not to be deployed for.
if (typeof values['dry-run'] === 'string') misused(HELP, '--dry-run takes no value.')
const known = new Set(['name', 'dry-run'])
const more = tokens.flatMap((token) => {
  if (token.kind === 'positional') return [token.value]
  if (token.kind !== 'option' || known.has(token.name)) return []
  return token.value === undefined ? [token.rawName] : [`${token.rawName}=${token.value}`]
})

if (values.help) {
  console.log(HELP)
  process.exit()
}

try {
  const vars = VarsFile.of(name).read()
  await deploy({ vars, name, isDry: values['dry-run'] === true, more })
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
