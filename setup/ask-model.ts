import { membersIn } from '../src/bots.ts'
import { Claude, lookUp, ModelError } from '../src/model.ts'
import { wayFinding } from '../src/operator/doctor.ts'
import type { Setting } from './add-bots.ts'
import { Refusal, untilItFits } from './refusal.ts'
import { isPlain } from './vars-file.ts'

/** The key for Claude, tried on the model of the first bot. It costs nothing, or next to nothing. */
export async function askForModel({ terminal, flags, vars, keep }: Setting) {
  const url = flags['model-url']
  const isSame =
    url === undefined && (flags.apiKey ?? vars.ANTHROPIC_API_KEY) === vars.ANTHROPIC_API_KEY
  if (vars.ANTHROPIC_API_KEY && isSame) return
  const baseURL = url ?? vars.ANTHROPIC_BASE_URL ?? ''
  const model = membersIn(vars.BOT_KEYS ?? '').members[0]?.bot.model ?? ''
  const ask = () => {
    const question = 'The key for Claude, from platform.claude.com:'
    return terminal.ask(question, { flag: '--anthropic-key, or ANTHROPIC_API_KEY', secret: true })
  }
  const take = async (apiKey: string) => {
    if (!apiKey)
      throw new Refusal('That is empty. Make a key at platform.claude.com/settings/keys.')
    if (!isPlain(apiKey))
      throw new Refusal('There is a sign in it that no key has. Copy it once more.')
    terminal.say(await tryModel({ apiKey, baseURL }, model))
    Object.assign(vars, {
      ANTHROPIC_API_KEY: apiKey,
      ...(url !== undefined && { ANTHROPIC_BASE_URL: url }),
    })
    keep()
  }
  const given = flags.apiKey ?? (vars.ANTHROPIC_API_KEY || undefined)
  await untilItFits({ given, ask, take, say: (text) => terminal.say(text) })
}

async function tryModel(access: { apiKey: string; baseURL: string }, model: string) {
  const lookup = await lookUp(access, model)
  if (lookup.state === 'known') return `✓ The key for Claude is taken, and ${model} is there.`
  if (lookup.state === 'unknown') {
    throw new Refusal(
      `The key is taken, but there is no ${model} for it. Give the bot another model in src/bots.`,
    )
  }
  if (lookup.state === 'no list') return await askOnce(access, model)
  const { says, todo } = wayFinding(lookup)
  throw new Refusal(`${says} ${todo ?? ''}`)
}

/** A gateway that knows no list of models may well know the model. */
async function askOnce(access: { apiKey: string; baseURL: string }, model: string) {
  const messages = [{ role: 'user' as const, content: 'Say yes.' }]
  const prompt = { model, system: '', tools: [], messages, maxTokens: 256, mayUseTools: false }
  try {
    await new Claude(access).ask(prompt, { timeoutMs: 30_000 })
    return `✓ ${model} has answered.`
  } catch (error) {
    if (!(error instanceof ModelError)) throw error
    throw new Refusal(`${error.message}. Look at the key and at --model-url.`)
  }
}
