import { clockFinding, doubtful, examine, type Finding, wrong } from '../src/operator/doctor.ts'
import { Doctor } from '../src/operator/schemas.ts'
import { commandLine, misused } from './command-line.ts'
import { examineConfig } from './config.ts'
import { isAddress, isName, NO_NAME } from './flags.ts'
import { examineWebhook } from './outside.ts'
import { type Vars, VarsFile } from './vars-file.ts'

const HELP = `npm run doctor: looks at everything that has to be right. Ends with 1 if anything is wrong.

  --name NAME    the Worker with the settings in .dev.vars.NAME
  --worker URL   where it is, if not where npm run setup has put it`
// The Worker looks at itself, since nobody else sees its secrets; from here it is looked at as Campfire does.
const SIGNS = { well: '✓', doubtful: '!', wrong: '✗' } as const
const { values } = commandLine(HELP, {
  options: { name: { type: 'string' }, worker: { type: 'string' } },
})
const { name, worker: given } = values
if (name !== undefined && !isName(name)) misused(HELP, NO_NAME)
if (given !== undefined && !isAddress(given))
  misused(HELP, '--worker wants an address of http or https.')
const file = VarsFile.of(name)
const vars = file.read()
const worker = (given ?? vars.FIREKEEPER_URL ?? '').replace(/\/+$/, '')

const findings = worker ? await examineBoth(worker, vars) : await examineHere(vars)
for (const { state, about, says, todo } of findings) {
  console.log(
    `${SIGNS[state]} ${about}: ${says}${todo && state !== 'well' ? `\n    → ${todo}` : ''}`,
  )
}
const count = (state: Finding['state']) => findings.filter((one) => one.state === state).length
console.log(`\n${count('well')} well, ${count('doubtful')} doubtful, ${count('wrong')} wrong.`)
process.exitCode = count('wrong') > 0 ? 1 : 0

async function examineBoth(worker: string, vars: Vars) {
  const [own, webhook] = await Promise.all([askWorker(worker, vars), examineWebhook(worker, vars)])
  return [...own, ...webhook, ...examineConfig(Date.now())]
}

/** Nothing runs yet, or nobody has said where. */
async function examineHere(vars: Vars) {
  const now = Date.now()
  const todo = 'Run npm run setup, or give its address: npm run doctor -- --worker https://…'
  const none = doubtful(
    'the Worker',
    'Nobody has said where it is, so I look at the settings alone.',
    todo,
  )
  return [none, ...(await examine(vars, { now, isLocal: isLocal(vars) })), ...examineConfig(now)]
}

function isLocal({ CAMPFIRE_URL = '' }: Vars) {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(URL.parse(CAMPFIRE_URL)?.hostname ?? '')
}

async function askWorker(worker: string, { ADMIN_TOKEN = '' }: Vars): Promise<Finding[]> {
  const about = `the Worker at ${worker}`
  try {
    const answer = await fetch(`${worker}/doctor`, {
      headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
      redirect: 'manual',
      signal: AbortSignal.timeout(60_000),
    })
    const heard = Date.now()
    if (answer.status === 401) {
      const todo = `Let ${file.path} and the Worker have the same one: npm run deploy sets it.`
      return [wrong(about, 'It does not take the ADMIN_TOKEN that stands here.', todo)]
    }
    if (answer.status === 429) {
      const says = 'It listens to no token from here: wrong ones were sent too often.'
      return [wrong(about, says, 'Try again in a quarter of an hour.')]
    }
    const told = Doctor.safeParse(await answer.json().catch(() => null))
    if (!told.success) {
      const says = `What answers there (${answer.status}) is no Firekeeper, or an older one.`
      return [wrong(about, says, 'Run npm run deploy, or give its address by --worker.')]
    }
    const { version, now, findings } = told.data
    const is: Finding = { about, state: 'well', says: `It runs version ${version}.` }
    return [is, ...findings, ...clockFinding('the Worker', Date.parse(now), heard)]
  } catch {
    const todo = 'Is it running, and is this its address? npx wrangler tail shows what it says.'
    return [wrong(about, 'It cannot be reached.', todo)]
  }
}
