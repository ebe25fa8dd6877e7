// npm run cost: what a month costs, tokens and platform apart. Every assumption is a flag.
import { readFileSync } from 'node:fs'
import { type Bounds, commandLine, misused, numberIn } from '../setup/command-line.ts'
import { variableIn } from '../src/bots/variables.ts'
import { checkRoster } from '../src/bots.ts'
import { PRICES_AS_OF, usePrices } from '../src/model/prices.ts'
import { FREE_A_DAY, platformCost, type Used, usedByMessage } from './cost/platform.ts'
import { headTokens, turnCost } from './cost/tokens.ts'

const HELP = `npm run cost: what a month of Firekeeper costs, tokens and platform apart.

The prices are those of src/model/prices.ts, and before them those of PRICES in wrangler.toml or the environment.

  --bot assistant   whose model, tools and instructions are counted; --model takes another model
  --day 1000        messages a day to a bot; may stand several times
  --turns 12        turns of a session, from a cold start to its expiry
  --words 150       tokens of a question with what was said around it
  --answer 180      tokens of an answer, or of what is said before a tool is used
  --steps 1.4       model calls of a turn; each further one reads a tool result
  --result 800      tokens of a tool result
  --soon 0.6        share of turns that begin within five minutes of the one before
  --seconds 8       how long a room is at work on a turn`

const DAYS = 30
const KB_A_MESSAGE = 4

const { values } = commandLine(HELP, {
  options: {
    bot: { type: 'string', default: 'assistant' },
    model: { type: 'string' },
    day: { type: 'string', multiple: true, default: ['10', '1000', '100000'] },
    turns: { type: 'string', default: '12' },
    words: { type: 'string', default: '150' },
    answer: { type: 'string', default: '180' },
    steps: { type: 'string', default: '1.4' },
    result: { type: 'string', default: '800' },
    soon: { type: 'string', default: '0.6' },
    seconds: { type: 'string', default: '8' },
  },
})
const { bot: name, model: other, day, ...habits } = values
const days = day.map((typed) => numberIn(HELP, ['day', typed], { isWhole: false }))
const known = {
  turns: habit('turns', { least: 1 }),
  words: habit('words'),
  answer: habit('answer'),
  steps: habit('steps', { least: 1, isWhole: false }),
  result: habit('result'),
  soon: habit('soon', { most: 1, isWhole: false }),
  seconds: habit('seconds', { isWhole: false }),
}
print()

function habit(flag: keyof typeof habits, bounds?: Bounds) {
  return numberIn(HELP, [flag, habits[flag]], bounds)
}

function print() {
  const toml = readFileSync(new URL('../wrangler.toml', import.meta.url).pathname, 'utf8')
  usePrices(process.env.PRICES ?? variableIn(toml, 'PRICES'))
  const bot = checkRoster().bots.get(name)
  if (!bot) return misused(HELP, `There is no bot ${name}.`)
  const model = other ?? bot.model
  const turn = turnCost(bot, model, known)
  if (turn === null) return fail(`No price is known for ${model}.`)

  const message = usedByMessage(known)
  console.log(
    `Prices as of ${PRICES_AS_OF}. ${name} with ${model}: ${headTokens(bot)} tokens of tools and`,
  )
  console.log(`instructions, ${dollars(turn)} for a turn in the mean of ${known.turns} turns.\n`)
  console.table(
    Object.fromEntries(
      days.map((messages) => [`${messages} a day`, monthOf(messages, { turn, message })]),
    ),
  )
  console.log(
    `The free plan takes ${Math.floor(freeADay(message)).toLocaleString('en-US')} messages a day.`,
  )
}

function monthOf(messages: number, { turn, message }: { turn: number; message: Used }) {
  const month = messages * DAYS
  const used = Object.fromEntries(
    Object.entries(message).map(([meter, value]) => [meter, value * month]),
  ) as Used
  const platform = platformCost(used, (month * 6 * KB_A_MESSAGE) / 1e6)
  return {
    'messages a month': month.toLocaleString('en-US'),
    tokens: dollars(turn * month),
    platform: dollars(platform),
    'platform, of all': `${((100 * platform) / (platform + turn * month)).toFixed(1)} %`,
  }
}

function freeADay(message: Used) {
  const meters = Object.keys(FREE_A_DAY) as (keyof typeof FREE_A_DAY)[]
  return Math.min(...meters.map((meter) => FREE_A_DAY[meter] / message[meter]))
}

function dollars(amount: number) {
  const digits = amount < 1 ? 4 : 2
  return `$${amount.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: digits })}`
}

function fail(reason: string) {
  console.error(reason)
  process.exitCode = 1
}
