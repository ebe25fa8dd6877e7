import { join, relative } from 'node:path'
import { commandLine } from '../setup/command-line.ts'
import { Home } from './start/home.ts'
import { chooseModel, devVars } from './start/model.ts'
import { choosePort } from './start/port.ts'
import { type Names, shownOf } from './start/terminal.ts'
import { type Serving, WranglerDev } from './start/wrangler-dev.ts'

const HELP = `npm start: our Worker, a Campfire to talk in, and a model, on this machine alone.

  --rehearsal          do without Claude, also where there is a key

In the environment:

  PORT, CAMPFIRE_PORT  where the Worker and the Campfire listen
  FIREKEEPER_HOME      where all of it is kept, .firekeeper if nothing is said`
const { values: options } = commandLine(HELP, {
  options: { rehearsal: { type: 'boolean', default: false } },
})
const { env } = process
const stopping = new AbortController()
const asked = new Promise((_, reject) => stopping.signal.addEventListener('abort', reject))
asked.catch(() => {})
const running: WranglerDev[] = []

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => stopping.abort())
}
await Promise.race([start(), asked]).catch((error) => {
  if (stopping.signal.aborted) return
  console.error(`\n${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
})
await Promise.all(running.map((server) => server.kill()))
process.exit()

async function start() {
  const home = await Home.open(env.FIREKEEPER_HOME || '.firekeeper')
  const { keys } = home
  const ports = {
    worker: await choosePort(env.PORT, home.ports?.worker ?? 8787),
    campfire: await choosePort(env.CAMPFIRE_PORT, home.ports?.campfire ?? 3000),
  }
  // The sessions are kept by Campfire's address, so it should be the same next time.
  home.remember(ports)
  const worker = `http://127.0.0.1:${ports.worker}`
  const campfire = `http://127.0.0.1:${ports.campfire}`
  const model = await chooseModel([devVars(), env], { rehearse: options.rehearsal })
  const webhook = `${worker}/webhook`
  const bots = [
    { name: 'Assistant', id: 3, token: keys.assistant, webhook: `${webhook}/assistant` },
    { name: 'Analyst', id: 7, token: keys.analyst, webhook: `${webhook}/analyst` },
  ]

  let names: Names = { people: [], rooms: [] }
  console.log('Starting…')
  await Promise.all([
    run({
      name: 'The Worker',
      folder: 'worker',
      config: 'wrangler.toml',
      port: ports.worker,
      vars: {
        ...model.vars,
        CAMPFIRE_URL: campfire,
        BOT_KEYS: `assistant=3-${keys.assistant},analyst=7-${keys.analyst}`,
        ADMIN_TOKEN: keys.admin,
        WEBHOOK_SECRET: '',
      },
      output: show,
    }),
    run({
      name: 'The Campfire',
      folder: 'campfire',
      config: 'test/campground/wrangler.toml',
      port: ports.campfire,
      vars: { DIALECT: 'rails', ORIGIN: campfire, BOTS: JSON.stringify(bots) },
    }),
  ])

  names = await (await fetch(`${campfire}/api/state`)).json()
  console.log(`\nThe Worker:  ${worker}`)
  console.log(`The model:   ${model.name}`)
  if (model.advice) console.log(`             ${model.advice}`)
  console.log(`Look inside: ${worker}, with the "admin" key of ${relative('.', home.file)}`)
  console.log('To stop:     Ctrl-C')
  console.log(`\nTalk to your bots at ${campfire}`)
  await Promise.race(running.map((server) => server.died))

  function run({ folder, ...part }: Part) {
    const server = new WranglerDev({
      output: 'inherit',
      ...part,
      home: join(home.path, folder),
    })
    running.push(server)
    return server.isUp()
  }

  // Wrangler prints the requests too, and there are keys in their addresses.
  function show(line: string, stream: 'stdout' | 'stderr') {
    const shown = shownOf(line, names) ?? (stream === 'stderr' && line.trim() ? line : null)
    if (shown !== null) console.log(shown)
  }
}

type Part = Omit<Serving, 'home' | 'output'> & { folder: string } & Partial<Pick<Serving, 'output'>>
