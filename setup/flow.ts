import { randomBytes } from 'node:crypto'
import { membersIn } from '../src/bots.ts'
import { isWeak } from '../src/operator/doctor.ts'
import { addBots, type Setting } from './add-bots.ts'
import { askForModel } from './ask-model.ts'
import type { Flags } from './flags.ts'
import { waitForFirstWord } from './heard.ts'
import { askWhere, byLoopback, onCloudflare, onThisMachine, tellWebhook } from './place.ts'
import { Refusal } from './refusal.ts'
import type { Terminal } from './terminal.ts'
import { isPlain, VarsFile } from './vars-file.ts'

/** Whatever was found to be right is kept at once: whoever is interrupted goes on from there. */
export async function setup(terminal: Terminal, flags: Flags) {
  const since = Date.now()
  const file = VarsFile.of(flags.name)
  const vars = file.read()
  const keep = () => file.write(kept(vars))
  const setting: Setting = { terminal, flags, vars, keep }

  const added = await addBots(setting)
  await askForModel(setting)
  makeToken(setting)
  terminal.say(`✓ Kept in ${file.path}, which only you can read and Git leaves alone.`)

  const isHere = (await askWhere(setting)) === 'here'
  const worker = isHere ? await onThisMachine(setting) : await onCloudflare(setting)
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

function makeToken({ flags, vars, keep }: Setting) {
  const given = flags['admin-token']
  if (given !== undefined && (isWeak(given) || !isPlain(given))) {
    throw new Refusal('That ADMIN_TOKEN can be guessed. Without it, a good one is made for you.')
  }
  vars.ADMIN_TOKEN = given ?? (vars.ADMIN_TOKEN || randomBytes(24).toString('hex'))
  keep()
}
