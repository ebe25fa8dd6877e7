import { type Member, membersIn } from '../../bots.ts'
import { doubtful, type Finding, well, wrong } from './finding.ts'

/** As in the README. What is missing and what is empty are the same. */
export interface Settings {
  CAMPFIRE_URL?: string
  CAMPFIRE_ID?: string
  BOT_KEYS?: string
  ANTHROPIC_API_KEY?: string
  ANTHROPIC_BASE_URL?: string
  ADMIN_TOKEN?: string
  WEBHOOK_SECRET?: string
}

/** What stands in wrangler.toml until somebody says where their Campfire is. */
const NOBODYS_CAMPFIRE = 'http://127.0.0.1:3000'

const SETUP = 'npm run setup asks for it and sets it'

/** Without these nothing is answered, but for ADMIN_TOKEN, without which nobody can see why. */
export function missingIn(settings: Settings, { isLocal }: { isLocal: boolean }): Finding[] {
  const { CAMPFIRE_URL, BOT_KEYS, ANTHROPIC_API_KEY, ADMIN_TOKEN } = settings
  const isNobodys = CAMPFIRE_URL === NOBODYS_CAMPFIRE && !isLocal
  return [
    (!CAMPFIRE_URL || isNobodys) &&
      wrong(
        'CAMPFIRE_URL',
        'Nobody has said where your Campfire is.',
        `${SETUP}. By hand: write its public address, as https://chat.example.com, under [vars] in wrangler.toml.`,
      ),
    !BOT_KEYS &&
      wrong(
        'BOT_KEYS',
        'No bot has a key.',
        `${SETUP}. By hand: run npx wrangler secret put BOT_KEYS and give it assistant= and the key from the line that Campfire shows for the bot.`,
      ),
    !ANTHROPIC_API_KEY &&
      wrong(
        'ANTHROPIC_API_KEY',
        'There is no key for Claude.',
        `${SETUP}. By hand: run npx wrangler secret put ANTHROPIC_API_KEY and give it a key from platform.claude.com.`,
      ),
    !ADMIN_TOKEN &&
      wrong(
        'ADMIN_TOKEN',
        'There is no token for whoever runs the bots, so their routes are closed.',
        `${SETUP}. By hand: run npx wrangler secret put ADMIN_TOKEN and give it what openssl rand -hex 32 prints.`,
      ),
  ].filter((finding) => finding !== false)
}

/** All that can be said of the settings by looking at them. */
export function examineSettings(settings: Settings, where: { isLocal: boolean }): Finding[] {
  const missing = missingIn(settings, where)
  const isMissing = (name: string) => missing.some(({ about }) => about === name)
  return [
    ...missing,
    ...(isMissing('CAMPFIRE_URL') ? [] : [addressOf(settings.CAMPFIRE_URL ?? '', where)]),
    ...(isMissing('BOT_KEYS') ? [] : botsIn(settings.BOT_KEYS ?? '')),
    ...tokensIn(settings, membersIn(settings.BOT_KEYS ?? '').members),
    ...(isMissing('ADMIN_TOKEN') ? [] : [strength('ADMIN_TOKEN', settings.ADMIN_TOKEN ?? '')]),
    ...(settings.WEBHOOK_SECRET ? [strength('WEBHOOK_SECRET', settings.WEBHOOK_SECRET)] : []),
  ]
}

function addressOf(address: string, { isLocal }: { isLocal: boolean }): Finding {
  const url = URL.parse(address.trim())
  if (!url || !/^https?:$/.test(url.protocol)) {
    const todo = 'Give the address as people type it in their browser, as https://chat.example.com.'
    return wrong('CAMPFIRE_URL', 'It is no address of http or https.', todo)
  }
  if (url.protocol === 'https:' || isLocal) return well('CAMPFIRE_URL', url.origin)
  return doubtful(
    'CAMPFIRE_URL',
    `${url.origin} is not encrypted, so the keys of your bots can be read on the way.`,
    'Use https:// if your Campfire has it.',
  )
}

function botsIn(keys: string): Finding[] {
  const { members, broken } = membersIn(keys)
  const told = broken.map(({ bot, field }) =>
    wrong(
      `bot ${bot}`,
      field === 'name' ? 'No bot of that name is in src/bots.ts.' : `Its ${field} does not fit.`,
      'BOT_KEYS wants name=key pairs, comma separated, as assistant=3-AbC123dEf456; npm run setup writes them.',
    ),
  )
  if (members.length > 0) return told
  const none = wrong('BOT_KEYS', 'No bot can speak.', 'Run npm run setup and paste the line again.')
  return [...told, none]
}

/** Of the servers whose tools a bot uses. */
export function tokensIn(settings: Settings, members: Pick<Member, 'bot'>[]): Finding[] {
  const known = new Map(Object.entries(settings))
  return members.flatMap(({ bot }) =>
    bot.mcp.flatMap(({ name, auth }) => {
      const secret = typeof auth === 'object' ? auth.clientSecret : auth
      if (!secret || secret === 'oauth' || known.get(secret)) return []
      const what = `The bot ${bot.name} has no token for ${name}, whose tools it is to use.`
      return [
        wrong(
          secret,
          what,
          `Run npx wrangler secret put ${secret} and give it what ${name} has given you.`,
        ),
      ]
    }),
  )
}

const SHORTEST = 20
const FEWEST_CHARACTERS = 8

/** Whoever guesses it reads along, or speaks in anybody's name. */
function strength(name: string, secret: string): Finding {
  if (!isWeak(secret)) return well(name, 'It is set, and long enough.')
  const todo = 'Make a new one: openssl rand -hex 32. npm run setup makes one where there is none.'
  return wrong(name, 'It can be guessed.', todo)
}

export function isWeak(secret: string) {
  return secret.length < SHORTEST || new Set(secret).size < FEWEST_CHARACTERS
}
