import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { Campground } from '../campground/campground.ts'
import type { Someone } from '../campground/composer.ts'
import { freePort } from '../start/port.ts'
import { WranglerDev } from '../start/wrangler-dev.ts'
import { ScriptedModel } from '../support/model.ts'
import { openBrowser } from './support/browser.ts'
import { Operator } from './support/operator.ts'
import { serve } from './support/serve.ts'

/** Pictures of every page of the operator, to be looked at: `node test/e2e/look.ts FOLDER [part of a name]`. */
const [folder = join(tmpdir(), 'looks'), only = ''] = process.argv.slice(2)
const TOKEN = 'look-look-look-look-look-look'
const SCRIPT = '<script>alert(1)</script>'
const ROOMS = [
  'All Talk',
  'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft',
  SCRIPT,
  '市场部与产品部每周例会讨论组',
  'فريق التسويق والمبيعات',
  'A room with a rather long name in which the whole of the company talks about everything that nobody else wants to hear of',
  ...Array.from({ length: 34 }, (_, index) => `Project ${index + 1}`),
]

const home = mkdtempSync(join(tmpdir(), 'firekeeper-look-'))
const model = new ScriptedModel()
const api = await serve(model.handle)
const at: { campfire?: Campground } = {}
const away = new Response(null, { status: 503 })
const chat = await serve(async (request) => at.campfire?.handle(request) ?? away)
const port = await freePort()
const webhook = `http://127.0.0.1:${port}/webhook`
const campfire = new Campground({ origin: chat.url, dialect: 'rails' })
at.campfire = campfire
const ada = campfire.addPerson('Ada Lovelace', 'administrator', 1)
const people = [
  ada,
  campfire.addPerson('Bartholomäus Freiherr von und zu Hohenstein-Waldburg-Zeil', 'member', 2),
  campfire.addPerson('王小明', 'member', 4),
  campfire.addPerson('فاطمة الزهراء', 'member', 5),
  campfire.addPerson(SCRIPT, 'member', 6),
]
const assistant = campfire.addBot('Assistant', { id: 3, token: '7876b7cdc3d5', webhook })
const analyst = campfire.addBot('Analyst', { id: 7, token: 'XyZ789abcdef', webhook })
const rooms = ROOMS.map((name, index) =>
  campfire.addRoom(name, [...people, assistant, analyst], { id: index + 1 }),
)
const direct = campfire.addDirect([ada, assistant], 90)
const first = rooms[0] as Someone

const vars = {
  CAMPFIRE_URL: chat.url,
  BOT_KEYS: 'assistant=3-7876b7cdc3d5,analyst=7-XyZ789abcdef',
  ANTHROPIC_API_KEY: 'sk-test',
  ANTHROPIC_BASE_URL: api.url,
  ADMIN_TOKEN: TOKEN,
  BUDGETS: '[{"for":"installation","per":"month","usd":50},{"for":"person:2","per":"day","usd":1}]',
  TIME_ZONE: 'Europe/Zurich',
}
const start = async (given: Record<string, string> = vars, name = 'worker') => {
  const config = { name: 'The Worker', config: 'wrangler.toml', port, output: 'ignore' as const }
  const worker = new WranglerDev({ ...config, vars: given, home: join(home, name) })
  await worker.isUp()
  return worker
}

const browser = await openBrowser()
const page = await browser.newPage()
const operator = new Operator(page, `http://127.0.0.1:${port}`, TOKEN)
mkdirSync(folder, { recursive: true })
try {
  let worker = await start(
    { ADMIN_TOKEN: '', BOT_KEYS: '', ANTHROPIC_API_KEY: '', CAMPFIRE_URL: '' },
    'empty',
  )
  await pictures({ 'no-settings': '/' })
  await worker.kill()

  worker = await start()
  const link = await talk()
  await pictures({ 'sign-in': '/sign-in' })
  await operator.signsIn('/')
  await operate()
  await worker.kill()
  grow()
  worker = await start()
  await pictures({
    now: '/',
    rooms: '/rooms',
    'rooms-found': '/rooms?q=Project&page=2',
    'rooms-none': '/rooms?q=nothing+of+the+kind',
    room: '/rooms/1/assistant',
    'room-script': '/rooms/3/assistant',
    'room-long': '/rooms/2/assistant',
    'room-arabic': '/rooms/5/assistant',
    receipt: '/rooms/1/assistant/turns/1',
    'receipt-failed': '/rooms/4/assistant/turns/1',
    bots: '/bots',
    bot: '/bots/assistant',
    version: '/bots/assistant/versions/2',
    costs: '/costs',
    'costs-person': '/costs?by=person',
    'costs-room': '/costs?by=room',
    kept: '/kept',
    'kept-room': '/kept/rooms/1/assistant',
    'kept-list': '/kept/rooms/1/assistant/lists/1',
    'kept-people': '/kept/people',
    'kept-person': '/kept/people/1',
    status: '/status',
    doctor: '/doctor',
    acts: '/acts',
    nothing: '/nothing/here',
    problem: '/rooms/1/nobody',
    upload: new URL(link).pathname,
  })
  await worker.kill()
} finally {
  await browser.close()
  await Promise.all([api.close(), chat.close()])
  rmSync(home, { recursive: true, force: true, maxRetries: 10 })
}
process.exit()

async function pictures(pages: Record<string, string>) {
  for (const [name, path] of Object.entries(pages)) {
    if (!name.includes(only)) continue
    await page.goto(operator.worker + path)
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const width of [1280, 390]) {
        await page.emulateMedia({ colorScheme })
        await page.setViewportSize({ width, height: 844 })
        await page.screenshot({
          path: join(folder, `${name}-${colorScheme}-${width}.png`),
          fullPage: true,
        })
      }
    }
    if (await operator.isTooWide()) console.log(`${name} is too wide`)
    for (const part of await operator.sidewaysOnly())
      console.log(`${name}: ${part} is beside the rest`)
  }
}

/** One turn in each room, and in the first a few; resolves to a link for a file. */
async function talk() {
  const ask = async (person: Someone, text: string, room: Someone = first) => {
    await campfire.says(person, room, { text, mentions: [3] }).delivered
  }
  model
    .uses('memory', {
      action: 'remember',
      of: 'room',
      fact: 'Our offsite is in Bergün on 4 May; Jason takes care of the rooms.',
    })
    .uses('memory', { action: 'remember', of: 'me', fact: 'I answer in the mornings only.' })
    .uses('list', { action: 'add', texts: ['Book a table for ten', 'Order wood', '订火车票'] })
    .uses('reminders', { action: 'add', text: 'Stand-up', cron: '0 9 * * MON' })
    .uses('reminders', {
      action: 'add',
      text: 'Call the hotel about the vegetarian menu, and about late arrivals',
      at: '2027-01-04T09:00:00',
    })
    .says(
      'Three are left. **Bergün** is the cheapest:\n\n| Place | Beds | A night |\n| :-- | --: | --: |\n| Bergün | 14 | CHF 640 |\n| Brienz | 18 | CHF 890 |',
    )
  await ask(ada, 'which places are left for the offsite? And please keep all this.')
  await over(1)
  model.uses('ask_for_file').says('Please show me the plan.')
  await ask(people[1] as Someone, 'look at my plan')
  await over(2)
  const link =
    /href="([^"]+\/files\/[^"]+)"/.exec(
      campfire
        .postsOf(assistant, first)
        .map(({ screen }) => screen)
        .join(),
    )?.[1] ?? ''
  for (const [index, room] of [...rooms.slice(1), direct].entries()) {
    if (index === 2) model.fails(400, { message: 'The request was not to its liking' })
    else model.says(`Sure. ${'This is what I found. '.repeat(index % 4)}`)
    await campfire.says(people[index % people.length] as Someone, room, {
      text: `how far are we with number ${index}?`,
      mentions: [3],
    }).delivered
    await over(3 + index)
  }
  return link
}

async function over(turns: number) {
  const headers = { authorization: `Bearer ${TOKEN}` }
  for (let tries = 0; tries < 120; tries++) {
    const stats = await (await fetch(`${operator.worker}/session/stats`, { headers })).json()
    if (Number(Reflect.get(Object(stats), 'turns')) >= turns) return
    await pause(150)
  }
  throw new Error(`No ${turns} turns`)
}

async function operate() {
  const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' }
  const change = async (path: string, body: object) =>
    await fetch(operator.worker + path, { method: 'PATCH', headers, body: JSON.stringify(body) })
  await change('/bots/assistant', {
    instructions:
      'You are a helpful member of this team.\nAnswer in two sentences at most, and say where you have it from.',
    tools: ['boost', 'memory', 'reminders'],
  })
  await change('/bots/assistant', {
    instructions:
      'You are a helpful member of this team.\nAnswer in three sentences at most.\nNever guess.',
    model: 'claude-opus-5-5',
  })
  await change('/rooms/1/assistant/settings', { ttlMinutes: 90, speaks: 'always' })
  await fetch(`${operator.worker}/rooms/2/assistant/turn`, { method: 'DELETE', headers })
}

/** Months of it, and what goes wrong in them. */
function grow() {
  const storage = join(home, 'worker', 'storage')
  const files = readdirSync(storage, { recursive: true, encoding: 'utf8' })
  const file = files.find((name) => /Account.*[0-9a-f]{64}\.sqlite$/.test(name)) ?? ''
  const sql = new DatabaseSync(join(storage, file))
  const days = sql.prepare(
    `INSERT OR IGNORE INTO days (day, bot, room, person, model, turns, calls, unpriced, cost, input, cached, written, output)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  for (let day = 1; day < 45; day++) {
    const name = new Date(Date.now() - day * 86_400_000).toISOString().slice(0, 10)
    for (const [index, person] of [1, 2, 4, 5, 6, 0, -7].entries()) {
      const turns = ((day * 7 + index * 3) % 9) + 1
      const cost = turns * 43_000 * (1 + Math.sin(day / 3)) + 900
      days.run(
        name,
        index % 2 ? 7 : 3,
        index + 1,
        person,
        'claude-opus-5-5',
        turns,
        turns * 2,
        day === 3 ? 1 : 0,
        Math.round(cost),
        900 * turns,
        7_000 * turns,
        600 * turns,
        300 * turns,
      )
    }
  }
  const trouble = sql.prepare('INSERT INTO troubles (at, name, turn, state) VALUES (?, ?, 1, ?)')
  for (const [room, state] of [
    [4, 'parked'],
    [2, 'failed'],
    [2, 'parked'],
    [3, 'failed'],
  ] as const)
    trouble.run(Date.now() - room * 3_600_000, `${chat.url}/rooms/${room}/bots/3`, state)
  const health = sql.prepare('UPDATE rooms SET health = ? WHERE room = ?')
  const now = Date.now()
  health.run(JSON.stringify({ missed: { count: 3, message: 12, at: now }, out: null }), 5)
  health.run(
    JSON.stringify({
      missed: null,
      out: { since: now - 86_400_000, deletes: now + 29 * 86_400_000, deleted: null },
    }),
    6,
  )
  sql.close()
}
