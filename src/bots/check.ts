// For plain Node, before a build goes out: `node src/bots/check.ts`. A bot that is not whole stops the
// deploy, instead of being left out of the roster when the Worker starts. Not wrangler's [build]: that
// would cost each start of `wrangler dev` a second.
import { readFileSync } from 'node:fs'
import { checkRoster } from '../bots.ts'
import { checkPrices, PRICES } from '../model.ts'
import { variableIn } from './variables.ts'

for (const { bot, field } of checkRoster().broken) {
  console.error(`The bot ${bot} is broken: see its ${field}.`)
  process.exitCode = 1
}

const toml = readFileSync(new URL('../../wrangler.toml', import.meta.url).pathname, 'utf8')
for (const { model, field } of checkPrices(variableIn(toml, 'PRICES'), PRICES).broken) {
  console.error(`The price of ${model} in PRICES cannot be meant: see its ${field}.`)
  process.exitCode = 1
}
