import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { NEWEST, NEXT } from '../deploys/versions.ts'
import { eventually } from './support/eventually.ts'
import { API_KEY, freePort, SettingUp } from './support/setting-up.ts'

const ROOT = resolve(import.meta.dirname, '../..')

let here: SettingUp
beforeEach(async () => {
  here = await SettingUp.begin('rails')
})
afterEach(async () => await here.end())

it('goes on over an upgrade, a rollback, and a Campfire that has moved', async () => {
  const port = await freePort()
  await setUp(['--url', `http://127.0.0.1:${port}`])
  here.pastes(`http://127.0.0.1:${port}/webhook`)

  const old = await here.starts(port)
  await asks('the offsite is in Bergün')
  await old.kill()

  // It has another migration, and a class of objects more, as a release may that is deployed whole.
  const next = await here.starts(port, { config: nextVersion() })
  await asks('and begins on 4 May')
  expect(heard()).toContain('the offsite is in Bergün')
  await next.kill()
  expect(versionOnDisk()).toBe(NEWEST + 1)

  const back = await here.starts(port)
  await asks('for three days')
  expect(heard()).toContain('begins on 4 May')
  await back.kill()

  const moved = here.url.replace('127.0.0.1', 'localhost')
  const line = here.line(here.assistant, { url: moved })
  await setUp(['--bot', line, '--moved', '--url', `http://127.0.0.1:${port}`])
  await here.starts(port)
  await asks('with all of us')
  expect(heard()).toContain('for three days')
  expect(heard()).toContain('the offsite is in Bergün')
})

it('runs two side by side: each answers for its own bot, and knows no key of the other', async () => {
  const [first, second] = [await freePort(), await freePort()]
  await setUp(['--url', `http://127.0.0.1:${first}`])
  const analyst = `analyst=${here.line(here.analyst)}`
  const flags = ['--name', 'staging', '--bot', analyst, '--anthropic-key', API_KEY]
  const { status } = await here.setup([
    ...flags,
    '--on',
    'here',
    '--no-wait',
    '--yes',
    '--url',
    `http://127.0.0.1:${second}`,
  ])
  expect(status).toBe(0)
  await Promise.all([
    here.starts(first),
    here.starts(second, { file: '.dev.vars.staging', name: 'staging' }),
  ])

  here.pastes(`http://127.0.0.1:${first}/webhook`)
  here.pastes(`http://127.0.0.1:${second}/webhook`, here.analyst)
  await asks('hello')
  here.model.says('I am the analyst.')
  await here.says('hello', here.analyst)
  await eventually('its answer', () => here.postsOf(here.analyst).length === 1)

  // Whoever pastes the address of the other one is not answered by a bot that is not theirs.
  here.pastes(`http://127.0.0.1:${first}/webhook`, here.analyst)
  const said = here.campfire.messages.all.length
  await here.says('hello again', here.analyst)
  expect(here.campfire.messages.all).toHaveLength(said + 1)
  const seen = await here.doctor(['--name', 'staging', '--worker', `http://127.0.0.1:${first}`])
  expect(seen.printed).toContain('It does not take the ADMIN_TOKEN that stands here.')
  expect(seen.printed).toContain('The Worker has another key for it')
  expect(seen.status).toBe(1)
})

async function setUp(args: string[]) {
  const given = args.includes('--bot') ? [] : ['--bot', here.line()]
  const flags = ['--anthropic-key', API_KEY, '--on', 'here', '--no-wait', '--yes']
  const { status, printed } = await here.setup([...given, ...flags, ...args])
  expect(status, printed).toBe(0)
}

async function asks(text: string) {
  const before = here.posts.length
  here.model.says(`Noted: ${text}.`)
  await here.says(text)
  await eventually(
    'an answer',
    () => here.posts.length > before && here.posts.at(-1)?.includes(text),
  )
}

/** What the model was sent last. */
function heard() {
  return here.model.bodies.at(-1) ?? ''
}

/** Of the tables of the room, as the newest Worker that was here has left them. */
function versionOnDisk() {
  const folder = join(here.home, 'worker/storage/v3/do/firekeeper-Room')
  const [file = ''] = readdirSync(folder).filter((name) => /^[0-9a-f]+\.sqlite$/.test(name))
  const database = new DatabaseSync(join(folder, file))
  const row = database.prepare('SELECT max(version) AS version FROM schema').get()
  database.close()
  return row?.version
}

/** The sources as they are, with what a later release may bring. */
function nextVersion() {
  const folder = join(here.home, 'next')
  mkdirSync(folder)
  cpSync(join(ROOT, 'src'), join(folder, 'src'), { recursive: true })
  for (const path of ['package.json', 'setup/build.ts', 'setup/bundle.ts'])
    cpSync(join(ROOT, path), join(folder, path))
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  change(join(folder, 'src/tables/room/schema.ts'), (text) =>
    text.replace(/\n\]\s*$/, `\n  \`${NEXT}\`,\n]\n`),
  )
  change(
    join(folder, 'src/index.ts'),
    (text) =>
      `${text}\nimport { DurableObject } from 'cloudflare:workers'\nexport class Shelf extends DurableObject {}\n`,
  )
  const config = join(folder, 'wrangler.toml')
  const more = `
[[durable_objects.bindings]]
name = "SHELVES"
class_name = "Shelf"

[[migrations]]
tag = "v9"
new_sqlite_classes = ["Shelf"]
`
  const settings = readFileSync(join(ROOT, 'wrangler.toml'), 'utf8')
  // Wrangler runs it where we are, not where the configuration is.
  writeFileSync(config, settings.replace('node setup/', `node ${folder}/setup/`) + more)
  return config
}

function change(path: string, by: (text: string) => string) {
  const text = readFileSync(path, 'utf8')
  const changed = by(text)
  expect(changed).not.toBe(text)
  writeFileSync(path, changed)
}
