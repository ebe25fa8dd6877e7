// For plain Node, before a build goes out: `node src/bots/check.ts`. A bot that is not whole stops the
// deploy, instead of being left out of the roster when the Worker starts. Not wrangler's [build]: that
// would cost each start of `wrangler dev` a second.
import { checkRoster } from '../bots.ts'

for (const { bot, field } of checkRoster().broken) {
  console.error(`The bot ${bot} is broken: see its ${field}.`)
  process.exitCode = 1
}
