// For plain Node, before a build goes out, as `src/bots/check.ts`: limits that cannot be kept stop the deploy,
// instead of stopping all that is to be answered.
import { readFileSync } from 'node:fs'
import { checkRoster, variableIn } from '../bots.ts'
import { hasPrice, usePrices } from '../model.ts'
import { readBudgets, readTimeZone } from './limits.ts'

const toml = readFileSync(new URL('../../wrangler.toml', import.meta.url).pathname, 'utf8')
usePrices(variableIn(toml, 'PRICES'))
// Which of them have a key is known where they run; a limit for any other holds for nobody.
const bots = [...checkRoster().bots.values()].map(({ name, model, fallbackModel }) => ({
  name,
  models: [model, ...(fallbackModel ? [fallbackModel] : [])],
}))
const budgets = readBudgets(variableIn(toml, 'BUDGETS'), { bots, isPriced: hasPrice })
if (!budgets.ok) {
  console.error(`BUDGETS cannot be kept: see ${budgets.field}.`)
  process.exitCode = 1
}
if (readTimeZone(variableIn(toml, 'TIME_ZONE')) === null) {
  console.error('TIME_ZONE is no zone: write it as Europe/Berlin.')
  process.exitCode = 1
}
