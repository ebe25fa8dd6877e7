import { hostname } from 'node:os'
import type { Setting } from './add-bots.ts'
import { isAddress } from './flags.ts'
import { Refusal, untilItFits } from './refusal.ts'
import { deploy } from './wrangler.ts'

export async function askWhere({ terminal, flags, vars }: Setting) {
  const { on, yes } = flags
  if (on !== undefined) return on
  const wasHere = /^http:/.test(vars.FIREKEEPER_URL ?? '')
  const usual = wasHere ? 'here' : 'cloudflare'
  if (yes) return usual
  const question = 'Where should it run: on cloudflare, or here on this machine?'
  const take = async (said: string) => {
    if (said === 'cloudflare' || said === 'here') return said
    throw new Refusal('Please say cloudflare or here.')
  }
  const ask = () => terminal.ask(question, { flag: '--on', usual })
  return await untilItFits({ given: undefined, ask, take, say: (text) => terminal.say(text) })
}

const PORT = 8787

/** Campfire calls the Worker, so it has to find this machine. */
export async function onThisMachine({ terminal, flags, vars }: Setting) {
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

export async function onCloudflare({ terminal, flags, vars }: Setting) {
  const { name, url } = flags
  const isDry = flags['dry-run']
  terminal.say('')
  terminal.close()
  const found = await deploy({ vars, name, isDry })
  if (isDry) {
    terminal.say('\n✓ It could be deployed. Nothing was: that was a dry run.')
    return null
  }
  const known = url ?? found ?? (vars.FIREKEEPER_URL || null)
  if (known !== null) return new URL(known).origin
  throw new Refusal('It is deployed, but where, wrangler did not say. Give its address: --url.')
}

export function tellWebhook({ terminal, vars }: Setting, worker: string) {
  // Never the secret itself: terminals are shown to others, and scrolled back.
  const query = vars.WEBHOOK_SECRET ? '?secret=… with the WEBHOOK_SECRET that you have set' : ''
  terminal.say(
    `\nIn Campfire, at ${vars.CAMPFIRE_URL}/account/bots, open the pencil beside the bot.`,
  )
  terminal.say(`Set its webhook URL; one address serves all bots:\n  ${worker}/webhook${query}`)
}

export function byLoopback(worker: string) {
  const { port } = new URL(worker)
  return isLoopback(worker) ? worker : `http://127.0.0.1:${port || 80}`
}

export function isLoopback(address: string) {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(URL.parse(address)?.hostname ?? '')
}
