import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { freePort } from '../start/port.ts'
import { WranglerDev } from '../start/wrangler-dev.ts'
import { ScriptedModel } from '../support/model.ts'
import { openBrowser, Visitor } from './support/browser.ts'
import { Operator } from './support/operator.ts'
import { serve } from './support/serve.ts'

/** Takes the README's pictures: `node test/e2e/screenshot.ts` */
const PICTURE = resolve(import.meta.dirname, '../campground/screenshot.png')
const PAGE = resolve(import.meta.dirname, '../../setup/page.png')

const VENUES = `Three are left. **Bergün** is the cheapest, and the only one without a lake:

| Place | Beds | A night | By train |
| :-- | --: | --: | --: |
| Bergün | 14 | CHF 640 | 2 h 05 |
| Brienz | 18 | CHF 890 | 2 h 20 |
| Ascona | 16 | CHF 1,150 | 2 h 45 |

Brienz needs an answer **by Friday**; the others hold until the 4th.`

const BACKUP = `Jason wrote it down in October. On the server:

\`\`\`bash
sqlite3 production.sqlite3 ".backup '/tmp/campfire.sqlite3'"
rsync -a storage/files/ /mnt/backup/files/
\`\`\``

const home = mkdtempSync(join(tmpdir(), 'firekeeper-'))
const ports = { worker: await freePort(), campfire: await freePort() }
const campfire = `http://127.0.0.1:${ports.campfire}`
const model = new ScriptedModel()
const api = await serve(model.handle)
const servers = [
  new WranglerDev({
    name: 'The Worker',
    config: 'wrangler.toml',
    port: ports.worker,
    vars: {
      CAMPFIRE_URL: campfire,
      BOT_KEYS: 'assistant=3-7876b7cdc3d5',
      ANTHROPIC_API_KEY: 'sk-test',
      ANTHROPIC_BASE_URL: api.url,
      ADMIN_TOKEN: 'letmein',
    },
    home: join(home, 'worker'),
    output: 'inherit',
  }),
  new WranglerDev({
    name: 'The Campfire',
    config: 'test/campground/wrangler.toml',
    port: ports.campfire,
    vars: {
      DIALECT: 'rails',
      ORIGIN: campfire,
      BOTS: JSON.stringify([
        {
          name: 'Assistant',
          id: 3,
          token: '7876b7cdc3d5',
          webhook: `http://127.0.0.1:${ports.worker}/webhook`,
        },
        { name: 'Analyst', id: 7, token: 'XyZ789abcdef' },
      ]),
    },
    home: join(home, 'campfire'),
    output: 'inherit',
  }),
]
const browser = await openBrowser()
try {
  await Promise.all(servers.map((server) => server.isUp()))
  const page = await browser.newPage({
    viewport: { width: 1280, height: 800 },
    colorScheme: 'light',
  })
  const visitor = new Visitor(page)
  await visitor.goesTo(campfire)
  const answers = visitor.messages('Assistant')

  model.says(VENUES)
  await visitor.asks('Assistant', 'which places are left for the offsite?')
  await answers.first().waitFor()

  await page.getByLabel('Speak as').selectOption('David')
  model.uses('boost', { message_id: 3, content: 'Thank you!' }).says(BACKUP)
  await visitor.asks('Assistant', 'good, I take care of Brienz. How do we back up Campfire again?')
  await answers.nth(1).waitFor()

  await page.getByLabel('Speak as').selectOption('Jason')
  await visitor.says('Still true, I ran it last night.')
  await visitor.messages('Jason').waitFor()
  await page.getByLabel('Speak as').selectOption('Ada')
  await page.getByRole('textbox', { name: 'Message' }).blur()
  await page.screenshot({ path: PICTURE })

  const operator = new Operator(page, `http://127.0.0.1:${ports.worker}`, 'letmein')
  await operator.signsIn('/rooms/1/assistant')
  await page.getByRole('heading', { name: 'All Talk' }).waitFor()
  await page.screenshot({ path: PAGE })
} finally {
  await browser.close()
  await Promise.all(servers.map((server) => server.kill()))
  await api.close()
  rmSync(home, { recursive: true, force: true, maxRetries: 10 })
}
