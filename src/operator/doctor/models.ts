import type { Bot } from '../../bots.ts'
import { DAY } from '../../clock.ts'
import { hasPrice } from '../../model/prices.ts'
import { type Lookup, lacksEffort, lookUp, type ModelFacts } from '../../model.ts'
import { doubtful, type Finding, well, wrong } from './finding.ts'
import type { Settings } from './settings.ts'

interface World {
  now: number
  fetch?: typeof fetch
}

/** Time enough to choose another. */
const SOON_DAYS = 60

const TO_CHANGE =
  'Give the bot another model on its page, or in its file in src/bots and deploy that.'

/** Each model that a bot names, asked for once: it costs nothing. */
export async function examineModels(
  settings: Settings,
  bots: Bot[],
  { now, ...world }: World,
): Promise<Finding[]> {
  const { ANTHROPIC_API_KEY: apiKey = '', ANTHROPIC_BASE_URL: baseURL = '' } = settings
  const uses = usesOf(bots)
  const found = await Promise.all(
    [...uses].map(async ([model, its]) => {
      const lookup = await lookUp({ apiKey, baseURL, ...world }, model)
      return { model, its, lookup }
    }),
  )
  const failed = found.find(({ lookup }) => FAILS.has(lookup.state))
  // What is wrong with the key or the way is wrong for all of them, and is said once.
  if (failed) return [wayFinding(failed.lookup), ...prices([...uses.keys()])]
  return [
    well('ANTHROPIC_API_KEY', 'It is taken.'),
    ...found.flatMap(({ model, its, lookup }) => modelFindings(model, its, lookup, now)),
    ...prices([...uses.keys()]),
  ]
}

const FAILS = new Set(['rejected key', 'unreachable', 'no list'])

export function wayFinding({ state, ...rest }: Lookup): Finding {
  const status = 'status' in rest && rest.status ? ` (it answers ${rest.status})` : ''
  if (state === 'rejected key') {
    const todo = 'Make a new key at platform.claude.com, and give it to npm run setup.'
    return wrong('ANTHROPIC_API_KEY', `It is not taken${status}.`, todo)
  }
  if (state === 'no list') {
    const says = `What stands at ANTHROPIC_BASE_URL does not tell about models${status}.`
    return doubtful('model', says, 'Ask a bot something: its answer shows whether they work.')
  }
  const todo = 'Look at status.claude.com, and at ANTHROPIC_BASE_URL if you set one.'
  return wrong('model', `The Messages API cannot be reached${status}.`, todo)
}

interface Use {
  bot: Bot
  as: 'model' | 'fallbackModel'
}

function usesOf(bots: Bot[]) {
  const uses = bots.flatMap((bot): (Use & { model: string })[] => [
    { bot, as: 'model', model: bot.model },
    ...(bot.fallbackModel ? [{ bot, as: 'fallbackModel' as const, model: bot.fallbackModel }] : []),
  ])
  return Map.groupBy(uses, ({ model }) => model)
}

/** A model, and whether it fits the bots that name it. */
export function modelFindings(model: string, uses: Use[], lookup: Lookup, now: number): Finding[] {
  const names = [...new Set(uses.map(({ bot }) => bot.name))].join(' and ')
  const about = `model ${model}`
  if (lookup.state !== 'known') {
    return [wrong(about, `That model doesn't exist. It stands in the file of ${names}.`, TO_CHANGE)]
  }
  const { facts } = lookup
  const misfits = uses.flatMap((use) => misfitsOf(facts, use))
  return [
    ageFinding(about, facts, names, now),
    ...misfits.map((says) => wrong(about, says, TO_CHANGE)),
  ]
}

function ageFinding(about: string, facts: ModelFacts, names: string, now: number): Finding {
  const { lifecycle, retires_at: end } = facts
  if (lifecycle === 'retired') {
    return wrong(about, `It is retired, and wanted by ${names}.`, TO_CHANGE)
  }
  const days = end ? Math.ceil((Date.parse(end) - now) / DAY) : null
  if (days === null) {
    return lifecycle === 'deprecated'
      ? doubtful(about, 'It will be retired; no day is set yet.', TO_CHANGE)
      : well(about, 'It is there.')
  }
  const day = end?.slice(0, 10)
  if (days > SOON_DAYS) return well(about, `It is there, and will be retired on ${day}.`)
  const says =
    days > 0 ? `It will be retired in ${days} days, on ${day}.` : `It was to be retired on ${day}.`
  return doubtful(about, says, TO_CHANGE)
}

function misfitsOf({ id, max_tokens: most, capabilities }: ModelFacts, { bot, as }: Use) {
  const lacks = (name: string, part?: string) => isRefused(capabilities?.[name], part)
  const { effort, thinking, maxTokens, tools } = bot
  const served = tools.map(({ name }) => name).filter((name) => lacks('server_tools', name))
  const hasNoEffort = effort && (lacksEffort(id) || lacks('effort') || lacks('effort', effort))
  return [
    hasNoEffort && `It has no effort "${effort}", which ${bot.name} asks for (${as}).`,
    thinking && lacks('thinking') && `It does not think, which ${bot.name} asks for (${as}).`,
    most &&
      maxTokens > most &&
      `It answers with at most ${most} tokens; ${bot.name} asks for ${maxTokens}.`,
    ...served.map((name) => `It cannot use ${name}, which ${bot.name} has.`),
  ].filter((said) => typeof said === 'string')
}

/** What nothing is said of may well be there. */
function isRefused(capability: Record<string, unknown> | null | undefined, part?: string) {
  if (!capability) return false
  if (part === undefined) return capability.supported === false
  const of = capability[part]
  return typeof of === 'object' && of !== null && 'supported' in of && of.supported === false
}

function prices(models: string[]): Finding[] {
  const unknown = models.filter((model) => !hasPrice(model))
  if (models.length === 0) return []
  if (unknown.length === 0) return [well('prices', 'Each model has one.')]
  const says = `No price is known of ${unknown.join(' and ')}, so its cost is not counted.`
  return [doubtful('prices', says, 'Add it to src/model/prices.ts, or use a model that is there.')]
}
