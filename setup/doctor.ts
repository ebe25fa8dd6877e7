import { clockFinding, doubtful, examine, type Finding, wrong } from '../src/operator/doctor.ts'
import { Doctor } from '../src/operator/schemas.ts'
import { commandLine, misused } from './command-line.ts'
import { examineConfig } from './config.ts'
import { checkName, isAddress } from './flags.ts'
import { examineWebhook } from './outside.ts'
import { isLoopback } from './place.ts'
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
checkName(HELP, name)
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
  const more = name ? ` -- --name ${name}` : ''
  const todo = `Run npm run setup${more}, or give its address: npm run doctor -- --worker https://…`
  const says = file.isThere()
    ? 'Nobody has said where it is, so I look at the settings alone.'
    : `There is no ${file.path} here, so I know of none.`
  const none = doubtful('the Worker', says, todo)
  return [
    none,
    ...(await examine(vars, { now, isLocal: isLoopback(vars.CAMPFIRE_URL ?? '') })),
    ...examineConfig(now),
  ]
}

async function askWorker(worker: string, { ADMIN_TOKEN = '' }: Vars): Promise<Finding[]> {
  const about = `the Worker at ${worker}`
  const isHere = isLoopback(worker)
  try {
    const answer = await fetch(`${worker}/doctor`, {
      headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
      redirect: 'manual',
      signal: AbortSignal.timeout(60_000),
    })
    const heard = Date.now()
    if (answer.status === 401) {
      const todo = isHere
        ? `Stop it and start it again, so that it reads ${file.path}: npm run dev.`
        : `Let ${file.path} and the Worker have the same one: npm run deploy sets it.`
      return [wrong(about, 'It does not take the ADMIN_TOKEN that stands here.', todo)]
    }
    if (answer.status === 429) {
      const says = 'It listens to no token from here: wrong ones were sent too often.'
      return [wrong(about, says, 'Try again in a quarter of an hour.')]
    }
    const told = Doctor.safeParse(await answer.json().catch(() => null))
    if (!told.success) {
      const says = `What answers there (${answer.status}) is no Firekeeper, or an older one.`
      const todo = isHere
        ? 'Is that its address? Give it by --worker.'
        : 'Run npm run deploy, or give its address by --worker.'
      return [wrong(about, says, todo)]
    }
    const { version, now, findings } = told.data
    const is: Finding = { about, state: 'well', says: `It runs version ${version}.` }
    return [is, ...findings, ...clockFinding('the Worker', Date.parse(now), heard)]
  } catch {
    const log = isHere ? 'npm run dev starts it.' : 'npx wrangler tail shows what it says.'
    const todo = `Is it running, and is this its address? ${log}`
    return [wrong(about, 'It cannot be reached.', todo)]
  }
}
