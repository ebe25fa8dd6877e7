import { commandLine, misused } from './command-line.ts'

const HELP = `npm run setup: puts your bots into your Campfire. It asks; every answer can be given as a flag, too:

  --bot LINE             the line that Campfire shows for a bot on /account/bots; LINE or name=LINE, as often as you like
  --anthropic-key KEY    the key for Claude; better in the environment, as ANTHROPIC_API_KEY
  --model-url URL        a gateway instead of Anthropic's own address
  --admin-token TOKEN    opens the operator's routes; without it one is made
  --hello, --no-hello    whether a bot may say hello, where a key cannot be tried without
  --moved, --no-moved    whether another address is the same Campfire, which has moved
  --on WHERE             cloudflare, or here: on this machine, under wrangler dev
  --url URL              where Campfire reaches the Worker, if that cannot be told
  --name NAME            another Worker beside the first, with settings of its own in .dev.vars.NAME
  --dry-run              deploy nothing, only try
  --no-wait              do not wait for the first message
  --yes                  ask nothing: the usual answer, wherever there is one

Run it again to change one thing, or to add a bot: what is not asked stays as it is.`

export function readFlags(env: NodeJS.ProcessEnv) {
  const { values } = commandLine(HELP, {
    allowNegative: true,
    options: {
      bot: { type: 'string', multiple: true, default: [] },
      'anthropic-key': { type: 'string' },
      'model-url': { type: 'string' },
      'admin-token': { type: 'string' },
      hello: { type: 'boolean' },
      moved: { type: 'boolean' },
      on: { type: 'string' },
      url: { type: 'string' },
      name: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      wait: { type: 'boolean', default: true },
      yes: { type: 'boolean', default: false },
    },
  })
  const { on, name, url } = values
  if (on !== undefined && on !== 'cloudflare' && on !== 'here') {
    misused(HELP, '--on wants cloudflare or here.')
  }
  checkName(HELP, name)
  if (url !== undefined && !isAddress(url))
    misused(HELP, '--url wants an address of http or https.')
  const { 'model-url': model } = values
  if (model !== undefined && !isAddress(model))
    misused(HELP, '--model-url wants an address of http or https.')
  return { ...values, on, apiKey: (values['anthropic-key'] ?? env.ANTHROPIC_API_KEY) || undefined }
}
export type Flags = ReturnType<typeof readFlags>

/** Of a Worker, as Cloudflare takes it; its settings are in a file of that name, and one of those is Git's. */
export function checkName(help: string, name: string | boolean | undefined) {
  if (name === 'example')
    misused(help, '--name wants another name: .dev.vars.example came with the repository.')
  if (name !== undefined && !/^[a-z][a-z0-9-]{0,53}$/.test(String(name)))
    misused(help, '--name wants lower case letters, digits and dashes.')
}

export function isAddress(text: string) {
  return /^https?:$/.test(URL.parse(text)?.protocol ?? '')
}
