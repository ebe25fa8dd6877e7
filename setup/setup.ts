import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import { membersIn } from '../src/bots.ts'
import { isWeak } from '../src/doctor.ts'
import { addBots, type Setting } from './add-bots.ts'
import { askForModel } from './ask-model.ts'
import { HELP, isAddress, readFlags } from './flags.ts'
import { waitForFirstWord } from './heard.ts'
import { Refusal, untilItFits } from './refusal.ts'
import { NoAnswer, Terminal } from './terminal.ts'
import { isPlain, VarsFile } from './vars-file.ts'
import { deploy } from './wrangler.ts'

const terminal = new Terminal()
try {
  const flags = readFlags(process.argv.slice(2), process.env)
  if (flags.help) terminal.say(HELP)
  else await setup(flags)
} catch (error) {
  const isTold = error instanceof Refusal || error instanceof NoAnswer
  console.error(`${isTold ? '✗ ' : ''}${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
} finally {
  terminal.close()
}

/** Whatever was found to be right is kept at once: whoever is interrupted goes on from there. */
async function setup(flags: Setting['flags']) {
  const since = Date.now()
  const file = VarsFile.of(flags.name)
  const setting: Setting = { terminal, flags, vars: file.read() }
  const { vars } = setting
  const keep = () => file.write(kept(vars))

  const added = await addBots(setting)
  keep()
  await askForModel(setting)
  keep()
  makeToken(setting)
  keep()
  terminal.say(`✓ Kept in ${file.path}, which only you can read and Git leaves alone.`)

  const isHere = (await askWhere(setting)) === 'here'
  const worker = isHere ? await here(setting) : await onCloudflare(setting)
  if (worker === null) return
  vars.FIREKEEPER_URL = worker
  keep()
  tellWebhook(setting, worker)

  if (!flags.wait) return
  const all = membersIn(vars.BOT_KEYS ?? '').members.map(({ bot }) => bot.name)
  const bots = added.length ? [...new Set(added)] : all.slice(0, 1)
  terminal.say(`\nMention ${bots.join(' and ')} in a room now, or write to it directly…`)
  const left = await waitForFirstWord({
    worker: isHere ? byLoopback(worker) : worker,
    token: vars.ADMIN_TOKEN ?? '',
    bots,
    since: isHere ? since : Date.now(),
    say: (text) => terminal.say(text),
  })
  if (left.length === 0)
    return terminal.say('\nThat is all. npm run doctor looks at everything again.')
  throw new Refusal(
    `Nobody has spoken to ${left.join(' and ')}. npm run doctor tells what may be wrong.`,
  )
}

function kept(vars: Setting['vars']) {
  return Object.fromEntries(Object.entries(vars).filter(([name]) => ASKED.includes(name)))
}

/** What is asked here; other lines of the file are somebody's own. */
const ASKED = [
  'CAMPFIRE_URL',
  'CAMPFIRE_ID',
  'BOT_KEYS',
  'ANTHROPIC_API_KEY',
  'ANTHROPIC_BASE_URL',
  'ADMIN_TOKEN',
  'FIREKEEPER_URL',
]

function makeToken({ flags, vars }: Setting) {
  const given = flags['admin-token']
  if (given !== undefined && (isWeak(given) || !isPlain(given))) {
    throw new Refusal('That ADMIN_TOKEN can be guessed. Leave it out, and a good one is made.')
  }
  vars.ADMIN_TOKEN = given ?? (vars.ADMIN_TOKEN || randomBytes(24).toString('hex'))
}

async function askWhere({ flags, vars }: Setting) {
  const { on, yes } = flags
  if (on !== undefined) return on
  const wasHere = /^http:/.test(vars.FIREKEEPER_URL ?? '')
  const usual = wasHere ? 'here' : 'cloudflare'
  if (yes) return usual
  const question = 'Where shall it run: on cloudflare, or here on this machine?'
  const take = async (said: string) => {
    if (said === 'cloudflare' || said === 'here') return said
    throw new Refusal('Please say cloudflare or here.')
  }
  const ask = () => terminal.ask(question, { flag: '--on', usual })
  return await untilItFits({ given: undefined, ask, take, say: (text) => terminal.say(text) })
}

const PORT = 8787

/** Campfire calls the Worker, so it has to find this machine. */
async function here({ flags, vars }: Setting) {
  const isBeside = isLoopback(vars.CAMPFIRE_URL ?? '')
  const usual = vars.FIREKEEPER_URL || `http://${isBeside ? '127.0.0.1' : hostname()}:${PORT}`
  const question = 'Where does your Campfire reach this machine?'
  const take = async (said: string) => {
    if (!isAddress(said)) throw new Refusal(`Please give an address, as ${usual}.`)
    return new URL(said).origin
  }
  const given = flags.url ?? (flags.yes || isBeside ? usual : undefined)
  const ask = () => terminal.ask(question, { flag: '--url', usual })
  const worker = await untilItFits({ given, ask, take, say: (text) => terminal.say(text) })
  const { port } = new URL(worker)
  const where = isLoopback(worker) ? '' : ' --ip 0.0.0.0'
  const more = `${flags.name ? ` --env-file .dev.vars.${flags.name}` : ''}${where}${port && port !== `${PORT}` ? ` --port ${port}` : ''}`
  terminal.say(
    `\nStart it in another terminal, and let it run:\n  npm run dev${more && ` --${more}`}`,
  )
  return worker
}

async function onCloudflare({ flags, vars }: Setting) {
  const { name, url } = flags
  const isDry = flags['dry-run']
  terminal.say('')
  const found = await deploy({ vars, name, isDry })
  if (isDry) {
    terminal.say('\n✓ It could be deployed. Nothing was: that was a dry run.')
    return null
  }
  const known = url ?? found ?? (vars.FIREKEEPER_URL || null)
  if (known !== null) return new URL(known).origin
  throw new Refusal('It is deployed, but where, wrangler did not say. Give its address: --url.')
}

function tellWebhook({ vars }: Setting, worker: string) {
  // Never the secret itself: terminals are shown to others, and scrolled back.
  const query = vars.WEBHOOK_SECRET ? '?secret=… with the WEBHOOK_SECRET that you have set' : ''
  terminal.say(
    `\nIn Campfire, at ${vars.CAMPFIRE_URL}/account/bots, open the pencil beside the bot.`,
  )
  terminal.say(`Set its webhook URL; one address serves all bots:\n  ${worker}/webhook${query}`)
}

function byLoopback(worker: string) {
  const { port } = new URL(worker)
  return isLoopback(worker) ? worker : `http://127.0.0.1:${port || 80}`
}

function isLoopback(address: string) {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(URL.parse(address)?.hostname ?? '')
}
