import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '../..')
const WRANGLER = join(ROOT, 'node_modules/wrangler/bin/wrangler.js')

/**
 * Builds the Worker as it would be deployed, but for what worker.ts says, and returns a configuration
 * that serves just this: it starts sooner, and nobody who edits the sources meanwhile restarts it.
 */
export async function build(home: string) {
  const out = join(home, 'built')
  const entry = 'test/chaos/worker.ts'
  const args = ['deploy', entry, '--dry-run', '--config', 'wrangler.toml', '--outdir', out]
  await run([WRANGLER, ...args], home)

  const settings = readFileSync(join(ROOT, 'wrangler.toml'), 'utf8')
  const config = join(out, 'wrangler.toml')
  const served = settings
    .replace(/^main = .*$/m, 'main = "worker.js"\nno_bundle = true')
    .replace(/^base_dir = .*$|^\[build\]\ncommand = .*$/gm, '')
  writeFileSync(config, served)
  return config
}

async function run(args: string[], home: string) {
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: 60_000,
    killSignal: 'SIGKILL',
    env: {
      ...process.env,
      CI: 'true',
      WRANGLER_SEND_METRICS: 'false',
      WRANGLER_HIDE_BANNER: 'true',
      CLOUDFLARE_CF_FETCH_ENABLED: 'false',
      WRANGLER_LOG_PATH: join(home, 'logs'),
    },
  })
  process.once('exit', () => child.kill('SIGKILL'))
  let said = ''
  child.stderr.on('data', (chunk) => {
    said += chunk
  })
  const code = await new Promise((done) => child.once('exit', done))
  if (code !== 0) throw new Error(`The Worker could not be built:\n${said}`)
}
