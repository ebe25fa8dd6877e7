import { execFile } from 'node:child_process'
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseEnv, promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startOf } from '../../bench/build.ts'
import { FREE_A_DAY, type Used, usedByMessage } from '../../bench/cost/platform.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const run = promisify(execFile)
const read = (name: string) => readFileSync(join(ROOT, name), 'utf8')

describe('the deploy button', () => {
  const required = ['BOT_KEYS', 'ANTHROPIC_API_KEY', 'ADMIN_TOKEN']
  const { cloudflare, scripts } = JSON.parse(read('package.json'))

  it('asks for the three secrets that are needed, and for no other', () => {
    const asked = Object.keys(parseEnv(read('.dev.vars.example')))
    expect(asked.sort()).toEqual(required.toSorted())
  })

  it('says of each of them what it is, and of everything that it makes', () => {
    const bindings = [...read('wrangler.toml').matchAll(/^name = "([A-Z]+)"$/gm)].map(
      ([, name]) => name,
    )
    const [, vars = ''] = read('wrangler.toml').split(/^\[vars\]$|^\[\[/m)
    const settings = [...vars.matchAll(/^([A-Z_]+) = /gm)].map(([, name]) => name)
    expect(settings).toContain('CAMPFIRE_URL')
    for (const name of [...required, ...settings, ...bindings]) {
      expect(cloudflare.bindings[name ?? '']?.description.length).toBeGreaterThan(30)
    }
    expect(bindings).toHaveLength(3)
  })

  it('builds with a Node that runs our scripts as they are, and deploys without a key', () => {
    expect(Number(read('.node-version').split('.')[0])).toBeGreaterThanOrEqual(24)
    expect(scripts.deploy).toMatch(/^node src\/bots\/check\.ts && node src\/budget\/check\.ts && /)
  })

  it('stops at limits that nobody can keep, and at a zone that there is not', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'firekeeper-'))
    const check = async (toml: string) => {
      writeFileSync(join(folder, 'wrangler.toml'), toml)
      const args = [join(folder, 'src/budget/check.ts')]
      return await run(process.execPath, args).then(
        () => ({ code: 0, stderr: '' }),
        ({ code, stderr }) => ({ code, stderr }),
      )
    }
    try {
      for (const name of ['src', 'package.json']) {
        cpSync(join(ROOT, name), join(folder, name), { recursive: true })
      }
      symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
      const toml = read('wrangler.toml')
      const broken = toml
        .replace(
          /^BUDGETS = ""$/m,
          `BUDGETS = '[{"for": "installation", "per": "year", "usd": 5}]'`,
        )
        .replace(/^TIME_ZONE = "UTC"$/m, 'TIME_ZONE = "Europe/Atlantis"')

      expect(await check(toml)).toEqual({ code: 0, stderr: '' })
      const { code, stderr } = await check(broken)
      expect(code).toBe(1)
      expect(stderr).toMatch(/^BUDGETS cannot be kept: see 0\.per: /)
      expect(stderr).toContain('TIME_ZONE is no zone')
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})

describe('what goes up', () => {
  let folder: string
  let printed: string
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'firekeeper-'))
    writeFileSync(
      join(folder, '.dev.vars'),
      `CAMPFIRE_URL="https://chat.example.org"\nBOT_KEYS="assistant=3-secretsecret"\nADMIN_TOKEN="tokentoken"\nFIREKEEPER_URL="https://x.example.org"\n`,
    )
    const deploy = join(ROOT, 'setup/deploy.ts')
    const args = [deploy, '--dry-run', '--outdir', join(folder, 'out')]
    const env = { ...process.env, PATH: `${join(ROOT, 'node_modules/.bin')}:${process.env.PATH}` }
    const { stdout, stderr } = await run(process.execPath, args, { cwd: folder, env })
    printed = stdout + stderr
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('has the settings and the secrets that are kept here, and shows none of them', () => {
    for (const name of ['CAMPFIRE_URL', 'BOT_KEYS', 'ADMIN_TOKEN', 'ROOMS', 'ACCOUNTS', 'PEOPLE']) {
      expect(printed).toContain(`env.${name} (`)
    }
    expect(printed).not.toMatch(/secretsecret|tokentoken|FIREKEEPER_URL/)
    expect(readdirSync(folder).sort()).toEqual(['.dev.vars', 'out'])
  })

  it('is small enough for every plan, also as it was before', () => {
    const names = readdirSync(join(folder, 'out')).filter((name) => name.endsWith('.js'))
    const all = names.map((name) => readFileSync(join(folder, 'out', name)))
    expect(kibOf(all)).toBeLessThan(3 * 1024)
  })

  it('keeps what is heavy out of the script that everybody waits for', () => {
    const start = startOf(join(folder, 'out/index.js'))
    // Words that stand in nothing but those libraries, the SDK and the operator's pages.
    const seldom = /PDFDocumentProxy|X-Stainless-Lang|notifications\/initialized|flex-wrap: wrap/
    expect(start.some((code) => seldom.test(code.toString()))).toBe(false)
    expect(kibOf(start)).toBeLessThan(250)
  })

  it('loads little more for the first answer in words', () => {
    const wanted = /^(index|account|person|room|sdk)(-.*)?\.js$/
    const names = readdirSync(join(folder, 'out')).filter((name) => wanted.test(name))
    expect(names).toHaveLength(5)
    const loaded = startOf(...names.map((name) => join(folder, 'out', name)))
    expect(kibOf(loaded)).toBeLessThan(420)
  })

  it('has every part that another one names', () => {
    const names = readdirSync(join(folder, 'out'))
    const codes = names.map((name) => readFileSync(join(folder, 'out', name), 'utf8'))
    const parts = codes.flatMap((code) => [...code.matchAll(/"\.\/([\w.-]+-[A-Z0-9]{8}\.js)"/g)])
    expect(parts.length).toBeGreaterThan(20)
    expect(parts.map(([, name]) => name).filter((name) => !names.includes(name ?? ''))).toEqual([])
  })

  it('asks for nothing that the free plan refuses', () => {
    const toml = read('wrangler.toml')
    expect(toml).not.toMatch(/cpu_ms|new_classes|logpush|\[\[(queues|workflows|containers)/)
    expect(toml).toContain('new_sqlite_classes')
  })
})

function kibOf(all: Buffer[]) {
  return all.reduce((sum, code) => sum + gzipSync(code).byteLength, 0) / 1024
}

describe('the free plan', () => {
  // Ten people who ask forty times a day each, which is once in twelve minutes of a working day.
  const MESSAGES = 10 * 40
  // A message that only stands there costs a read of the list, and that is counted with the turns.
  const used = usedByMessage({ steps: 2, seconds: 15 })

  it.each(Object.entries(FREE_A_DAY))('is enough for a team of ten: %s', (meter, free) => {
    expect(used[meter as keyof Used] * MESSAGES).toBeLessThan(free / 2)
  })
})
