// For plain Node, before a build goes out: `node src/bots/check.ts`. A bot that is not whole stops the
// deploy, instead of being left out of the roster when the Worker starts. Not wrangler's [build]: that
// would cost each start of `wrangler dev` a second.
import { readFileSync } from 'node:fs'
import { checkRoster } from '../bots.ts'
import { checkPrices, PRICES } from '../model.ts'
import { skillFolders } from '../skills/folders.ts'
import { variableIn } from './variables.ts'

const { bots, broken } = checkRoster()
for (const { bot, field } of broken) {
  complain(`The bot ${bot} is broken: see its ${field}.`)
}

const toml = readFileSync(new URL('../../wrangler.toml', import.meta.url).pathname, 'utf8')
for (const { model, field } of checkPrices(variableIn(toml, 'PRICES'), PRICES).broken) {
  complain(`The price of ${model} in PRICES cannot be meant: see its ${field}.`)
}

const tools = new Set([...bots.values()].flatMap((bot) => bot.tools.map(({ name }) => name)))
try {
  for (const skill of skillFolders()) {
    const unknown = skill.tools.find((tool) => !tools.has(tool))
    if (unknown) complain(`The skill ${skill.name} names the tool ${unknown}, which no bot has.`)
    if (skill.made !== skill.stands)
      complain(`The skill ${skill.name} is not as its files are: run npm run skills.`)
  }
} catch (error) {
  complain(error instanceof Error ? error.message : String(error))
}

function complain(words: string) {
  console.error(words)
  process.exitCode = 1
}
