// Run by plain Node when the Worker is built (wrangler.toml), so that a bot that is not whole stops
// the build instead of being left out of the roster in production.
import { checkRoster } from '../bots.ts'

const { broken } = checkRoster()
const lines = broken.map(({ bot, field }) => `The bot ${bot} is broken: see its ${field}.`)
if (lines.length) throw lines.join('\n')
